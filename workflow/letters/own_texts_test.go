package letters_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/letters"
)

// An office's own block stands in its letters; the others are the built-in ones.
func TestOwnTextsArePrinted(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "surat_izin.txt"), []byte("[memberikan]\nDIBERIKAN IZIN KEPADA {{kapital .Pemohon}}:\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := letters.DefaultOffice()
	if err != nil {
		t.Fatal(err)
	}
	o.TextsDir = filepath.Base(dir)
	if err := o.ReadFiles(filepath.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	pdf, err := letters.New(o, letters.Config{Open: photoStore}).Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter("surat_izin"), letters.Addressee)
	if err != nil {
		t.Fatal(err)
	}
	said := read(t, "own", pdf)
	if !strings.Contains(said, "DIBERIKAN IZIN KEPADA ") || strings.Contains(said, "MEMBERIKAN IZIN KEPADA") || !strings.Contains(said, "Dengan ketentuan:") {
		t.Errorf("it says\n%s", said)
	}
	o.TextsDir = "tidak-ada"
	if err := o.ReadFiles(filepath.Dir(dir)); err == nil || !strings.Contains(err.Error(), "teks_surat") {
		t.Errorf("a directory that is not there: %v", err)
	}
}
