package parse

import (
	"net/url"
	"regexp"
	"strings"
)

// linkForm is a form in which map sites write a point into an address.
type linkForm struct {
	pattern  *regexp.Regexp
	lonFirst bool
}

// linkForms lists the forms by how surely they name the place itself: a pin, what was
// searched for, where a way leads to, and last the middle of what the map shows.
func linkForms() []linkForm {
	const number = `(-?\d{1,3}(?:\.\d+)?)`
	pair := number + `(?:\s*[,;~+]\s*|\s+)` + number
	return []linkForm{
		{regexp.MustCompile(`!3d` + number + `!4d` + number), false},              // Google: pin
		{regexp.MustCompile(`!1d` + number + `!2d` + number), true},               // Google: end of a way
		{regexp.MustCompile(`[?&#]mlat=` + number + `&mlon=` + number), false},    // OpenStreetMap: pin
		{regexp.MustCompile(`[?&](?:to|navigate_to)=ll\.` + pair), false},         // Waze: end of a way
		{regexp.MustCompile(`[?&](?:daddr|destination)=(?:loc:)?` + pair), false}, // Google, Apple: end of a way
		{regexp.MustCompile(`[?&](?:q|query|coordinate|latlng)=(?:loc:)?` + pair), false},
		{regexp.MustCompile(`/(?:place|search)/` + pair), false},
		{regexp.MustCompile(`/dir/.*/` + pair + `(?:/|\?|$)`), false},
		{regexp.MustCompile(`[?&](?:ll|sll|pin|center|cp)=` + pair), false},
		{regexp.MustCompile(`^geo:` + pair), false},
		{regexp.MustCompile(`#map=[\d.]+/` + number + `/` + number), false}, // OpenStreetMap: middle
		{regexp.MustCompile(`/@` + pair), false},                            // Google: middle
	}
}

// linked finds a point in the address of a map. The last one of the surest form counts:
// of a way that is its end.
func (p *Points) linked(link string) (lat, lon float64, ok bool) {
	if plain, err := url.QueryUnescape(link); err == nil {
		link = plain
	}
	if place := p.degrees.FindStringSubmatch(link); place != nil {
		if lat, lon, ok := p.angles(place[1]); ok {
			return lat, lon, true
		}
	}
	for _, form := range p.inLink {
		all := form.pattern.FindAllStringSubmatch(link, -1)
		if len(all) == 0 {
			continue
		}
		last := all[len(all)-1]
		lat, okLat := decimal(last[1])
		lon, okLon := decimal(last[2])
		if form.lonFirst {
			lat, lon = lon, lat
		}
		return lat, lon, okLat && okLon
	}
	return plusCode(strings.NewReplacer("/", " ", "?", " ", "&", " ", "=", " ", ",", " ").Replace(link), p.nearLat, p.nearLon)
}
