package workflow_test

import (
	"slices"
	"testing"
	"time"

	"izinbot/workflow"
)

// TestWithdrawal before the signature, at every step: the case ends, its drafts die
// and their numbers are void, never given again.
func TestWithdrawal(t *testing.T) {
	for no := 2; no <= 20; no++ {
		story := granting()
		switch {
		case no >= 13 && no <= 15:
			continue // the refusal is signed
		case no >= 9 && no <= 12:
			story = refusing()
		}
		w := start(t, lks()).to(story, no)
		w.refused(workflow.CodeForbidden, stranger(), workflow.Withdraw{})
		w.refused(workflow.CodeForbidden, frontOffice(), workflow.Withdraw{})
		w.do(applicant(), workflow.Withdraw{Reason: " Program batal "})
		w.ended(workflow.EndWithdrawn, no)
		mustLeaveNoDraft(t, w)
		for _, who := range []workflow.Actor{frontOffice(), backOffice(), kadis()} {
			w.refused(workflow.CodeEnded, who, workflow.Claim{})
		}
		w.refused(workflow.CodeEnded, applicant(), workflow.Withdraw{})
		w.refused(workflow.CodeEnded, frontOffice(), workflow.Reopen{Reason: "Dibuka"})
	}
}

// TestActThatAWithdrawalForestalls is not taken for the one that the same officer did at an
// earlier step: the Kadis signed the order of the visit, and not the permit.
func TestActThatAWithdrawalForestalls(t *testing.T) {
	w := start(t, lks()).to(granting(), 20)
	w.do(applicant(), workflow.Withdraw{})
	w.refused(workflow.CodeEnded, kadis(), workflow.Sign{})
	w.refused(workflow.CodeAlreadyDone, kabid(), workflow.Initial{})
}

// TestWithdrawalInsteadOfAnAnswer: nothing is waited for any more.
func TestWithdrawalInsteadOfAnAnswer(t *testing.T) {
	w := start(t, lks()).to(granting(), 5)
	askFor(w, backOffice(), "D1")
	w.after("2 Hari").do(applicant(), workflow.Withdraw{})
	w.ended(workflow.EndWithdrawn, 1)
	mustLeaveNoDraft(t, w)
	w.refused(workflow.CodeEnded, applicant(), workflow.Resubmit{Documents: documents(lks(), 2, "D1")})
	w.refused(workflow.CodeEnded, workflow.System(), workflow.Expire{})
}

// mustLeaveNoDraft checks a case that ended before its letter was signed.
func mustLeaveNoDraft(t *testing.T, w *walk) {
	t.Helper()
	for _, l := range w.c.Letters {
		void := slices.ContainsFunc(w.last.Numbers, func(n workflow.NumberChange) bool {
			return n.Letter == l.ID && n.Number == *l.Number && n.Status == workflow.NumberVoid
		})
		if l.Status == workflow.LetterDraft || (l.Status == workflow.LetterVoid && l.Number != nil) != void {
			t.Errorf("step %d: %s is %s with number %v; void: %v", w.c.Step, l.ID, l.Status, l.Number, void)
		}
	}
	for name, k := range map[string]workflow.Clock{"step": w.c.StepClock, "service": w.c.ServiceClock, "reply": w.c.ReplyClock} {
		if !k.Start.IsZero() && k.Stop.IsZero() || !k.Due.IsZero() {
			t.Errorf("step %d: the %s clock goes on: %+v", w.c.Step, name, k)
		}
	}
	if turn := w.c.WaitsFor(w.def); turn != "" || w.c.Holder != nil {
		t.Errorf("an ended case is the turn of %q, held by %v", turn, w.c.Holder)
	}
}

// TestVoidNumbers: of the draft at 20 and of the two letters of row 6.
func TestVoidNumbers(t *testing.T) {
	w := start(t, lks()).to(granting(), 20)
	w.do(applicant(), workflow.Withdraw{})
	if n := w.last.Numbers; len(n) != 1 || n[0].Status != workflow.NumberVoid || n[0].Letter != "surat_izin" {
		t.Errorf("numbers %+v", n)
	}
	w = start(t, lks())
	w.drive(granting(), func(c workflow.Case) bool { return c.Stage == workflow.StageSign })
	w.do(applicant(), workflow.Withdraw{})
	if n := w.last.Numbers; len(n) != 2 || n[0].Status != workflow.NumberVoid || n[1].Status != workflow.NumberVoid {
		t.Errorf("numbers %+v", n)
	}
}

func TestWithdrawalIsTooLateAfterTheSignature(t *testing.T) {
	for no, story := range map[int]driver{13: refusing(), 14: refusing(), 15: refusing(), 21: granting(), 22: granting(), 23: granting()} {
		w := start(t, lks()).to(story, no)
		if by := w.refusal(workflow.CodeTooLate, applicant(), workflow.Withdraw{}); by.By != kadis().Shown() {
			t.Errorf("step %d: signed by %q", no, by.By)
		}
	}
}

// TestUnansweredClarification closes the file after 14 working days, and a reopened
// one goes on where it stood.
func TestUnansweredClarification(t *testing.T) {
	w := start(t, lks()).to(granting(), 5)
	w.refused(workflow.CodeWrongStep, workflow.System(), workflow.Expire{})
	asked := w.after("30 Menit").now
	askFor(w, backOffice(), "D1")
	if want := w.cal.Due(asked, workflow.Budget{N: 14, Unit: workflow.Day}, nil); !w.c.ReplyClock.Due.Equal(want) {
		t.Fatalf("answer due %v, want %v", w.c.ReplyClock.Due, want)
	}
	w.now = w.c.ReplyClock.Due.Add(-time.Second)
	w.refused(workflow.CodeTooEarly, workflow.System(), workflow.Expire{})
	w.now = w.c.ReplyClock.Due
	w.refused(workflow.CodeForbidden, frontOffice(), workflow.Expire{})
	w.do(workflow.System(), workflow.Expire{})
	w.ended(workflow.EndUnanswered, 1)
	answer := workflow.Resubmit{Documents: documents(lks(), 2, "D1")}
	w.refused(workflow.CodeEnded, applicant(), answer)
	w.refused(workflow.CodeEnded, workflow.System(), workflow.Expire{})

	w.after("2 Hari").refused(workflow.CodeNoteMissing, frontOffice(), workflow.Reopen{})
	w.refused(workflow.CodeForbidden, backOffice(), workflow.Reopen{Reason: "Berkas menyusul"})
	w.do(applicant(), workflow.Survey{Scores: [9]int{1, 1, 1, 1, 1, 1, 1, 1, 1}})
	w.do(officer("front_office", 2), workflow.Reopen{Reason: "Berkas menyusul"})
	w.at(1, workflow.StageWaiting)
	if !w.c.Ended.IsZero() || w.c.Survey != nil || !w.c.ReplyClock.Start.Equal(w.now) || w.c.ReplyClock.Due.IsZero() {
		t.Errorf("reopened: %+v, survey %v", w.c.ReplyClock, w.c.Survey)
	}
	w.after("1 Hari").do(applicant(), answer)
	w.at(5, workflow.StageWork)
	for name, k := range map[string]workflow.Clock{"step": w.c.StepClock, "service": w.c.ServiceClock} {
		if len(k.Pauses) != 1 || !k.Pauses[0].From.Equal(asked) || !k.Pauses[0].To.Equal(w.now) {
			t.Errorf("the %s clock paused %v, want once from %v to %v", name, k.Pauses, asked, w.now)
		}
	}
	w.finish(granting())
	w.ended(workflow.EndGranted, 23)
}

// TestReschedule records why due instants moved, and changes nothing else.
func TestReschedule(t *testing.T) {
	w := start(t, lks()).to(granting(), 8)
	before := w.c
	w.refused(workflow.CodeNoteMissing, workflow.System(), workflow.Reschedule{})
	w.refused(workflow.CodeForbidden, kabid(), workflow.Reschedule{Reason: "Libur baru"})
	d, err := workflow.Decide(w.def, w.c, w.command(workflow.System(), workflow.Reschedule{Reason: "Libur baru"}), w.now)
	if err != nil || asJSON(t, d.Case) != w.image() || len(d.Notices)+len(d.Numbers)+len(d.Redraw) != 0 {
		t.Errorf("rescheduling changed more than the due instants: %v, %+v", err, d)
	}
	if before.Version == w.c.Version {
		t.Error("the refused attempts left no entry")
	}
}

// TestRemarksHaveALimit: nobody fills the history with a book or with bytes.
func TestRemarksHaveALimit(t *testing.T) {
	w := start(t, lks()).to(granting(), 18)
	for name, note := range map[string]string{
		"too long": string(make([]byte, workflow.MaxLongAnswer+1)),
		"no text":  "CONTOH \xff",
	} {
		_, err := workflow.Decide(w.def, w.c, w.command(kabid(), workflow.Return{Note: note}), w.now)
		if workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("a note that is %s: %v", name, err)
		}
		_, err = workflow.Decide(w.def, w.c, w.command(applicant(), workflow.Withdraw{Reason: note}), w.now)
		if workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("a reason that is %s: %v", name, err)
		}
	}
}

// TestAnotherProcedureOrVersionIsRefused: a case keeps the one that it began with.
func TestAnotherProcedureOrVersionIsRefused(t *testing.T) {
	w := start(t, lks())
	newer := *lks()
	newer.Ref.Version += "x"
	for _, def := range []*workflow.SOP{&newer, reklame()} {
		if _, err := workflow.Decide(def, w.c, w.command(frontOffice(), workflow.Claim{}), w.now); workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("under %v: %v", def.Ref, err)
		}
	}
}
