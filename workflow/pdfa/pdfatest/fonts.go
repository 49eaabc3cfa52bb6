package pdfatest

import (
	"encoding/binary"
	"math"
	"regexp"
	"strconv"
	"strings"
)

func fontRules() []Rule {
	return []Rule{
		{Clause: "6.2.11.3", Says: "fonts of Unicode characters with a map of glyphs", broken: func(d *document, f *faults) {
			for _, t := range d.fonts() {
				f.unless(t.outer["Encoding"] == name("Identity-H") && t.inner["Subtype"] == name("CIDFontType2") && len(t.glyphs) == 2<<16,
					"%v: encoding %v, map of %d", t.outer["BaseFont"], t.outer["Encoding"], len(t.glyphs))
			}
		}},
		{Clause: "6.2.11.4", Says: "fonts are embedded under their own name", broken: func(d *document, f *faults) {
			for _, t := range d.fonts() {
				given, _ := t.outer["BaseFont"].(name)
				_, plain, _ := strings.Cut(string(given), "+")
				f.unless(regexp.MustCompile(`^[A-Z]{6}\+`).MatchString(string(given)) && plain == t.program.name &&
					t.inner["BaseFont"] == given && t.descriptor["FontName"] == given, "%v, really %q", given, t.program.name)
			}
		}},
		{Clause: "6.2.11.5", Says: "widths are those of the font", broken: func(d *document, f *faults) {
			for _, t := range d.fonts() {
				widths := d.widths(t.inner)
				for c := range t.used {
					said, ok := widths[c]
					if !ok {
						said, _ = t.inner["DW"].(float64)
					}
					actual := t.program.width(t.glyph(c))
					f.unless(math.Abs(said-actual) <= 1, "%v: U+%04X is %v wide, really %v", t.outer["BaseFont"], c, said, actual)
				}
			}
		}},
		{Clause: "6.2.11.7.2", Says: "each character tells its text", broken: func(d *document, f *faults) {
			for _, t := range d.fonts() {
				for c := range t.used {
					f.unless(t.unicode[c] == c && c != 0 && c != 0xFEFF && c != 0xFFFE, "%v: %04X is %04X", t.outer["BaseFont"], c, t.unicode[c])
				}
			}
		}},
		{Clause: "6.2.11.8", Says: "no character without a glyph", broken: func(d *document, f *faults) {
			for _, t := range d.fonts() {
				for c := range t.used {
					f.unless(t.glyph(c) != 0, "%v: U+%04X", t.outer["BaseFont"], c)
				}
			}
		}},
	}
}

// font is a font with the characters that pages show in it.
type font struct {
	outer, inner, descriptor dict
	glyphs                   []byte
	unicode                  map[int]int
	program                  trueType
	used                     map[int]bool
}

func (t font) glyph(c int) int {
	if 2*c+1 >= len(t.glyphs) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t.glyphs[2*c:]))
}

// fonts gives the fonts that pages show text in.
func (d *document) fonts() map[ref]font {
	out := map[ref]font{}
	for _, p := range d.pages {
		named := d.dict(d.dict(p.dict["Resources"])["Font"])
		var now ref
		for _, op := range p.ops {
			switch op.name {
			case "Tf":
				key, _ := op.args[0].(name)
				now, _ = named[string(key)].(ref)
				if _, seen := out[now]; !seen {
					out[now] = d.font(now)
				}
			case "Tj", "TJ":
				for _, c := range shown(op.args) {
					if used := out[now].used; used != nil {
						used[c] = true
					}
				}
			}
		}
	}
	return out
}

func (d *document) font(at ref) font {
	t := font{outer: d.dict(at), used: map[int]bool{}}
	if below := d.array(t.outer["DescendantFonts"]); len(below) == 1 {
		t.inner = d.dict(below[0])
	}
	t.descriptor = d.dict(t.inner["FontDescriptor"])
	glyphs, _ := d.get(t.inner["CIDToGIDMap"]).(stream)
	program, _ := d.get(t.descriptor["FontFile2"]).(stream)
	unicode, _ := d.get(t.outer["ToUnicode"]).(stream)
	t.glyphs, t.program, t.unicode = glyphs.data, readTrueType(program.data), ranges(string(unicode.data))
	return t
}

// shown gives the characters of a text operator, two bytes each.
func shown(args []any) (out []int) {
	for _, a := range args {
		switch a := a.(type) {
		case string:
			for i := 0; i+1 < len(a); i += 2 {
				out = append(out, int(a[i])<<8|int(a[i+1]))
			}
		case []any:
			out = append(out, shown(a)...)
		}
	}
	return out
}

// ranges reads the bfrange lines of a ToUnicode table; a line over more than 256
// characters is not valid and left out.
func ranges(table string) map[int]int {
	out := map[int]int{}
	for _, m := range regexp.MustCompile(`<(..)(..)> <(..)(..)> <(....)>`).FindAllStringSubmatch(table, -1) {
		first, _ := strconv.ParseInt(m[1]+m[2], 16, 32)
		last, _ := strconv.ParseInt(m[3]+m[4], 16, 32)
		to, _ := strconv.ParseInt(m[5], 16, 32)
		for c := first; c <= last && m[1] == m[3]; c++ {
			out[int(c)] = int(to + c - first)
		}
	}
	return out
}

// widths reads the array W of a font (ISO 32000-1, 9.7.4.3).
func (d *document) widths(inner dict) map[int]float64 {
	out := map[int]float64{}
	w := d.array(inner["W"])
	for i := 0; i+1 < len(w); {
		first, _ := w[i].(float64)
		if list, ok := w[i+1].([]any); ok {
			for j, v := range list {
				out[int(first)+j], _ = v.(float64)
			}
			i += 2
			continue
		}
		last, _ := w[i+1].(float64)
		for c := int(first); c <= int(last); c++ {
			out[c], _ = w[i+2].(float64)
		}
		i += 3
	}
	return out
}
