package demo

import (
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStories plays the three embedded stories, as "demo --auto semua" does. Without
// the race detector it has the processors for itself, and 10 seconds of them.
func TestStories(t *testing.T) {
	if racing {
		t.Parallel()
	}
	var out bytes.Buffer
	dir := t.TempDir()
	began := cpuTime(t)
	if err := playStories(t, dir, &out); err != nil {
		t.Fatal(err, tail(out.String(), 2000))
	}
	if took := cpuTime(t) - began; took > 10*time.Second && !racing {
		t.Errorf("the stories took %v", took)
	}
	transcript, tables, _ := strings.Cut(out.String(), "\nterbit: ")
	def := mustDefault(t)
	for _, step := range def.Steps {
		if heading := regexp.MustCompile(`== Langkah \d+: ` + regexp.QuoteMeta(step.Activity)); !heading.MatchString(transcript) {
			t.Errorf("the transcript does not name step %d, %s", step.No, step.Activity)
		}
		if !strings.Contains(tables, step.Activity) {
			t.Errorf("no table has step %d, %s", step.No, step.Activity)
		}
	}
	for _, want := range []string{`berakhir "terbit"`, `tolak: LKS-`, `berakhir "ditolak"`, "klarifikasi: LKS-", "Layanan sejak resi", "dikembalikan"} {
		if !strings.Contains("terbit: "+tables, want) {
			t.Errorf("the closing tables lack %q", want)
		}
	}
	lettersOfStories(t, dir)
}

// playStories plays them as "demo --auto semua" does; under the race detector, where
// pictures take most of the time, with small ones.
func playStories(t *testing.T, dir string, out io.Writer) error {
	t.Helper()
	if !racing {
		return Auto(t.Context(), Config{}, "semua", dir, out)
	}
	o := newOffice(t, nil)
	return o.d.playAll(t.Context(), Stories(), testSamples(t, mustDefault(t)), dir, out)
}

// cpuTime gives the processor time that this process has used so far: unlike the clock on the wall it
// does not depend on what else the machine does.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// lettersOfStories looks at the letters that the stories wrote.
func lettersOfStories(t *testing.T, dir string) {
	t.Helper()
	common := map[string]string{
		"03 resi":                   "RESI PENERIMAAN BERKAS",
		"04 disposisi":              "LEMBAR DISPOSISI",
		"06 permintaan_rekomendasi": "Permintaan Rekomendasi",
		"06 perintah_tugas":         "SURAT PERINTAH TUGAS",
		"07 berita_acara":           "BERITA ACARA PENINJAUAN LAPANGAN",
		"08 rekomendasi":            "REKOMENDASI",
	}
	own := map[string]map[string]string{
		"terbit":      {"17 surat_izin": "MEMBERIKAN IZIN"},
		"tolak":       {"09 surat_penolakan": "DITOLAK"},
		"klarifikasi": {"02 klarifikasi": "KLARIFIKASI BERKAS", "17 surat_izin": "30 November 2027"},
	}
	for story, letters := range own {
		written, err := filepath.Glob(filepath.Join(dir, story+" LKS-*", "*.pdf"))
		if err != nil || len(written) != 2*(len(common)+len(letters)) {
			t.Errorf("%s wrote %d letters, %v: %q", story, len(written), err, written)
		}
		for _, set := range []map[string]string{common, letters} {
			for name, words := range set {
				for _, copied := range []string{".pdf", " arsip.pdf"} {
					found, err := filepath.Glob(filepath.Join(dir, story+" LKS-*", name+copied))
					if err != nil || len(found) != 1 {
						t.Errorf("%s has no letter %s%s", story, name, copied)
						continue
					}
					if text := textOf(t, found[0]); !strings.Contains(text, words) || !strings.Contains(text, "halaman 1 dari") {
						t.Errorf("%s: %s%s lacks %q:\n%s", story, name, copied, words, text)
					}
				}
			}
		}
	}
}

// TestOtherStories plays those that "semua" leaves out.
func TestOtherStories(t *testing.T) {
	t.Parallel()
	for name, told := range map[string]string{twoChats: "Pindah ke Telegram", atCounter: "buku ekspedisi"} {
		var out bytes.Buffer
		if err := Auto(t.Context(), Config{}, name, t.TempDir(), &out); err != nil {
			t.Fatal(err, tail(out.String(), 3000))
		}
		if text := out.String(); !strings.Contains(text, `berakhir "terbit"`) || strings.Count(text, told) != 1 {
			t.Errorf("%s played:\n%s", name, tail(text, 2000))
		}
	}
}

func TestAutoRefusesAnUnknownStory(t *testing.T) {
	err := Auto(t.Context(), Config{Dir: t.TempDir()}, "terbitt", t.TempDir(), &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "pilih terbit, tolak, klarifikasi, sambung, loket, atau semua") {
		t.Errorf("error %v", err)
	}
}
