package sheets

import (
	"strings"
	"unicode/utf8"
)

// wrap breaks text into lines of the present font that fit a width: between words, behind the
// signs that part numbers, and else anywhere. What is too long for a cell ends in "…".
func (p *printer) wrap(text string, width float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		for i, piece := range pieces(word) {
			glue := ""
			if i == 0 && line != "" {
				glue = " "
			}
			if line != "" && p.pdf.GetStringWidth(line+glue+piece) > width {
				lines, line, glue = append(lines, line), "", ""
			}
			line += glue + piece
			for cut := p.fits(line, width); cut < len(line); cut = p.fits(line, width) {
				lines, line = append(lines, line[:cut]), line[cut:]
			}
		}
	}
	if lines = append(lines, line); len(lines) > mostLines {
		lines = lines[:mostLines]
		lines[mostLines-1] += "…"
	}
	return lines
}

// pieces parts a word where it may be broken: behind "/" and "-".
func pieces(word string) []string {
	var out []string
	for rest := word; rest != ""; {
		at := strings.IndexAny(rest, "/-")
		if at < 0 {
			return append(out, rest)
		}
		out, rest = append(out, rest[:at+1]), rest[at+1:]
	}
	return out
}

// fits gives how many bytes of a line fit a width, one character at least.
func (p *printer) fits(line string, width float64) int {
	if p.pdf.GetStringWidth(line) <= width {
		return len(line)
	}
	_, least := utf8.DecodeRuneInString(line)
	cut := least
	for i := range line {
		if i > 0 && p.pdf.GetStringWidth(line[:i]) > width {
			break
		}
		cut = max(least, i)
	}
	return cut
}
