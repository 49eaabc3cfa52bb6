package inspect

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strconv"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// The files of the tests are made here, by other code than that under test.

func makePDF(tb testing.TB, pages int) []byte {
	tb.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetCreationDate(time.Unix(0, 0))
	for i := range pages {
		doc.AddPage()
		doc.SetFont("Helvetica", "", 11)
		for line := range 40 {
			doc.Cell(0, 6, "CONTOH akta pendirian, halaman "+strconv.Itoa(i+1)+" baris "+strconv.Itoa(line+1))
			doc.Ln(6)
		}
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// lockPDF encrypts; with an empty user password the file opens freely.
func lockPDF(tb testing.TB, content []byte, userPassword string) []byte {
	tb.Helper()
	conf := &model.Configuration{
		Cmd: model.ENCRYPT, UserPW: userPassword, OwnerPW: "pemilik",
		EncryptUsingAES: true, EncryptKeyLength: 256, Permissions: model.PermissionsNone,
		Reader15: true, ValidationMode: model.ValidationRelaxed, Eol: "\n",
		WriteObjectStream: true, WriteXRefStream: true, Limits: model.DefaultResourceLimits(),
	}
	var out bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(content), &out, conf); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func makeImage(width, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			img.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y), 255})
		}
	}
	return img
}

func makeJPEG(tb testing.TB, width, height int) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, makeImage(width, height), nil); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func makePNG(tb testing.TB, width, height int) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, makeImage(width, height)); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// tag is one entry of an EXIF directory that is to be made.
type tag struct {
	id, kind uint16
	count    uint32
	value    []byte
}

func text(id uint16, s string) tag { return tag{id, 2, uint32(len(s) + 1), []byte(s + "\x00")} }

func ratios(order binary.AppendByteOrder, id uint16, pairs ...uint32) tag {
	var b []byte
	for _, n := range pairs {
		b = order.AppendUint32(b, n)
	}
	return tag{id, 5, uint32(len(pairs) / 2), b}
}

// makeEXIF lays out a TIFF block: a root directory that points to one of EXIF
// and one of GPS, each followed by the values that do not fit in an entry.
func makeEXIF(order binary.AppendByteOrder, exif, gps []tag) []byte {
	b := []byte("II*\x00")
	if order.String() == binary.BigEndian.String() {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	const root = 8 + 2 + 2*12 + 4
	second := root + len(makeIFD(order, root, exif))
	b = append(b, makeIFD(order, 8, []tag{
		{0x8769, 4, 1, order.AppendUint32(nil, root)},
		{0x8825, 4, 1, order.AppendUint32(nil, uint32(second))},
	})...)
	b = append(b, makeIFD(order, root, exif)...)
	return append(b, makeIFD(order, second, gps)...)
}

func makeIFD(order binary.AppendByteOrder, start int, tags []tag) []byte {
	head := order.AppendUint16(nil, uint16(len(tags)))
	var tail []byte
	end := start + 2 + 12*len(tags) + 4
	for _, t := range tags {
		head = order.AppendUint16(head, t.id)
		head = order.AppendUint16(head, t.kind)
		head = order.AppendUint32(head, t.count)
		if len(t.value) <= 4 {
			head = append(head, append(t.value, make([]byte, 4-len(t.value))...)...)
			continue
		}
		head = order.AppendUint32(head, uint32(end+len(tail)))
		tail = append(tail, t.value...)
	}
	return append(order.AppendUint32(head, 0), tail...)
}

// withEXIF puts an EXIF block where cameras put it, right behind the start marker.
func withEXIF(picture, exif []byte) []byte {
	payload := append([]byte("Exif\x00\x00"), exif...)
	out := append([]byte(nil), picture[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(payload)+2))
	out = append(out, payload...)
	return append(out, picture[2:]...)
}

// sidikalang is what a camera there would write: 2°44'30.5" N, 98°18'50.25" E.
func sidikalang(order binary.AppendByteOrder) []byte {
	return makeEXIF(order,
		[]tag{text(0x9003, "2026:11:27 10:04:05")},
		[]tag{
			text(1, "N"), ratios(order, 2, 2, 1, 44, 1, 305, 10),
			text(3, "E"), ratios(order, 4, 98, 1, 18, 1, 5025, 100),
		})
}
