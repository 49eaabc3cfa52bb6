package pdfatest

import "encoding/binary"

// trueType is what the rules need of a font program.
type trueType struct {
	name    string // PostScript name
	units   float64
	metrics int
	hmtx    []byte
}

func readTrueType(b []byte) (t trueType) {
	if len(b) < 12 {
		return t
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		entry := b[12+16*i:]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		if int(at+size) <= len(b) {
			tables[string(entry[:4])] = b[at : at+size]
		}
	}
	if len(tables["head"]) >= 54 && len(tables["hhea"]) >= 36 {
		t.units = float64(binary.BigEndian.Uint16(tables["head"][18:]))
		t.metrics = int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	}
	t.hmtx, t.name = tables["hmtx"], postScriptName(tables["name"])
	return t
}

// width gives the width of a glyph in thousandths of the font size, -1 if it is not there.
func (t trueType) width(glyph int) float64 {
	at := 4 * min(glyph, t.metrics-1)
	if at < 0 || at+2 > len(t.hmtx) {
		return -1
	}
	return float64(binary.BigEndian.Uint16(t.hmtx[at:])) * 1000 / t.units
}

// postScriptName finds name 6 of the Macintosh platform, which has one byte a character.
func postScriptName(table []byte) string {
	if len(table) < 6 {
		return ""
	}
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(table[at:])) }
	for i := range u16(2) {
		if at := 6 + 12*i; u16(at) == 1 && u16(at+6) == 6 {
			start := u16(4) + u16(at+10)
			return string(table[start : start+u16(at+8)])
		}
	}
	return ""
}
