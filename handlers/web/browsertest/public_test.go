package browsertest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"izinbot/handlers/public"
	"izinbot/handlers/web"
	"izinbot/handlers/web/browsertest"
	"izinbot/workflow"
)

// newVerifier serves the page of one letter.
func newVerifier(t *testing.T, issued []byte) string {
	t.Helper()
	sum := sha256.Sum256(issued)
	sheet := public.Sheet{
		Found: true, Lang: "id", Other: "English", Office: "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu dan Ketenagakerjaan", Title: "Periksa surat", About: "SURAT IZIN TEKNIS (CONTOH)",
		Mark: "Berlaku", Tone: "good", Facts: [][2]string{{"Nomor surat", "503/001/DPMPTSPK/XI/2026"}},
		Notes: []string{"Untuk surat di kertas: cocokkan jenis, nomor dan tanggalnya."},
	}
	c := &sheet.Compare
	c.SHA256, c.Title, c.How, c.Choose = hex.EncodeToString(sum[:]), "Cocokkan PDF", "Tarik PDF ke sini.", "Pilih PDF"
	c.Busy, c.Same, c.Different, c.Unable, c.ByHand, c.Sum = "Sebentar", "Sama.", "Berbeda.", "Tidak bisa.", "Dikeluarkan", "Milik Anda"
	return serve(t, web.Config{Public: &web.Public{
		Status: func(context.Context, string, workflow.Lang) (public.Sheet, error) {
			return public.Sheet{Lang: "id"}, nil
		},
		Letter: func(context.Context, string, string, workflow.Lang) (public.Sheet, error) { return sheet, nil },
	}})
}

func TestComparingAPDFInABrowser(t *testing.T) {
	issued := pdf("Surat izin CONTOH", 2)
	forged := append(append([]byte(nil), issued...), '\n')
	dir := t.TempDir()
	paths := map[string][]byte{"asli.pdf": issued, "palsu.pdf": forged, "kosong.pdf": nil}
	for name, content := range paths {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := browsertest.Open(t, newVerifier(t, issued)+"/v/LKS-2026-00042-7/surat_izin", 390, 844)
	p.AwaitSelector("#drop")
	p.Drop("#drop", filepath.Join(dir, "asli.pdf"))
	p.AwaitText("#verdict", "Sama.")
	p.Drop("h1", filepath.Join(dir, "palsu.pdf")) // beside the box
	p.AwaitText("#verdict", "Berbeda.")
	p.AwaitText("#name", "palsu.pdf")
	sum := sha256.Sum256(forged)
	p.AwaitText("#sum code", hex.EncodeToString(sum[:]))
	p.Pick("#file", filepath.Join(dir, "asli.pdf"))
	p.AwaitText("#verdict", "Sama.")
	p.Pick("#file", filepath.Join(dir, "kosong.pdf"))
	p.AwaitText("#verdict", "Berbeda.")
	p.Screenshot("surat-kecil")
	p.Resize(1200, 800)
	p.Screenshot("surat-lebar")
	if p.TooWide() {
		t.Error("the page is wider than its window")
	}
}
