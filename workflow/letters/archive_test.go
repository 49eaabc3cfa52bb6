package letters_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/pdfa/pdfatest"
)

// TestEveryKindIsForArchives checks every kind against the rules of PDF/A-2 that a program can decide.
func TestEveryKindIsForArchives(t *testing.T) {
	for _, kind := range kinds() {
		for _, copied := range []letters.Copy{letters.Addressee, letters.Archive} {
			sop := sampleSOP()
			sop.Tariff = 1_250_000
			pdf, err := drawer(t).Draw(t.Context(), sop, sampleCase(), sampleLetter(kind), copied)
			if err != nil {
				t.Fatal(err)
			}
			faults, level := pdfatest.Check(pdf)
			for _, f := range faults {
				t.Errorf("%s: %s", kind, f)
			}
			if level != "A" {
				t.Errorf("%s claims level %q", kind, level)
			}
		}
	}
}

// TestLettersAreReadInTheirOrder takes the texts that pdfinfo finds along the tags.
func TestLettersAreReadInTheirOrder(t *testing.T) {
	for kind, want := range map[workflow.LetterKind][]string{
		"surat_izin": {
			"PEMERINTAH KABUPATEN DAIRI", "SURAT IZIN TEKNIS", "NOMOR:", "Dasar:", "1. Undang-Undang", "MEMBERIKAN IZIN KEPADA:",
			"Negara asal: Contohland", "Berlaku sampai dengan: 30 Juni 2028", "Dengan ketentuan:", "Ditetapkan di Sidikalang", "Contoh Kepala Dinas", "Tembusan:", "Periksa keaslian",
		},
		"berita_acara": {"BERITA ACARA", "Pada hari ini", "Nama, NIP", "A. Keberadaan tim", "B. Hasil pemeriksaan", "C. Foto", "Foto 1:", "E. Kesimpulan", "Persetujuan", "Periksa keaslian"},
		"permintaan_rekomendasi": {
			"Nomor: ", "Hal: Permintaan", "Yth. Kepala Dinas Sosial", "Sehubungan dengan", "Negara asal: Contohland", "Demikian disampaikan", "NIP. ", "Tembusan:", "Lampiran Surat Nomor",
		},
	} {
		pdf, err := drawer(t).Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter(kind), letters.Addressee)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "letter.pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), "pdfinfo", "-struct-text", file).Output()
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, m := range regexp.MustCompile(`(?m)^ *"(.*)"$`).FindAllSubmatch(out, -1) {
			said = append(said, string(m[1]))
		}
		rest := strings.Join(said, " ")
		for _, w := range want {
			_, after, ok := strings.Cut(rest, w)
			if !ok {
				t.Errorf("%s: %q is missing, or too early, before\n%s", kind, w, rest)
				break
			}
			rest = after
		}
		if strings.Contains(strings.Join(said, " "), "halaman 1 dari") {
			t.Errorf("%s: the page number is read", kind)
		}
	}
}
