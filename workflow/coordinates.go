package workflow

import (
	"math"
	"strconv"
	"strings"
)

func (p Coordinates) valid() bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180
}

// Distance is the great-circle distance between two points in metres.
func (p Coordinates) Distance(q Coordinates) float64 {
	const earth, rad = 6_371_008.8, math.Pi / 180
	dLat, dLon := (q.Lat-p.Lat)*rad, (q.Lon-p.Lon)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(p.Lat*rad)*math.Cos(q.Lat*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earth * math.Asin(math.Min(1, math.Sqrt(h)))
}

// ParseCoordinates reads "lat,lon" in degrees. It fails with [CodeInvalid].
func ParseCoordinates(s string) (Coordinates, error) {
	lat, lon, ok := strings.Cut(s, ",")
	y, errY := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, errX := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := Coordinates{Lat: y, Lon: x}
	if !ok || errY != nil || errX != nil || !p.valid() {
		return Coordinates{}, Refuse(CodeInvalid, "location")
	}
	return p, nil
}

// String writes the coordinates as ParseCoordinates reads it, to about 10 cm.
func (p Coordinates) String() string {
	return strconv.FormatFloat(p.Lat, 'f', 6, 64) + "," + strconv.FormatFloat(p.Lon, 'f', 6, 64)
}
