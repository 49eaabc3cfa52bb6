package pdfa

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
)

// nameFonts gives each font its own name, which fpdf replaces with one of its own, and a
// table that tells the text of just the characters that the font has.
func (f *file) nameFonts(names map[string]string) error {
	for no, body := range f.objects {
		if !bytes.HasPrefix(body, []byte("<</Type /Font\n/Subtype /Type0\n")) {
			continue
		}
		if err := f.nameFont(no, names); err != nil {
			return err
		}
	}
	return nil
}

func (f *file) nameFont(no int, names map[string]string) error {
	outer := f.objects[no]
	_, rest, _ := bytes.Cut(outer, []byte("/BaseFont /"))
	given, _, _ := strings.Cut(string(rest), "\n")
	name := names[strings.TrimPrefix(given, "utf8")]
	if name == "" {
		return fmt.Errorf("%w: font %q has no name", ErrLayout, given)
	}
	unicode, _, err1 := f.object(outer, "/ToUnicode ")
	inner, cid, err2 := f.object(outer, "/DescendantFonts [")
	descriptor, desc, err3 := f.object(cid, "/FontDescriptor ")
	_, glyphs, err4 := f.object(cid, "/CIDToGIDMap ")
	_, program, err5 := f.object(desc, "/FontFile2 ")
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if err != nil {
			return err
		}
	}
	characters, err := mapped(glyphs)
	if err != nil {
		return err
	}
	full := subsetTag(program) + "+" + name
	for _, part := range []int{no, inner, descriptor} {
		f.objects[part] = bytes.Replace(f.objects[part], []byte("/"+given), []byte("/"+full), 1)
	}
	f.objects[unicode] = Stream("", toUnicode(characters))
	return nil
}

// subsetTag gives the six letters that tell the parts of a font in several files apart
// (ISO 32000-1, 9.6.4).
func subsetTag(program []byte) string {
	sum := sha256.Sum256(program)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// mapped gives the characters that have a glyph. fpdf numbers them by their code in
// UTF-16; the map holds two bytes for each.
func mapped(body []byte) ([]rune, error) {
	_, data, _ := bytes.Cut(body, []byte("stream\n"))
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: map of glyphs: %w", ErrLayout, err)
	}
	glyphs := make([]byte, 2<<16)
	if _, err := io.ReadFull(r, glyphs); err != nil {
		return nil, fmt.Errorf("%w: map of glyphs: %w", ErrLayout, err)
	}
	var out []rune
	for c := range rune(1 << 16) {
		if glyphs[2*c] != 0 || glyphs[2*c+1] != 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// toUnicode is the table of the characters' texts: each its own, in stretches within
// which only the last byte changes, a hundred in a block at most.
func toUnicode(characters []rune) []byte {
	var ranges []string
	for i := 0; i < len(characters); {
		first := characters[i]
		last := first
		for i++; i < len(characters) && characters[i] == last+1 && characters[i]>>8 == first>>8; i++ {
			last++
		}
		ranges = append(ranges, fmt.Sprintf("<%04X> <%04X> <%04X>\n", first, last, first))
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(ranges) > 0 {
		n := min(100, len(ranges))
		fmt.Fprintf(&b, "%d beginbfrange\n%sendbfrange\n", n, strings.Join(ranges[:n], ""))
		ranges = ranges[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.Bytes()
}
