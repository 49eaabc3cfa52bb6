package sop

import "strings"

// helvetica gives the widths of the characters from space to tilde in thousandths
// of the font size (Adobe's Helvetica metrics; Arial and Liberation Sans agree).
func helvetica() [95]int {
	return [...]int{
		278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to slash
		556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to question mark
		1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // at to O
		667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to underscore
		333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // backquote to o
		556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to tilde
	}
}

// width gives the width of a text in pixels at the drawing's font size. Characters
// outside of ASCII count as an M, which is never too little for Latin letters.
func width(s string) int {
	metrics := helvetica()
	total := 0
	for _, r := range s {
		if r >= ' ' && r <= '~' {
			total += metrics[r-' ']
		} else {
			total += metrics['M'-' ']
		}
	}
	return (total*fontSize + 999) / 1000
}

// wrap breaks a text into lines of at most most pixels, between words where it
// can.
func wrap(s string, most int) []string {
	var lines []string
	current := ""
	for word := range strings.FieldsSeq(s) {
		for _, piece := range split(word, most) {
			joined := strings.TrimSpace(current + " " + piece)
			if current != "" && width(joined) > most {
				lines = append(lines, current)
				joined = piece
			}
			current = joined
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// split breaks a word that is wider than a line.
func split(word string, most int) []string {
	var pieces []string
	piece := ""
	for _, r := range word {
		if piece != "" && width(piece+string(r)) > most {
			pieces = append(pieces, piece)
			piece = ""
		}
		piece += string(r)
	}
	return append(pieces, piece)
}

func wrapAll(texts []string, most int) []string {
	var lines []string
	for _, s := range texts {
		lines = append(lines, wrap(s, most)...)
	}
	return lines
}
