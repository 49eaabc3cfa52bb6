package handlers_test

import (
	"errors"
	"strings"
	"testing"
	"time"

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
		{"one", []string{"Yayasan Kasih"}, "Yayasan Kasih", "2/19"},
		{"two", []string{"Yayasan Kasih", "Anak Bangsa"}, "Yayasan Kasih Anak Bangsa", "Nama lembaga: Yayasan Kasih Anak Bangsa"},
		{"then a word that is no answer", []string{"Yayasan Kasih", "terima kasih"}, "Yayasan Kasih", "Yang masih perlu diisi"},
		{"then a command", []string{"Yayasan Kasih", "batal"}, "", "dokumen tersimpan"},
		{"a greeting first", []string{"Selamat pagi Bu", "Yayasan Kasih"}, "Yayasan Kasih", "2/19"},
		{"three", []string{"Yayasan Kasih", "Anak", "Bangsa"}, "Yayasan Kasih Anak Bangsa", "2/19"},
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

// TestALateBubbleIsAskedAbout: what plainly goes on with the answer before is never stored as
// the present one.
func TestALateBubbleIsAskedAbout(t *testing.T) {
	begin := func() *handlerstest.Guest {
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		g.Begin()
		g.Expect("Yayasan Kasih", "2/19 Negara asal")
		g.Now = g.Now.Add(10 * time.Second)
		return g
	}
	answers := func(g *handlerstest.Guest) map[string]string { return handlerstest.Open[form](g).Answers }
	g := begin()
	g.Expect("dan anak bangsa", "“dan anak bangsa”: lanjutan Nama lembaga, atau jawaban untuk Negara asal?", "2/19", "1 Lanjutan Nama lembaga", "2 Jawaban Negara asal")
	if len(answers(g)) != 1 {
		t.Errorf("stored %v", answers(g))
	}
	g.Expect("dan sesama", "“dan anak bangsa\ndan sesama”", "1 Lanjutan Nama lembaga")
	g.Expect("1", "2/19 Negara asal")
	if got := answers(g)["nama_lembaga"]; got != "Yayasan Kasih dan anak bangsa dan sesama" {
		t.Errorf("the name is %q", got)
	}
	g = begin()
	g.Expect("dan belanda", "lanjutan Nama lembaga")
	g.Expect("2", "3/19")
	if got := answers(g); got["negara_asal"] != "dan belanda" || got["nama_lembaga"] != "Yayasan Kasih" {
		t.Errorf("stored %v", got)
	}
	g = begin()
	g.Expect("Anak Bangsa", "“Anak Bangsa”: lanjutan Nama lembaga, atau jawaban untuk Negara asal?") // no country
	g = begin()
	g.Expect("belanda", "3/19")
	g = begin()
	g.Now = g.Now.Add(time.Minute)
	g.Expect("dan belanda", "3/19")
}

// TestWhatIsHeldIsNotLost: only a button or a clear word says what a held text belongs to.
func TestWhatIsHeldIsNotLost(t *testing.T) {
	begin := func(name string) *handlerstest.Guest {
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		g.Begin()
		g.Say(name)
		g.Expect("dan anak bangsa", "1 Lanjutan Nama lembaga")
		g.Now = g.Now.Add(time.Hour)
		return g
	}
	answers := func(g *handlerstest.Guest) map[string]string { return handlerstest.Open[form](g).Answers }
	g := begin("Yayasan Kasih")
	g.Expect("Sesama", "“dan anak bangsa\nSesama”: lanjutan Nama lembaga", "1 Lanjutan Nama lembaga", "2 Jawaban Negara asal")
	for _, talk := range []string{"ya", "lewati", "sebentar ya", "bantuan"} {
		g.Expect(talk, "1 Lanjutan Nama lembaga")
	}
	if got := answers(g); len(got) != 1 || got["nama_lembaga"] != "Yayasan Kasih" {
		t.Errorf("stored %v", got)
	}
	g.Expect("lanjutan", "2/19")
	if got := answers(g)["nama_lembaga"]; got != "Yayasan Kasih dan anak bangsa Sesama" {
		t.Errorf("the name is %q", got)
	}
	g = begin("Yayasan Kasih")
	g.Expect("nama lembaga", "2/19")
	if got := answers(g)["nama_lembaga"]; got != "Yayasan Kasih dan anak bangsa" {
		t.Errorf("the name is %q", got)
	}
	for _, said := range []string{"yang ini", "Negara asal"} {
		g = begin("Yayasan Kasih")
		g.Expect(said, "“dan anak bangsa” belum kami kenal sebagai negara", "2/19", "1 Ya: dan anak bangsa")
	}
	g = begin("Yayasan Kasih")
	g.Expect("kembali", "“dan anak bangsa” belum dicatat", "1/19")
	g = begin("Yayasan " + strings.TrimSpace(strings.Repeat("Kasih ", 48))) // 295 letters
	g.Expect("1", "terlalu panjang: lebih 11 huruf dari 300", "1/19", "Potong di sini")
	g.Expect("potong", "2/19")
}

// TestALateBubbleOfAConclusionIsNoStatement of the applicant, and the report shows both before
// it is made.
func TestALateBubbleOfAConclusionIsNoStatement(t *testing.T) {
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Say("1")
	tim.Say("selesai")
	for range 8 {
		tim.Say("ya")
	}
	tim.Expect("Lembaga ada di alamat", "pernyataan pemohon")
	tim.Expect("atap bocor, tidak layak.", "lanjutan kesimpulan, atau jawaban untuk pernyataan pemohon?", "1 Lanjutan kesimpulan")
	tim.Expect("1", "pernyataan pemohon")
	tim.Now = tim.Now.Add(time.Minute)
	tim.Expect("Kami akan memperbaikinya", "Kesimpulan: Lembaga ada di alamat\natap bocor, tidak layak.",
		"Pernyataan pemohon: Kami akan memperbaikinya", "1 Buat berita acara")
}

// TestAConclusionInTwoBubblesIsOne: no part of it lands in the applicant's statement.
func TestAConclusionInTwoBubblesIsOne(t *testing.T) {
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Say("1")
	tim.Say("selesai")
	for range 8 {
		tim.Say("ya")
	}
	tim.Wants(tim.Bubbles(handlerstest.Texts("Lembaga ada di alamat", "tetapi atap bocor, tidak layak.")...), "pernyataan pemohon")
	tim.App.Quiet = 0
	tim.Expect("lewati", "Kesimpulan: Lembaga ada di alamat\ntetapi atap bocor, tidak layak.", "1 Buat berita acara")
}
