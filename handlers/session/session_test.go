package session

import (
	"fmt"
	"testing"

	"izinbot/workflow"
)

func TestMenuMatch(t *testing.T) {
	t.Parallel()
	m := &Menu{Items: []Choice{{ID: "ya", Label: "Ya, setuju"}, {ID: "plh", Label: "Plh. (pelaksana harian)"}, {ID: "empat", Label: "Empat"}}}
	for text, want := range map[string]string{
		"1": "ya", "2.": "plh", "(3)": "empat", "*1*": "ya", "2)": "plh", "1\ufe0f\u20e3": "ya", "#2": "plh",
		"satu": "ya", "Dua": "plh", "nomor dua": "plh", "No. 2": "plh", "pilih 1": "ya", "two": "plh", "tiga": "empat",
		"empat": "empat", "plh": "plh", "ya setuju": "ya",
		"0": "", "4": "", "-1": "", "lima": "", "nol": "", "1,5": "", "1 2": "", "": "", "no": "", "satu dua": "", "12": "",
	} {
		if got := m.match(text); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
	var none *Menu
	if got := none.match("1"); got != "" {
		t.Errorf("no menu has %q", got)
	}
}

func TestBeginningOfAChoiceIsEnough(t *testing.T) {
	m := &Menu{Items: []Choice{{"send", "Kirim klarifikasi ke pemohon"}, {"a", "Tidak sesuai"}, {"b", "Tidak terbaca"}, {"c", "Ya"}}}
	for said, want := range map[string]string{
		"kirim": "send", "Kirim klarifikasi": "send", "kir": "", "tidak": "", "tidak s": "", "tidak sesuai": "a", "": "", "ke pemohon": "",
		"kirim klarifikasi ke pemohon sekarang": "",
	} {
		if got := m.begun(said); got != want {
			t.Errorf("%q picks %q, want %q", said, got, want)
		}
	}
	var none *Menu
	if none.begun("kirim") != "" {
		t.Error("picked from no menu")
	}
}

// half is a dialogue of which something is filled in.
type half struct{ Dialogue }

func (half) Started() bool { return true }

// A chat keeps a draft for each case, the newest of them, and an application whatever its age.
func TestDraftsAreBounded(t *testing.T) {
	s := &Session{}
	aside := func(name, id string) {
		s.State.Open = &Stored{Name: name, Case: workflow.CaseID(id), dialogue: half{}}
		s.PutAside()
	}
	aside("apply", "")
	for n := range 8 {
		aside("mend", fmt.Sprint(n))
	}
	aside("mend", "5")
	got := ""
	for _, d := range s.State.Drafts {
		got += fmt.Sprintf("%s%s ", d.Name, d.Case)
	}
	if want := "apply mend3 mend4 mend6 mend7 mend5 "; got != want {
		t.Errorf("drafts %q, want %q", got, want)
	}
}
