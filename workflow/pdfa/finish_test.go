package pdfa

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

func TestOtherLayoutsAreRefused(t *testing.T) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.LinkString(10, 10, 10, 10, "https://contoh")
	var linked bytes.Buffer
	if err := pdf.Output(&linked); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"nothing": nil, "no pdf": []byte("Halo"), "no table": []byte("%PDF-1.7\nstartxref\n9\n%%EOF\n"),
		"a table out of the file": []byte("xref\n0 2\n0\n900\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"),
		"an object cut off":       bytes.Replace(linked.Bytes(), []byte("endobj"), []byte("endxbj"), 1),
		"links":                   linked.Bytes(),
	} {
		if _, err := Finish(raw, Document{}); !errors.Is(err, ErrLayout) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTextStrings(t *testing.T) {
	for s, want := range map[string]string{"Izin": "(Izin)", `a(b)\`: `(a\(b\)\\)`, "é": "<FEFF00E9>", "a\n": "<FEFF0061000A>", "": "()"} {
		if got := TextString(s); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestMetadataIsEscaped(t *testing.T) {
	info := Info{Title: "A & B <c>", At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("WIB", 7*3600))}
	packet := string(info.metadata("U", [16]byte{}))
	for _, want := range []string{"A &amp; B &lt;c&gt;", "2026-11-23T09:00:00+07:00", "uuid:00000000-0000-8000-8000-000000000000"} {
		if !bytes.Contains([]byte(packet), []byte(want)) {
			t.Errorf("no %q in %s", want, packet)
		}
	}
}

func TestUnicodeTableHasShortBlocks(t *testing.T) {
	var characters []rune
	for c := rune(0x20); c < 0x400; c += 2 {
		characters = append(characters, c)
	}
	table := toUnicode(append(characters, 0x4FE, 0x4FF, 0x500))
	for _, want := range []string{"\n100 beginbfrange\n<0020> <0020> <0020>\n", "<04FE> <04FF> <04FE>\n<0500> <0500> <0500>\n"} {
		if !bytes.Contains(table, []byte(want)) {
			t.Errorf("no %q in\n%s", want, table)
		}
	}
}
