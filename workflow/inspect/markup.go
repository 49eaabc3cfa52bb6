package inspect

import (
	"bytes"
	"slices"
	"strings"
)

const (
	maxTag  = 512 // bytes of a tag that are looked at
	minText = 8   // characters of text that tell a short tag from an accident
)

// tagEnd holds the characters that end a tag's name in HTML, and the vertical tab.
const tagEnd = "\t\n\v\f\r />"

// hasMarkup finds pages and scripts that Windows, a browser or a web server runs
// wherever they begin in a file, also as UTF-16. It does not mind the XML that is
// usual in PDFs and pictures: XMP, rich text of annotations, property lists.
func hasMarkup(content []byte) bool {
	for {
		_, after, found := bytes.Cut(content, []byte("<"))
		if !found {
			return false
		}
		if opensMarkup(after) {
			return true
		}
		content = after
	}
}

// opensMarkup tells whether what follows a < is a tag that makes a page or a script.
// A tag is looked at up to the next <, so that all of a file is read once.
func opensMarkup(after []byte) bool {
	if len(after) == 0 || !opensName(after[0]) {
		return false
	}
	tag := after[:min(len(after), maxTag)]
	if next := bytes.IndexByte(tag, '<'); next >= 0 {
		tag = tag[:next]
	}
	text := lower(tag)
	end := strings.IndexAny(text, tagEnd)
	if end < 0 {
		end = len(text)
	}
	name, rest := text[:end], text[end:]
	switch {
	case strings.HasPrefix(name, "?="), name == "?":
		return isCode(text[1:])
	case name == "", rest == "":
		return false
	case name == "!doctype":
		return strings.HasPrefix(strings.TrimLeft(rest, tagEnd), "html")
	case name == "svg":
		return isText(rest[:min(len(rest), minText)])
	}
	return slices.Contains(pageTags(), name) || isLetter(name[0]) && hasHandler(rest)
}

// lower returns a tag without NULs and with small letters of ASCII, of which all that
// is looked for consists. In a scan of 20 MB there are thousands of accidental tags.
func lower(tag []byte) string {
	out := make([]byte, 0, maxTag)
	for _, c := range tag {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != 0 {
			out = append(out, c)
		}
	}
	return string(out)
}

// pageTags are the tags that are refused whatever follows. Body, img and others are
// refused for a handler of events in them: annotations of PDFs have a body.
func pageTags() []string {
	return []string{"html", "script", "scriptlet", "iframe", "frameset", "object", "embed", "applet", "hta:application", "?php"}
}

// opensName tells whether a tag begins with c. NULs are from UTF-16.
func opensName(c byte) bool { return c == 0 || c == '!' || c == '?' || isLetter(c) }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isCode tells PHP's short tag from an accident by its end or a length of text.
func isCode(text string) bool {
	code, _, ends := strings.Cut(text, "?>")
	if !ends {
		code = text[:min(len(text), 2*minText)]
	}
	return (ends || len(code) == 2*minText) && isText(code)
}

func isText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > '~' || r < ' ' && !strings.ContainsRune(tagEnd, r) })
}

// hasHandler finds an attribute such as onload= within a tag.
func hasHandler(attributes string) bool {
	attributes, _, _ = strings.Cut(attributes, ">")
	for {
		i := strings.Index(attributes, "on")
		if i < 0 {
			return false
		}
		isStart := i > 0 && strings.ContainsRune(tagEnd+`"'`, rune(attributes[i-1]))
		attributes = attributes[i+len("on"):]
		if isStart && isEvent(attributes) {
			return true
		}
	}
}

// isEvent tells whether the rest of an attribute's name and an equals sign follow.
func isEvent(text string) bool {
	behind := strings.TrimLeftFunc(text, func(r rune) bool { return 'a' <= r && r <= 'z' })
	return len(text)-len(behind) >= 3 && strings.HasPrefix(strings.TrimLeft(behind, tagEnd), "=")
}
