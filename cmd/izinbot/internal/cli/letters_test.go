package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// An office writes the sentences of its letters out, changes one and sees where it went wrong.
func TestTextsOfLetters(t *testing.T) {
	t.Chdir(t.TempDir())
	izinbot(t, "letters", "export", "surat").ends(0).prints("izinbot letters check surat")
	if r := izinbot(t, "letters", "export", "surat").ends(1); !strings.Contains(r.errs, "pilih direktori lain") {
		t.Errorf("said:\n%s", r.errs)
	}
	izinbot(t, "letters", "check", "surat").ends(0).prints("surat: benar")

	file := filepath.Join("surat", "surat_izin.txt")
	write(t, file, "[memberikan]\nDIBERIKAN KEPADA {{.Pemohn}}:\n\n[penutp]\nx\n\n[judul_dasar]\n漢\n")
	r := izinbot(t, "letters", "check", "surat").ends(1)
	r.prints(file+":2: isian .Pemohn tidak dikenal; mungkin maksudnya Pemohon\n", file+":4: blok [penutp] tidak dikenal", file+":8: tanda 漢 tidak bisa dicetak", "3 kesalahan")
}

// The start names what is wrong in the texts that the office file names, as config print does.
func TestBrokenTextsAreNamedAtTheStart(t *testing.T) {
	source, err := os.ReadFile(sampleOffice)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("surat", 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join("surat", "surat_penolakan.txt"), "[pembuka]\n{{.Apa}}\n")
	write(t, "kantor.yaml", strings.Replace(string(source), `teks_surat: ""`, "teks_surat: surat", 1))
	t.Setenv("IZINBOT_OFFICE", "kantor.yaml")
	for _, args := range [][]string{{"config", "print"}, {"serve", "--data", "data"}} {
		if r := izinbot(t, args...); r.code == 0 || !strings.Contains(r.errs, "teks_surat surat:\nsurat_penolakan.txt:2: isian .Apa tidak dikenal") {
			t.Errorf("%v ended with %d and said:\n%s", args, r.code, r.errs)
		}
	}
}
