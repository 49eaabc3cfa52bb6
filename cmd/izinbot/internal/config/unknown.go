package config

import (
	"slices"
	"strings"
)

// Stranger is a variable of the environment that looks like a setting and is none.
type Stranger struct {
	Name string
	Like string // the setting that was probably meant; "": none is near
}

// Strangers finds, among variables in the form NAME=value, those that begin as only
// this program's do, and those that differ from a setting by a slip or two.
func Strangers(keys []Key, environ []string, prefixes ...string) []Stranger {
	var known []string
	for _, k := range keys {
		known = append(known, k.Name)
		if k.Secret {
			known = append(known, k.Name+"_FILE")
		}
	}
	var out []Stranger
	for _, line := range environ {
		name, _, _ := strings.Cut(line, "=")
		if slices.Contains(known, name) {
			continue
		}
		ours := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
		if like := nearest(name, known); ours || like != "" {
			out = append(out, Stranger{Name: name, Like: like})
		}
	}
	slices.SortFunc(out, func(a, b Stranger) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// slips is how many letters may be wrong in a name that is still recognised.
const slips = 2

// nearest gives the known name that is at most some slips away; "": there is none.
func nearest(name string, known []string) string {
	best, least := "", slips+1
	for _, k := range known {
		if d := distance(name, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the letters to insert, remove or replace between two names.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
