package handlers_test

import (
	"errors"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
)

// TestAThoughtInSeveralBubblesIsOneAnswer: each row is what comes right after each other at
// the question for the name of the body, what becomes of it, and where the form is then.
func TestAThoughtInSeveralBubblesIsOneAnswer(t *testing.T) {
	long := strings.Repeat("kata ", 819) + "x" // 4,096 units
	for _, test := range []struct {
		name    string
		bubbles []string
		want    string // "": none is stored
		asked   string // in the last answer
	}{
		{"one", []string{"Yayasan Kasih"}, "Yayasan Kasih", "2/17"},
		{"two", []string{"Yayasan Kasih", "Anak Bangsa"}, "Yayasan Kasih Anak Bangsa", "2/17"},
		{"then a word that is no answer", []string{"Yayasan Kasih", "terima kasih"}, "Yayasan Kasih", "Yang masih perlu diisi"},
		{"then a command", []string{"Yayasan Kasih", "batal"}, "", "dokumen tersimpan"},
		{"a greeting first", []string{"Selamat pagi Bu", "Yayasan Kasih"}, "Yayasan Kasih", "2/17"},
		{"three", []string{"Yayasan Kasih", "Anak", "Bangsa"}, "Yayasan Kasih Anak Bangsa", "2/17"},
		{"a text that the network split", []string{long, "yz"}, "", "terlalu panjang"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := handlerstest.NewOffice(t, nil).Guest("ani")
			g.Begin()
			got := g.Bubbles(handlerstest.Texts(test.bubbles...)...)
			g.Wants(got, test.asked)
			if s := g.State(); s.Open != nil {
				if name := handlerstest.Open[form](g).Answers["nama_lembaga"]; name != test.want {
					t.Errorf("the name is %q, want %q", name, test.want)
				}
			}
		})
	}
}

type form struct {
	Answers map[string]string `json:"answers"`
}

// TestWhatHasAFormIsReadAtOnce: buttons, commands and questions with a form wait for nothing.
func TestWhatHasAFormIsReadAtOnce(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	wait := func(text string) bool { return g.Take(g.Queue(handlerstest.Texts(text)...)) }
	for _, text := range []string{"ajukan", "1"} {
		if wait(text) {
			t.Errorf("%q waits", text)
		}
	}
	if !wait("Yayasan Kasih") || !wait("Belanda") || !wait("Yayasan") || !wait("Pak CONTOH") {
		t.Error("words are taken at once")
	}
	for _, text := range []string{"KTP", "status", "halo", "sebentar ya"} {
		if wait(text) {
			t.Errorf("%q waits", text)
		}
	}
}

// TestACrashBetweenBubblesLosesAndDoublesNothing: nothing is stored before the thought is
// whole, then all of it at once, and what comes again is known.
func TestACrashBetweenBubblesLosesAndDoublesNothing(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	g.Begin()
	queue := g.Queue(handlerstest.Texts("Yayasan Kasih", "Anak", "Bangsa")...)
	before := g.Answers()
	first := queue[0]
	if early := (*bot.EarlyError)(nil); !errors.As(o.App.Handle(t.Context(), first), &early) {
		t.Fatal("the first is taken at once")
	}
	if g.Answers() != before {
		t.Error("something was stored")
	}
	_, source, err := handlerstest.SOPSource()
	if err != nil {
		t.Fatal(err)
	}
	o.Start(source) // as after a crash
	o.App.Quiet = session.DefaultQuiet
	left, err := o.Store.Unhandled(t.Context())
	if err != nil || len(left) != 3 {
		t.Fatalf("%d messages wait, %v", len(left), err)
	}
	for i := range left {
		g.Take(left[i:])
	}
	if name := handlerstest.Open[form](g).Answers["nama_lembaga"]; name != "Yayasan Kasih Anak Bangsa" {
		t.Errorf("the name is %q", name)
	}
	if answers := len(o.Sent[g.Chat]); answers != 1 {
		t.Errorf("%d answers", answers)
	}
	if left, err = o.Store.Unhandled(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("%d messages wait at the end, %v", len(left), err)
	}
	for i := range queue { // handed out again
		g.Take(queue[i:])
	}
	if answers := len(o.Sent[g.Chat]); answers != 1 {
		t.Errorf("%d answers", answers)
	}
}

// TestASecretIsAMessageOfItsOwn: what may be a code is never joined with others, so that the
// inbox masks it.
func TestASecretIsAMessageOfItsOwn(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	queue := g.Queue(handlerstest.Texts("Yayasan Kasih", "kode saya TDQAR-5FW5K")...)
	if g.Take(queue); g.State().Open == nil {
		t.Fatal("closed")
	}
	if name := handlerstest.Open[form](g).Answers["nama_lembaga"]; name != "Yayasan Kasih" {
		t.Errorf("the name is %q", name)
	}
}

// TestPartsOfAnAnswerAreGivenUpTogether: a part that is left never answers the question.
func TestPartsOfAnAnswerAreGivenUpTogether(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	queue := g.Queue(handlerstest.Texts("Yayasan Kasih", "Anak Bangsa")...)
	r := queue[0]
	r.Behind = queue[1:]
	if err := g.App.Fail(t.Context(), r, errors.New("broken")); err != nil {
		t.Fatal(err)
	}
	g.Take(queue[1:])
	if name := handlerstest.Open[form](g).Answers["nama_lembaga"]; name != "" {
		t.Errorf("a part became the name: %q", name)
	}
}
