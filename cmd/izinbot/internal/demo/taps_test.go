package demo

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tapsFile tells people how often they press or type; TAPS=1 writes it anew.
const tapsFile = "../../../../docs/panduan/ketukan.md"

// mostTaps is the limit of a grant.
const mostTaps = 120

// tapsOf counts what people say in a story, step by step; codes apart.
func tapsOf(t *testing.T, name string) (steps []int, taps, codes map[int]int, total int) {
	t.Helper()
	s, err := loadStory(name)
	if err != nil {
		t.Fatal(err)
	}
	taps, codes = map[int]int{}, map[int]int{}
	heading, step := regexp.MustCompile(`^Langkah (\d+):`), 0
	for _, l := range s.lines {
		switch found := heading.FindStringSubmatch(l.text); {
		case l.verb == '=' && found != nil:
			if step, err = strconv.Atoi(found[1]); err != nil {
				t.Fatal(err)
			}
			if taps[step]+codes[step] == 0 {
				steps = append(steps, step)
			}
		case l.verb == '>' && l.text == "{kode}":
			codes[step]++
			total++
		case l.verb == '>':
			taps[step]++
			total++
		}
	}
	return steps, taps, codes, total
}

// TestTapsOfTheStories keeps the table of taps as the stories are, which are played to their
// ends by TestStories, and holds what is done most to its limit.
func TestTapsOfTheStories(t *testing.T) {
	t.Parallel()
	def := newOffice(t, nil).d.Program.Desk.Library.Current()
	var b strings.Builder
	b.WriteString("# Berapa kali mengetuk\n\nDihitung dari cerita yang dimainkan demo dengan satu pelaku tiap langkah; satu ketukan ialah satu tombol, satu kalimat,\n" +
		"atau satu kiriman berkas. Membuka tugas dari pemberitahuannya ikut dihitung. Kode sekali pakai dihitung tersendiri.\n")
	for _, story := range []struct{ name, title string }{
		{"terbit", "Izin terbit"}, {"tolak", "Izin ditolak"}, {"klarifikasi", "Izin terbit sesudah klarifikasi"}, {"loket", "Izin terbit, diambil di loket"},
	} {
		steps, taps, codes, total := tapsOf(t, story.name)
		fmt.Fprintf(&b, "\n## %s: %d ketukan seluruhnya\n\n| Langkah | Kegiatan | Ketukan | Kode |\n|--:|---|--:|--:|\n", story.title, total)
		for _, no := range steps {
			step, ok := def.Step(no)
			if !ok {
				t.Fatalf("%s: there is no step %d", story.name, no)
			}
			fmt.Fprintf(&b, "| %d | %s | %d | %d |\n", no, step.Activity, taps[no], codes[no])
		}
		for no, most := range map[int]int{4: 3, 6: 4 + 2, 9: 4, 10: 2, 11: 2, 12: 2, 13: 2, 14: 2, 15: 3, 17: 3 + 1, 18: 2, 19: 2, 20: 2, 21: 2, 22: 2, 23: 3} {
			// In 6 the Kadis signs too, in 17 and 6 a preview is looked at; after a clarification a draft comes back twice.
			if story.name != "klarifikasi" && (taps[no] > most || codes[no] > 1) {
				t.Errorf("%s: step %d takes %d taps and %d codes, want %d and 1", story.name, no, taps[no], codes[no], most)
			}
		}
		if strings.HasPrefix(story.title, "Izin terbit") && story.name != "klarifikasi" && total > mostTaps {
			t.Errorf("a grant takes %d taps, want %d", total, mostTaps)
		}
	}
	if os.Getenv("TAPS") != "" {
		if err := os.WriteFile(tapsFile, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(tapsFile)
	if err != nil || string(want) != b.String() {
		t.Errorf("%s is not as the stories are (%v); run: TAPS=1 go test -run TestTapsOfTheStories ./cmd/izinbot/internal/demo", tapsFile, err)
	}
}
