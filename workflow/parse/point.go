package parse

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"izinbot/workflow/normalize"
)

// Points reads points on earth. It is safe for use by several goroutines.
type Points struct {
	nearLat, nearLon float64 // where short plus codes are completed
	number           *regexp.Regexp
	token            *regexp.Regexp
	link             *regexp.Regexp
	clock            *regexp.Regexp // two times of day
	inLink           []linkForm
	degrees          *regexp.Regexp
}

// NewPoints makes a reader for the surroundings of a point in degrees.
func NewPoints(nearLat, nearLon float64) *Points {
	return &Points{
		nearLat: nearLat, nearLon: nearLon,
		number:  regexp.MustCompile(`^[-+]?\d+(?:[.,]\d+)?$`),
		token:   regexp.MustCompile(`[-+]?\d+(?:[.,]\d+)?|\p{L}+|[°'"]`),
		link:    regexp.MustCompile(`(?i)(?:https?://|geo:|comgooglemaps:|waze:|maps:)\S+|\b(?:www\.|maps\.|goo\.gl|g\.co)\S+`),
		clock:   regexp.MustCompile(`^\D*(?:[01]?\d|2[0-3])[.:][0-5]\d\D+(?:[01]?\d|2[0-3])[.:][0-5]\d\D*$`),
		inLink:  linkForms(),
		degrees: regexp.MustCompile(`/(?:place|search)/([^/@]*°[^/@]*)`), // Google: pin in degrees and minutes
	}
}

// Read finds a point in a text and gives its latitude and longitude in degrees: decimal, as
// degrees, minutes and seconds, with names of directions in Indonesian or English, as
// the address of a map, as a plus code. The order is turned round where only that is
// possible.
func (p *Points) Read(s string) (lat, lon float64, err error) {
	s = normalize.Dashes(normalize.Digits(normalize.Line(s)))
	links := p.link.FindAllString(s, -1)
	for _, link := range links {
		if lat, lon, ok := p.linked(link); ok {
			return onEarth(lat, lon)
		}
	}
	rest := p.link.ReplaceAllString(s, " ")
	if p.clock.MatchString(rest) {
		return 0, 0, doubt(DoubtPoint)
	}
	if lat, lon, ok := plusCode(rest, p.nearLat, p.nearLon); ok {
		return onEarth(lat, lon)
	}
	if lat, lon, ok := p.angles(rest); ok {
		return onEarth(lat, lon)
	}
	if len(links) > 0 {
		return 0, 0, doubt(DoubtShortLink)
	}
	return 0, 0, doubt(DoubtPoint)
}

// onEarth turns swapped values round, and refuses what is no point.
func onEarth(lat, lon float64) (float64, float64, error) {
	if math.Abs(lat) > 90 {
		lat, lon = lon, lat
	}
	switch {
	case math.IsNaN(lat+lon) || math.Abs(lat) > 90 || math.Abs(lon) > 180:
		return 0, 0, doubt(DoubtPoint)
	case math.Abs(lat) < 0.01 && math.Abs(lon) < 0.01: // a phone without a fix
		return 0, 0, doubt(DoubtZero)
	}
	return lat, lon, nil
}

// decimal reads a number with a point or a comma.
func decimal(s string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Replace(strings.TrimPrefix(s, "+"), ",", ".", 1), 64)
	return n, err == nil
}
