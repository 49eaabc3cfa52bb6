package padestest

import (
	"bytes"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow/letters"
	"izinbot/workflow/pades"
	"izinbot/workflow/pdfa"
)

// Letter draws a letter of two pages as PDF/A-2a.
func Letter(tb testing.TB, at time.Time) []byte {
	tb.Helper()
	plain, _ := letters.Typeface()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.AddUTF8FontFromBytes("serif", "", plain)
	tags := pdfa.NewTags(pdf.RawWriteStr)
	for no := 1; no <= 2; no++ {
		tags.Leave()
		pdf.AddPage()
		pdf.SetFont("serif", "", 11)
		tags.Page(no)
		tags.Text(func() {
			tags.Content()
			pdf.Text(25, 40, "SURAT CONTOH: izin untuk Yayasan Contoh berlaku sampai 30 Juni 2028.")
		})
	}
	tags.Leave()
	var raw bytes.Buffer
	if err := pdf.Output(&raw); err != nil {
		tb.Fatal(err)
	}
	out, err := pdfa.Finish(raw.Bytes(), pdfa.Document{
		Info:  pdfa.Info{Title: "Surat contoh", Author: "Dinas Contoh", Producer: "izinbot", Lang: "id", At: at},
		Fonts: map[string]string{"serif": "LiberationSerif"}, Tags: tags,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// Field gives the field of a signatory on the second page of such a letter.
func Field(tb testing.TB, at time.Time) pades.Field {
	tb.Helper()
	plain, _ := letters.Typeface()
	return pades.Field{
		Signer: "Contoh Kepala Dinas", At: at, Page: 2, Box: pades.Box{Left: 306, Bottom: 400, Right: 538, Top: 460},
		Lines: []string{"Ditandatangani secara elektronik oleh", "Contoh Kepala Dinas, M.Si.", "Senin, 23 November 2026, 15.45 WIB"},
		QR:    "https://izin.contoh/v/5cfe0d1ab2", Font: plain,
	}
}
