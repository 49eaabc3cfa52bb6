package apply_test

import (
	"testing"

	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestOriginalSpellingIsKept: an answer in a script that letters do not print is kept beside its
// Latin spelling, shown in chat, found by it, and printed on no letter.
func TestOriginalSpellingIsKept(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	g.Begin()
	g.Expect("京都慈善協会", "ejaan Latinnya", "Tulisan aslinya kami simpan", "1/19")
	g.Expect("Kyoto Jizen Kyokai", "2/19")
	g.FillForm(handlerstest.AnswersLKS()[1:]...)
	g.Wants(g.SendDocuments(), "Nama lembaga: Kyoto Jizen Kyokai (京都慈善協会)")
	g.Expect("kirim", "Permohonan diterima")
	c := g.OnlyCase()
	key := o.App.Desk.Library.Current().Form[0].Key
	if c.Form[key] != "Kyoto Jizen Kyokai" || c.Originals[key] != "京都慈善協会" || len(c.Originals) != 1 {
		t.Fatalf("kept %q and %q", c.Form[key], c.Originals)
	}
	fo := o.Officer("fo", "front_office")
	fo.Expect("buka "+string(c.ID), "Kyoto Jizen Kyokai (京都慈善協会)")
	fo.Expect("isian "+string(c.ID), "Kyoto Jizen Kyokai (京都慈善協会)")
	fo.Expect("cari 京都慈善", string(c.ID))
	g.Expect("status", "Kyoto Jizen Kyokai (京都慈善協会)")
	g.Act(c.ID, "front_office", workflow.Judge{Documents: handlerstest.Codes(c), OK: true}, workflow.Pass{})
	o.Audit(c.ID)
}

// TestOriginalGoesWithItsAnswer: another answer drops the original of the one before, a mended slip
// of the Latin spelling keeps it.
func TestOriginalGoesWithItsAnswer(t *testing.T) {
	for said, want := range map[string]string{"Yayasan Kasih": "", "Kyoto Jizen Kyokai": "京都慈善協会", "大阪慈善 Osaka": "京都慈善協会"} {
		o := handlerstest.NewOffice(t, nil)
		g := o.Guest("ani")
		g.Begin()
		g.Say("京都慈善協会")
		g.Say("Kyoto Jisen Kyokai")
		g.Expect("kembali", "1/19")
		g.Say(said)
		key := o.App.Desk.Library.Current().Form[0].Key
		if got := handlerstest.Open[apply.Application](g).Originals[key]; got != want {
			t.Errorf("after %q the original is %q, want %q", said, got, want)
		}
	}
}
