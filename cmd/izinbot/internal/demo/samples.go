package demo

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/handlers/web"
	"izinbot/workflow"
)

// samples are made-up files for the page: every document of the checklist, photos
// of a visit, and files that must be refused.
func samples(def *workflow.SOP) ([]web.Sample, error) {
	out, err := documentSamples(def)
	if err != nil {
		return nil, err
	}
	photos, err := photoSamples(1600, 1200)
	if err != nil {
		return nil, err
	}
	bad, err := badSamples(def.Documents[0])
	return append(append(out, photos...), bad...), err
}

func documentSamples(def *workflow.SOP) ([]web.Sample, error) {
	var out []web.Sample
	for _, d := range def.Documents {
		pdf, err := samplePDF(d, "")
		if err != nil {
			return nil, err
		}
		out = append(out, web.Sample{Name: sampleName(d), Group: "Dokumen permohonan", Note: d.Name.ID, Data: pdf})
	}
	return out, nil
}

func photoSamples(width, height int) ([]web.Sample, error) {
	var out []web.Sample
	for i := range 5 {
		photo, err := samplePhoto(i, width, height)
		if err != nil {
			return nil, err
		}
		taken := ""
		if bytes.Contains(photo, []byte(sampleTaken)) {
			taken = sampleTaken
		}
		out = append(out, web.Sample{Name: fmt.Sprintf("foto-%d.jpg", i+1), Group: "Foto kunjungan", Note: "foto lapangan buatan", Data: photo, Taken: taken})
	}
	return out, nil
}

func badSamples(d workflow.DocDef) ([]web.Sample, error) {
	locked, err := samplePDF(d, "rahasia")
	if err != nil {
		return nil, err
	}
	small, err := samplePhoto(9, 640, 480)
	if err != nil {
		return nil, err
	}
	const group = "Berkas yang keliru"
	return []web.Sample{
		{Name: "kosong.pdf", Group: group, Note: "0 byte"},
		{Name: "program.pdf", Group: group, Note: "program bernama .pdf", Data: append([]byte("MZ\x90\x00\x03\x00\x00\x00"), make([]byte, 4096)...)},
		{Name: "terkunci.pdf", Group: group, Note: "PDF dengan kata sandi", Data: locked},
		{Name: "kecil.jpg", Group: group, Note: "foto 640×480", Photo: true, Data: small},
	}, nil
}

func sampleName(d workflow.DocDef) string { return string(d.Code) + ".pdf" }

// samplePDF makes a two-page PDF that says what it stands for; with a password it
// does not open without.
func samplePDF(d workflow.DocDef, password string) ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	made := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetCatalogSort(true)
	if password != "" {
		pdf.SetProtection(fpdf.CnProtectPrint, password, password)
	}
	for page := range 2 {
		pdf.AddPage()
		pdf.SetFont("Helvetica", "B", 40)
		pdf.SetTextColor(190, 190, 190)
		pdf.Text(60, 40, "CONTOH")
		pdf.SetTextColor(0, 0, 0)
		pdf.SetFont("Helvetica", "", 14)
		pdf.SetXY(20, 60)
		pdf.MultiCell(170, 8, fmt.Sprintf("%s  %s\n\nDokumen contoh, bukan dokumen asli. Halaman %d.", d.Code, latin(d.Name.ID), page+1), "", "L", false)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("make sample %s: %w", d.Code, err)
	}
	return out.Bytes(), nil
}

// latin leaves out what the sample's font lacks.
func latin(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7e {
			return -1
		}
		return r
	}, s)
}
