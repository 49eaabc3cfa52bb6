package letters

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow/normalize"
)

// Liberation Serif 2.1.5, SIL Open Font License 1.1 (fonts/OFL.txt), unmodified.
// It has the widths of Times New Roman, which offices use for letters.
var (
	//go:embed fonts/LiberationSerif-Regular.ttf
	regularTTF []byte
	//go:embed fonts/LiberationSerif-Bold.ttf
	boldTTF []byte
)

// The styles of the letters' one font family.
const (
	regular = ""
	bold    = "B"
)

// fontNames gives the fonts' own names by the ones that the library knows them by.
func fontNames() map[string]string {
	return map[string]string{"serif" + regular: "LiberationSerif", "serif" + bold: "LiberationSerif-Bold"}
}

// fontSet is the fonts by style, cut down to what letters may print. Cutting
// once makes each letter quicker to draw and smaller.
type fontSet map[string][]byte

func cutFonts() fontSet {
	var all strings.Builder
	for _, block := range repertoire().R16 {
		for r := rune(block.Lo); r <= rune(block.Hi); r += rune(block.Stride) {
			if printable(r) {
				all.WriteRune(r)
			}
		}
	}
	return fontSet{
		regular: fpdf.UTF8CutFont(regularTTF, all.String()),
		bold:    fpdf.UTF8CutFont(boldTTF, all.String()),
	}
}

// repertoire gives the characters for names and addresses of bodies from anywhere, as
// far as one font has them: Latin with all its diacritics, Greek, Cyrillic,
// punctuation, currencies and common signs.
func repertoire() *unicode.RangeTable {
	return &unicode.RangeTable{R16: []unicode.Range16{
		{Lo: 0x0020, Hi: 0x007E, Stride: 1},
		{Lo: 0x00A0, Hi: 0x024F, Stride: 1}, // Latin
		{Lo: 0x02B0, Hi: 0x036F, Stride: 1}, // modifier letters, combining marks
		{Lo: 0x0370, Hi: 0x052F, Stride: 1}, // Greek, Cyrillic
		{Lo: 0x1E00, Hi: 0x1EFF, Stride: 1}, // more Latin
		{Lo: 0x2010, Hi: 0x2027, Stride: 1}, // punctuation
		{Lo: 0x2030, Hi: 0x205E, Stride: 1},
		{Lo: 0x2070, Hi: 0x209F, Stride: 1}, // raised and lowered digits
		{Lo: 0x20A0, Hi: 0x20CF, Stride: 1}, // currencies
		{Lo: 0x2100, Hi: 0x218F, Stride: 1}, // letterlike signs, fractions
		{Lo: 0x2200, Hi: 0x22FF, Stride: 1}, // mathematics
	}}
}

// Printable tells whether the letters can print all of s, and if not, the first
// character that they would name by its number. Line breaks are fine;
// characters without a shape of their own (controls, joiners, direction marks)
// are left out when printed and so are fine too.
func Printable(s string) (bad rune, ok bool) {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return r, false
			}
		}
		if !shapeless(r) && !unicode.IsSpace(r) && !printable(r) {
			return r, false
		}
	}
	return 0, true
}

func printable(r rune) bool {
	if ' ' <= r && r <= '~' {
		return true
	}
	return unicode.Is(repertoire(), r) && !shapeless(r) && hasGlyph(regularTTF, r)
}

// shapeless tells whether a character leaves no mark on paper.
func shapeless(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) && !unicode.IsSpace(r)
}

// hasGlyph looks a character up in the font's own table (OpenType cmap, format
// 4), without building a map of it.
func hasGlyph(ttf []byte, r rune) bool {
	table := cmap4(ttf)
	if table == nil || r > 0xFFFF {
		return false
	}
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(table[at:])) }
	segments := u16(6) // two bytes each
	for i := 0; i < segments; i += 2 {
		if u16(14+i) < int(r) { // last character of the segment
			continue
		}
		start, delta := u16(16+segments+i), u16(16+2*segments+i)
		offsetAt := 16 + 3*segments + i
		if start > int(r) {
			return false
		}
		if u16(offsetAt) == 0 {
			return (int(r)+delta)&0xFFFF != 0
		}
		return u16(offsetAt+u16(offsetAt)+2*(int(r)-start)) != 0
	}
	return false
}

// cmap4 finds the font's table of 16-bit Unicode characters.
func cmap4(ttf []byte) []byte {
	tables := int(binary.BigEndian.Uint16(ttf[4:]))
	for i := range tables {
		entry := ttf[12+16*i:]
		if string(entry[:4]) != "cmap" {
			continue
		}
		cmap := ttf[binary.BigEndian.Uint32(entry[8:]):]
		for j := range int(binary.BigEndian.Uint16(cmap[2:])) {
			sub := cmap[binary.BigEndian.Uint32(cmap[4+8*j+4:]):]
			if binary.BigEndian.Uint16(sub) == 4 {
				return sub
			}
		}
	}
	return nil
}

// clean makes text fit to print: it goes through the gate for text, what the font lacks is
// named by its number, line breaks stay, blank lines go.
func clean(s string) string {
	var lines []string
	for line := range strings.SplitSeq(normalize.Text(s), "\n") {
		if line = flat(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// flat is clean on one line.
func flat(s string) string {
	var b strings.Builder
	for _, r := range normalize.Line(s) {
		if printable(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "[U+%04X]", r)
	}
	return b.String()
}
