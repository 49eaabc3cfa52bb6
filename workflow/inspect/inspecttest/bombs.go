// Package inspecttest makes files that take all memory and time of whatever opens them
// without limits: small on the wire, huge when they are unpacked.
package inspecttest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"strings"
	"testing"
)

// CrossReference names the bomb that unfolds most: about 500 kB to 520 MB.
const CrossReference = "xref stream"

// packed gives n blanks, behind a start, as zlib makes them small.
func packed(tb testing.TB, start string, n int) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write([]byte(start)); err != nil {
		tb.Fatal(err)
	}
	block := bytes.Repeat([]byte(" "), 1<<20)
	for ; n > 0; n -= len(block) {
		if _, err := w.Write(block[:min(n, len(block))]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// crossReference is a PDF whose cross-reference stream unfolds to n bytes.
func crossReference(tb testing.TB, n int) []byte {
	tb.Helper()
	body := "%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
	stream := packed(tb, "", n)
	return fmt.Appendf(nil, "%s3 0 obj<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n",
		body, len(stream), stream, len(body))
}

// objectStreams is a PDF with many object streams of 4 MB each.
func objectStreams(tb testing.TB, n int) []byte {
	tb.Helper()
	var b bytes.Buffer
	var index []byte
	line := func(kind byte, where int) {
		index = append(binary.BigEndian.AppendUint32(append(index, kind), uint32(where)), 0) //nolint:gosec // far below 4 GB
	}
	b.WriteString("%PDF-1.5\n")
	stream := packed(tb, "3 0     <</Type/Page>>", 4<<20)
	for i := 1; i <= n; i++ {
		line(1, b.Len())
		fmt.Fprintf(&b, "%d 0 obj<</Type/ObjStm/N 1/First 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n", i, len(stream), stream)
	}
	for i := 1; i <= n; i++ {
		line(2, i)
	}
	at := b.Len()
	fmt.Fprintf(&b, "%d 0 obj<</Type/XRef/Size %d/Index[1 %d]/W[1 4 1]/Root %d 0 R/Length %d>>stream\n%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n",
		2*n+1, 2*n+2, 2*n, n+1, len(index), index, at)
	return b.Bytes()
}

// pdfWith is a PDF of one page and an object 9.
func pdfWith(kids, object, size string) []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X 9 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[" + kids +
		"]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n9 0 obj" + object + "endobj\ntrailer<</Root 1 0 R/Size " + size + ">>\nstartxref\n0\n%%EOF\n")
}

func hugePNG(tb testing.TB) []byte {
	tb.Helper()
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, body []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(body))) //nolint:gosec // far below 4 GB
		out = append(append(out, kind...), body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(kind), body...)))
	}
	side := binary.BigEndian.AppendUint32(nil, 50_000)
	chunk("IHDR", append(append(append([]byte{}, side...), side...), 8, 6, 0, 0, 0))
	chunk("IDAT", packed(tb, "", 50<<20))
	chunk("IEND", nil)
	return out
}

// Bombs gives one file of each kind, by a description.
func Bombs(tb testing.TB) map[string][]byte {
	tb.Helper()
	return map[string][]byte{
		CrossReference:   crossReference(tb, 520<<20),
		"object streams": objectStreams(tb, 300),
		"deep arrays":    pdfWith("3 0 R", strings.Repeat("[", 3_000_000), "10"),
		"deep dicts":     pdfWith("3 0 R", strings.Repeat("<</A", 1_000_000), "10"),
		"huge array":     pdfWith("3 0 R", "["+strings.Repeat("0 ", 9_000_000)+"]", "10"),
		"huge size":      pdfWith("3 0 R", "null", "2147483647"),
		"endless kids":   pdfWith(strings.Repeat("2 0 R 3 0 R ", 500_000), "null", "10"),
		"nested flate": pdfWith("3 0 R", "<</Filter["+strings.Repeat("/FlateDecode", 1000)+"]/Length 3>>stream\nabc\nendstream ",
			"10"),
		"PNG":  hugePNG(tb),
		"JPEG": []byte("\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"),
		"WebP": []byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"),
		"GIF":  []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\xff\xff\xff\xff\x00"),
	}
}

// HugeJPEG gives a grey photo of any size, four bytes for each 16×16 pixels.
func HugeJPEG(tb testing.TB, width, height int) []byte {
	tb.Helper()
	const unit = 16 // pixels
	var small bytes.Buffer
	if err := jpeg.Encode(&small, image.NewRGBA(image.Rect(0, 0, unit, unit)), nil); err != nil {
		tb.Fatal(err)
	}
	frame, scan := bytes.Index(small.Bytes(), []byte("\xff\xc0")), bytes.Index(small.Bytes(), []byte("\xff\xda"))
	const sizeAt, scanHead = 5, 14 // bytes from the marker
	out := small.Bytes()[:scan+scanHead]
	binary.BigEndian.PutUint16(out[frame+sizeAt:], uint16(height))  //nolint:gosec // below 65536
	binary.BigEndian.PutUint16(out[frame+sizeAt+2:], uint16(width)) //nolint:gosec // below 65536
	units := (width + unit - 1) / unit * ((height + unit - 1) / unit)
	// Six blocks that are like the one before, in the codes of annex K.
	out = append(out, bytes.Repeat([]byte("\x28\xa2\x8a\x00"), units)...)
	return append(out, 0xff, 0xd9)
}
