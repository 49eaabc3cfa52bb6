package letters

import (
	"strings"
	"unicode/utf8"
)

// line is one line of wrapped text.
type line struct {
	text   string
	last   bool // of its paragraph, or too short to be stretched
	spaced bool // more text comes after it, and not within a word
}

// align gives the alignment in which the line is drawn: the last line of a
// justified paragraph is not stretched.
func (l line) align(want string) string {
	if want == alignJustify && l.last {
		return alignLeft
	}
	return want
}

// wrap makes text fit to print (see clean) and breaks it into lines of the present
// font that are at most width millimetres wide. A word that is wider is cut.
func (s *canvas) wrap(text string, width float64) []line {
	var lines []line
	space := s.pdf.GetStringWidth(" ")
	for paragraph := range strings.SplitSeq(clean(text), "\n") {
		words := s.fit(strings.Fields(paragraph), width)
		for len(words) > 0 {
			n, used := 1, words[0].width
			for n < len(words) && used+space+words[n].width <= width {
				used += space + words[n].width
				n++
			}
			lines = append(lines, line{text: join(words[:n]), last: n == len(words) || used < 0.75*width, spaced: !words[n-1].cut})
			words = words[n:]
		}
	}
	if len(lines) > 0 {
		lines[len(lines)-1].spaced = false
	}
	return lines
}

type word struct {
	text  string
	width float64
	cut   bool // its end is on the next line
}

// fit measures words and cuts those that are wider than a line.
func (s *canvas) fit(words []string, width float64) []word {
	out := make([]word, 0, len(words))
	for _, w := range words {
		for full := s.pdf.GetStringWidth(w); full > width && utf8.RuneCountInString(w) > 1; full = s.pdf.GetStringWidth(w) {
			n := s.prefix(w, width)
			out = append(out, word{w[:n], s.pdf.GetStringWidth(w[:n]), true})
			w = w[n:]
		}
		out = append(out, word{w, s.pdf.GetStringWidth(w), false})
	}
	return out
}

// prefix gives the length in bytes of the longest beginning of w that is not
// wider than width, one character at least.
func (s *canvas) prefix(w string, width float64) int {
	used := 0.0
	for i, r := range w {
		used += s.pdf.GetStringWidth(string(r))
		if used > width && i > 0 {
			return i
		}
	}
	return len(w)
}

func join(words []word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return strings.Join(texts, " ")
}
