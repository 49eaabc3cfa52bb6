package config

import (
	"slices"
	"strings"

	"izinbot/workflow/spelling"
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
		if like := spelling.Nearest(name, known); ours || like != "" {
			out = append(out, Stranger{Name: name, Like: like})
		}
	}
	slices.SortFunc(out, func(a, b Stranger) int { return strings.Compare(a.Name, b.Name) })
	return out
}
