package whatsapptest

import (
	"bytes"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/storage/storagetest"
)

// While the disk of the files is full, a file on WhatsApp neither silences its chat nor is
// said to be here.
func TestFilesOnAFullDisk(t *testing.T) {
	t.Parallel()
	disk := &storagetest.Disk{}
	h := newHouseWith(t, disk.Open)
	p, _, _ := h.phone(watest.ShowsLID)
	for _, text := range []string{
		"1", "setuju dan lanjut", "Yayasan CONTOH", "Belanda", "Yayasan", "Contoh Pimpinan", "Paspor", "X0000000",
		"Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+6280000000000", "Jl. Contoh No. 2", "Sidikalang",
		"Desa Contoh", "2.7431, 98.3126", "Anak", "LKS Contoh Dairi", "Januari 2027 – Desember 2027", "Lewati",
	} {
		h.types(p, text)
	}
	h.shows(p, "Dokumen 1 dari")
	disk.Fill(true)
	akta := watest.File{Name: "akta.pdf", Type: "application/pdf", Data: page(t)}
	if _, err := p.Document(akta); err != nil {
		t.Fatal(err)
	}
	h.shows(p, "Pesan Anda sudah tersimpan dan akan dibalas")
	if _, err := p.Text("bantuan"); err != nil {
		t.Fatal(err)
	}
	h.shows(p, "belum dapat kami simpan")
	h.shows(p, "BANTUAN SEMUA")
	disk.Fill(false)
	if _, err := p.Document(akta); err != nil {
		t.Fatal(err)
	}
	h.shows(p, "18/19 Nomor surat permohonan")
}

// page makes a PDF of one page.
func page(t *testing.T) []byte {
	t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetCreationDate(time.Unix(0, 0))
	doc.AddPage()
	doc.SetFont("Helvetica", "", 20)
	doc.Text(20, 40, "CONTOH")
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
