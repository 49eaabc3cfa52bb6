package bot

import (
	"path"
	"strings"
	"unicode"
)

// fileNameLength is the longest file name that is kept, in letters, its ending included.
const fileNameLength = 100

// FileName makes the name that a sender gave a file fit to be shown and recorded: one
// short line, without the folders it came from and without marks that turn the writing
// round; "" if nothing is left.
func FileName(given string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, given)
	name = strings.Join(strings.Fields(path.Base("/"+name)), " ")
	if strings.Trim(name, "./ ") == "" {
		return ""
	}
	return shorten(name, path.Ext(name))
}

// shorten cuts a long name before its ending.
func shorten(name, ending string) string {
	letters, tail := []rune(strings.TrimSuffix(name, ending)), []rune(ending)
	if len(letters)+len(tail) <= fileNameLength {
		return name
	}
	if len(tail) > fileNameLength/2 {
		tail = nil
	}
	return string(letters[:min(len(letters), fileNameLength-len(tail))]) + string(tail)
}
