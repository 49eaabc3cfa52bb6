package parse

import (
	"slices"
	"strings"
)

// angles reads a pair of angles: "2.7431 98.3126", "2,7431 98,3126", "2°44′35.2″ LU,
// 98°18′45.4″ BT", "N 2 44.587 E 98 18.757", "Lat: 2.7431 Long: 98.3126".
func (p *Points) angles(s string) (lat, lon float64, ok bool) {
	var a angleReader
	s = strings.NewReplacer("′", "'", "’", "'", "‘", "'", "´", "'", "``", `"`, "″", `"`, "”", `"`, "“", `"`, "''", `"`, "º", "°", "˚", "°").Replace(s)
	for _, token := range p.token.FindAllString(s, -1) {
		if p.number.MatchString(token) {
			a.numbers = append(a.numbers, token)
			continue
		}
		a.mark(strings.ToLower(token))
	}
	if len(a.numbers) == 1 { // "2,98"
		a.numbers = strings.Split(a.numbers[0], ",")
	}
	return a.pair()
}

// angleReader holds the parts of a pair of angles that were found so far.
type angleReader struct {
	numbers []string
	degrees []int // before which numbers a new angle begins, known from "°"
	axes    []axis
	strange bool // a word that says nothing of a point
	minutes bool // the last unit were minutes
}

// axis is the meaning of a direction: latitude or longitude, and the sign.
type axis struct {
	lon      bool
	negative bool
	said     bool // a direction, not only a label
}

// mark reads a word or a sign between numbers.
func (a *angleReader) mark(token string) {
	seconds := a.minutes && token == "s"
	a.minutes = false
	switch token {
	case "°", "d", "deg", "derajat":
		a.degrees = append(a.degrees, len(a.numbers)-1)
	case "'", "m", "menit", "min":
		a.minutes = true
	case `"`, "detik", "sec":
	case "lat", "latitude", "lintang", "y":
		a.axis(axis{})
	case "lon", "long", "lng", "longitude", "bujur", "x":
		a.axis(axis{lon: true})
	case "n", "lu", "u", "utara", "north":
		a.axis(axis{said: true})
	case "s", "ls", "selatan", "south":
		if !seconds {
			a.axis(axis{said: true, negative: true})
		}
	case "e", "bt", "t", "timur", "east":
		a.axis(axis{lon: true, said: true})
	case "w", "bb", "b", "barat", "west":
		a.axis(axis{lon: true, said: true, negative: true})
	default:
		a.strange = a.strange || !slices.Contains(aroundPoints(), token)
	}
}

// aroundPoints lists words that stand beside a point and change nothing.
func aroundPoints() []string {
	return strings.Fields("titik lokasi koordinat coordinates coordinate location gps kami kantor dan di posisi position pin point wgs ketinggian elevasi alt mdpl")
}

// axis adds a direction; "Lintang 2.7 LU" says one thing twice.
func (a *angleReader) axis(next axis) {
	if n := len(a.axes); n > 0 && a.axes[n-1].lon == next.lon {
		a.axes[n-1].said = a.axes[n-1].said || next.said
		a.axes[n-1].negative = a.axes[n-1].negative || next.negative
		return
	}
	a.axes = append(a.axes, next)
}

// pair puts latitude and longitude together.
func (a *angleReader) pair() (lat, lon float64, ok bool) {
	if len(a.axes) != 0 && len(a.axes) != 2 || !a.convincing() {
		return 0, 0, false
	}
	cut := a.cut()
	if cut <= 0 {
		return 0, 0, false
	}
	first, okFirst := sexagesimal(a.numbers[:cut])
	second, okSecond := sexagesimal(a.numbers[cut:])
	if len(a.axes) == 2 {
		first, second = a.axes[0].signed(first), a.axes[1].signed(second)
		if a.axes[0].lon {
			first, second = second, first
		}
	}
	return first, second, okFirst && okSecond
}

func (x axis) signed(angle float64) float64 {
	if x.negative {
		return -max(angle, -angle)
	}
	return angle
}

// convincing tells whether numbers are a point and not, say, an address: they are marked
// as one, or stand alone, or both have decimals.
func (a *angleReader) convincing() bool {
	if len(a.degrees) > 1 || len(a.axes) == 2 || !a.strange {
		return true
	}
	return len(a.numbers) == 2 && fine(a.numbers[0]) && fine(a.numbers[1])
}

// fine tells a number with three decimals at least, some 100 m.
func fine(s string) bool {
	i := strings.LastIndexAny(s, ".,")
	return i >= 0 && len(s)-i > 3
}

// cut gives where the second angle begins, 0 if that is not plain. A third number behind a
// decimal pair is a height.
func (a *angleReader) cut() int {
	n := len(a.numbers)
	switch {
	case len(a.degrees) == 2 && a.degrees[0] == 0:
		return a.degrees[1]
	case n == 3 && len(a.axes) == 0 && strings.ContainsAny(a.numbers[0], ".,") && strings.ContainsAny(a.numbers[1], ".,"):
		a.numbers = a.numbers[:2]
		return 1
	case n == 2 || n == 4 && len(a.axes) == 2 || n == 6:
		return n / 2
	}
	return 0
}

// sexagesimal adds degrees, minutes and seconds.
func sexagesimal(parts []string) (float64, bool) {
	if len(parts) == 0 || len(parts) > 3 {
		return 0, false
	}
	sum, unit := 0.0, 1.0
	for i, part := range parts {
		n, ok := decimal(strings.TrimLeft(part, "+-"))
		if !ok || i > 0 && n >= 60 {
			return 0, false
		}
		sum += n / unit
		unit *= 60
	}
	if strings.HasPrefix(parts[0], "-") {
		sum = -sum
	}
	return sum, true
}
