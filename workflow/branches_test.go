package workflow_test

import (
	"slices"
	"testing"
	"time"

	"izinbot/workflow"
)

// TestPermitBranch walks rows 1–8 and 16–23, act by act.
func TestPermitBranch(t *testing.T) {
	w := start(t, lks()).at(2, workflow.StageWork)
	w.after("1 Jam").do(frontOffice(), workflow.Judge{Documents: codes(w.c), OK: true})
	w.do(frontOffice(), workflow.Pass{})
	w.at(3, workflow.StageWork).do(frontOffice(), workflow.Issue{})
	if resi := w.letter("resi"); resi.Status != workflow.LetterFinal || resi.Number != nil {
		t.Errorf("resi %+v", resi)
	}
	w.at(4, workflow.StageWork).do(frontOffice(), issueOf(w))
	w.at(5, workflow.StageWork).do(backOffice(), workflow.Judge{Documents: codes(w.c), OK: true})
	w.do(backOffice(), workflow.Pass{})
	step, _ := lks().Step(6)
	w.at(6, workflow.StageWork).do(backOffice(), proposal(step, w.now, 2))
	w.at(6, workflow.StageSign).do(kadis(), workflow.Sign{})
	w.at(7, workflow.StageWork).to(granting(), 8)
	w.do(team(1), workflow.Recommend{Outcome: workflow.OutcomeRecommended, Fields: fillStep(w)})
	w.at(16, workflow.StageWork).do(backOffice(), workflow.Issue{})
	w.at(17, workflow.StageWork).do(backOffice(), workflow.Draft{Fields: fillStep(w)})
	w.at(18, workflow.StageWork).do(kabid(), workflow.Initial{})
	w.at(19, workflow.StageWork).do(secretary(), workflow.Initial{})
	w.at(20, workflow.StageWork).do(kadis(), workflow.Sign{})
	w.at(21, workflow.StageWork).do(registry(), workflow.Record{})
	w.at(22, workflow.StageWork).do(frontOffice(), workflow.Deliver{Means: workflow.MeansChat})
	w.at(23, workflow.StageWork).do(applicant(), workflow.Receive{})
	w.ended(workflow.EndGranted, 23)
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8, 16, 17, 18, 19, 20, 21, 22, 23}; !slices.Equal(w.route(), want) {
		t.Errorf("route %v, want %v", w.route(), want)
	}
	permit := w.letter("surat_izin")
	if len(permit.Initials) != 3 || permit.Signed == nil || permit.Recorded == nil || permit.Status != workflow.LetterReleased ||
		permit.Number.Register != workflow.RegisterPermits || permit.Received.Means != workflow.MeansChat {
		t.Errorf("permit %+v", permit)
	}
	if _, made := w.c.Letter("skrd"); made {
		t.Error("an SKRD was made at tariff 0")
	}
}

// TestRefusalBranch walks rows 1–15, with the receipt at the counter.
func TestRefusalBranch(t *testing.T) {
	w := start(t, lks()).to(refusing(), 9)
	w.do(backOffice(), workflow.Draft{Fields: fillStep(w)})
	w.at(10, workflow.StageWork).do(kabid(), workflow.Initial{})
	w.at(11, workflow.StageWork).do(secretary(), workflow.Initial{})
	w.at(12, workflow.StageWork).do(kadis(), workflow.Sign{})
	w.at(13, workflow.StageWork).do(registry(), workflow.Record{})
	w.at(14, workflow.StageWork).do(frontOffice(), workflow.Deliver{Means: workflow.MeansCounter})
	w.at(15, workflow.StageWork)
	w.refused(workflow.CodeIncomplete, frontOffice(), workflow.HandDeliver{Recipient: " ", IdentityChecked: true})
	w.refused(workflow.CodeIncomplete, frontOffice(), workflow.HandDeliver{Recipient: "Penerima CONTOH"})
	w.refused(workflow.CodeForbidden, registry(), workflow.HandDeliver{Recipient: "Penerima CONTOH", IdentityChecked: true})
	w.do(officer("front_office", 2), workflow.HandDeliver{Recipient: " Penerima CONTOH ", IdentityChecked: true})
	w.ended(workflow.EndRefused, 15)
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}; !slices.Equal(w.route(), want) {
		t.Errorf("route %v, want %v", w.route(), want)
	}
	letter := w.letter("surat_penolakan")
	if letter.Received.Recipient != "Penerima CONTOH" || letter.Received.Means != workflow.MeansCounter || letter.Number.Register != workflow.RegisterOutgoing {
		t.Errorf("letter %+v", letter)
	}
	if by := w.refusal(workflow.CodeAlreadyDone, applicant(), workflow.Receive{}); by.By != officer("front_office", 2).Shown() {
		t.Errorf("received already by %q", by.By)
	}
}

// TestOtherProcedure takes a procedure of six steps, whose roles, documents and
// fields are its own, through the same code.
func TestOtherProcedure(t *testing.T) {
	w := start(t, reklame()).finish(granting())
	w.ended(workflow.EndGranted, 6)
	permit := w.letter("surat_izin")
	if want := []int{1, 2, 3, 4, 5, 6}; !slices.Equal(w.route(), want) || permit.Number != nil || permit.Sent == nil {
		t.Errorf("route %v, letter %+v", w.route(), permit)
	}
	if k := w.c.ServiceClock; k.Stop.IsZero() || k.Budget != (workflow.Budget{N: 3, Unit: workflow.Day}) {
		t.Errorf("service clock %+v", k)
	}
}

// TestCharterClock: it starts with the resi, stops with the delivery and is due
// on the tenth working day.
func TestCharterClock(t *testing.T) {
	w := start(t, lks()).to(granting(), 3)
	if !w.c.ServiceClock.Start.IsZero() {
		t.Fatal("the charter clock runs before the resi")
	}
	w.to(granting(), 22)
	if want := time.Date(2026, 12, 7, 16, 0, 0, 0, workflow.WIB()); !w.c.ServiceClock.Due.Equal(want) {
		t.Errorf("due %v, want %v", w.c.ServiceClock.Due, want)
	}
	w.after("2 Jam").to(granting(), 23)
	if !w.c.ServiceClock.Stop.Equal(w.now) {
		t.Errorf("the charter clock stopped at %v, want at the delivery %v", w.c.ServiceClock.Stop, w.now)
	}
}

// TestRetribution: with a tariff, row 16 makes the SKRD.
func TestRetribution(t *testing.T) {
	def := *lks()
	def.Tariff = 100_000
	w := start(t, &def).to(granting(), 17)
	if skrd := w.letter("skrd"); skrd.Step != 16 || skrd.Status != workflow.LetterReleased || skrd.Number.Register != workflow.RegisterCharges {
		t.Errorf("skrd %+v", skrd)
	}
}

func codes(c workflow.Case) []workflow.DocCode {
	var out []workflow.DocCode
	for _, d := range c.Documents {
		out = append(out, d.Code)
	}
	return out
}

// fillStep answers every field of the step where the case is.
func fillStep(w *walk) workflow.Answers {
	step, _ := w.def.Step(w.c.Step)
	return fill(step.Fields, w.now)
}

func issueOf(w *walk) workflow.Issue { return workflow.Issue{Fields: fillStep(w)} }
