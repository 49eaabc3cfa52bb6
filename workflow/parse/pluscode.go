package parse

import (
	"math"
	"strings"
)

// plusDigits are the digits of plus codes, base 20 (Open Location Code 1.0).
const plusDigits = "23456789CFGHJMPQRVWX"

// plusCode finds an Open Location Code in a text ("6PH5P8V7+6X Sidikalang") and gives the
// middle of its area. A short one ("P8V7+6X") is the one nearest to the reference.
func plusCode(text string, nearLat, nearLon float64) (lat, lon float64, ok bool) {
	for word := range strings.FieldsSeq(strings.ToUpper(text)) {
		word = strings.Trim(word, ".,;()")
		before, after, plus := strings.Cut(word, "+")
		if !plus || len(after) < 2 || len(after) > 7 || !plusSigns(before) || !plusSigns(after) {
			continue
		}
		switch len(before) {
		case 8:
			lat, lon, ok = plusMiddle(before + after)
			return lat, lon, ok
		case 4, 6:
			lat, lon = nearest(before+after, 8-len(before), nearLat, nearLon)
			return lat, lon, true
		}
	}
	return 0, 0, false
}

func plusSigns(s string) bool {
	return strings.Trim(s, plusDigits) == ""
}

// plusMiddle decodes a full code without its plus sign.
func plusMiddle(code string) (lat, lon float64, ok bool) {
	lat, lon = -90, -180
	height, width := 400.0, 400.0
	for i := range len(code) {
		value := strings.IndexByte(plusDigits, code[i])
		switch {
		case i >= 10: // one digit of a grid of 5 rows and 4 columns
			height, width = height/5, width/4
			lat, lon = lat+height*float64(value/4), lon+width*float64(value%4)
		case i%2 == 0:
			height /= 20
			lat += height * float64(value)
		default:
			width /= 20
			lon += width * float64(value)
		}
	}
	lat, lon = lat+height/2, lon+width/2
	return lat, lon, lat < 90 && lon < 180
}

// nearest completes a short code that lacks its first digits, so that it lies next to a
// reference.
func nearest(short string, lacks int, nearLat, nearLon float64) (lat, lon float64) {
	cell := math.Pow(20, float64(2-lacks/2)) // degrees of the area that the lacking digits name
	lat, lon, _ = plusMiddle(plusPrefix(nearLat, nearLon)[:lacks] + short)
	lat += cell * math.Round((nearLat-lat)/cell)
	lon += cell * math.Round((nearLon-lon)/cell)
	return lat, lon
}

// plusPrefix gives the first four digits of the code of a point.
func plusPrefix(lat, lon float64) string {
	y, x := int(lat+90), int(lon+180)
	return string([]byte{plusDigits[y/20], plusDigits[x/20], plusDigits[y%20], plusDigits[x%20]})
}
