package tasks_test

import (
	"fmt"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestOpeningIsNotClaiming: whoever looks at a task takes nothing; the first act does, and a
// colleague is told who has it.
func TestOpeningIsNotClaiming(t *testing.T) {
	for _, step := range []struct {
		no         int
		role       workflow.Role
		first, act string // the first act, by its words
	}{
		{2, "front_office", "A1", "Sesuai"},
		{4, "front_office", "", "1"},
		{6, "backoffice", "", "27/11/2026"},
		{7, "tim_teknis", "", "/kunjungan"},
		{8, "tim_teknis", "", "1"},
		{17, "backoffice", "", "1"},
	} {
		g, id := handlerstest.At(t, step.no, workflow.OutcomeRecommended)
		one, two := g.Officer("satu", step.role), g.Officer("dua", step.role)
		for _, p := range []*handlerstest.Guest{one, two} {
			before := g.OnlyCase().Version
			p.Say("buka " + string(id))
			if c := g.OnlyCase(); c.Holder != nil || c.Version != before {
				t.Errorf("step %d: to look takes the task: %+v", step.no, c.Holder)
			}
		}
		two.Expect("/tugas", string(id))
		act := step.act
		if strings.HasPrefix(act, "/") {
			act += " " + string(id)
		}
		if one.Say("buka " + string(id)); step.first != "" {
			one.Say(step.first)
		}
		one.Say(act)
		if step.no == 7 {
			continue // the team works side by side
		}
		if h := g.OnlyCase().Holder; h == nil || h.By.Officer != "o-satu" {
			t.Errorf("step %d: the first act takes the task: %+v", step.no, h)
		}
		got := two.Say(step.act)
		g.Wants(got+two.Say("buka "+string(id)), "Sedang dikerjakan oleh")
	}
}

// TestOldNoticeSaysWhatBecameOfItsStep: its button opens the task that it was about, or tells
// who did it, when, and where the case is now.
func TestOldNoticeSaysWhatBecameOfItsStep(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	fo := g.Officer("fo", "front_office")
	bo := g.Officer("bo", "backoffice")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	g.Expect("kirim", "Permohonan diterima")
	id := g.OnlyCase().ID
	open := choice(t, g.Sent[fo.Chat], "Buka")
	if want := fmt.Sprintf("/buka %s 2", id); open != want {
		t.Fatalf("the notice opens %q, want %q", open, want)
	}
	g.Wants(fo.Tell(bot.Inbound{Choice: open}), "14 dokumen")
	g.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true}, workflow.Pass{})
	got := fo.Tell(bot.Inbound{Choice: open})
	g.Wants(got, "Langkah 3", "Langkah 2 sudah dilakukan oleh Petugas CONTOH (Senin 23 Nov 10.12)", "1 Kerjakan langkah sekarang")
	fo.Expect("1", "Kirim dan teruskan")
	got = bo.Tell(bot.Inbound{Choice: open})
	g.Wants(got, "Langkah 2 sudah dilakukan")
	g.Lacks(got, "Kerjakan langkah sekarang")
	g.Say("tarik")
	g.Say("1")
	g.Say("1")
	g.Wants(fo.Tell(bot.Inbound{Choice: open}), "Selesai: ditarik pemohon", "Langkah 2 sudah dilakukan")
}

// TestOldAnswerSaysWhatBecameOfItsStep: a button of a question that is over opens the case that it
// was about, or tells who did the step, when and how; in the middle of something else it offers to.
func TestOldAnswerSaysWhatBecameOfItsStep(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	fo.Expect("buka "+string(id), "14 dokumen")
	fo.Expect("A1", "A1: sesuai?")
	asked := g.Sent[fo.Chat][len(g.Sent[fo.Chat])-1].Choices
	old := bot.Inbound{Choice: asked[0].ID}
	fo.Say("/batal")
	fo.Expect("pengaduan", "")
	g.Wants(fo.Tell(old), "Pilihan itu dari pertanyaan yang sudah lewat", "1 Lihat "+string(id))
	fo.Say("/batal")
	g.Wants(fo.Tell(old), "Pilihan itu dari pertanyaan yang sudah lewat", "14 dokumen")
	fo.Say("/batal")
	g.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true}, workflow.Pass{})
	g.Wants(fo.Tell(old), "Langkah 2 sudah dilakukan oleh Petugas CONTOH (Senin 23 Nov 10.12), hasilnya: lengkap", "1 Kerjakan langkah sekarang")
	g.Say("tarik")
	asked = g.Sent[g.Chat][len(g.Sent[g.Chat])-1].Choices
	g.Say("tidak jadi")
	g.Wants(g.Tell(bot.Inbound{Choice: asked[0].ID}), "Pilihan itu dari pertanyaan yang sudah lewat", "Sedang diperiksa kelengkapannya")
}

// choice gives the id of a choice by its label.
func choice(t *testing.T, messages []bot.Message, label string) string {
	t.Helper()
	for _, m := range messages {
		for _, c := range m.Choices {
			if c.Label == label {
				return c.ID
			}
		}
	}
	t.Fatalf("no choice %q in %+v", label, messages)
	return ""
}

// TestFirstCodeIsSetUpOnTheWay: the form of a draft that needs the first code stays, and goes
// on with it.
func TestFirstCodeIsSetUpOnTheWay(t *testing.T) {
	g, id := handlerstest.At(t, 17, workflow.OutcomeRecommended)
	bo := g.Officer("bo", "backoffice")
	bo.Say("buka " + string(id))
	for range 6 {
		if got := bo.Say("1"); strings.Contains(got, "https://") {
			break
		}
	}
	got := bo.Expect("123456", "Siapkan dulu", "paraf dan ajukan draf "+string(id)+" · Yayasan Contoh", "ketik di sini kode 6 angka")
	link := got[strings.Index(got, "https://"):]
	link, _, _ = strings.Cut(link, "\n")
	code := g.OpenSetUp(link)
	bo.Expect(code(), "draf diparaf dan diajukan")
	if g.OnlyCase().Step != 18 {
		t.Errorf("the case is at step %d", g.OnlyCase().Step)
	}
}
