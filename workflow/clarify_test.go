package workflow_test

import (
	"slices"
	"testing"
	"time"

	"izinbot/workflow"
)

// askFor judges some documents wrong, the rest right, and sends the list.
func askFor(w *walk, who workflow.Actor, wrong ...workflow.DocCode) {
	w.t.Helper()
	right := slices.DeleteFunc(codes(w.c), func(c workflow.DocCode) bool { return slices.Contains(wrong, c) })
	w.do(who, workflow.Judge{Documents: right, OK: true})
	for _, code := range wrong {
		w.do(who, workflow.Judge{Documents: []workflow.DocCode{code}, Reason: " Tidak terbaca; kirim ulang " + string(code) + " "})
	}
	w.do(who, workflow.Clarify{})
}

func TestClarificationAsksForEachWrongDocumentWithItsReason(t *testing.T) {
	w := start(t, lks())
	w.refused(workflow.CodeUnjudged, frontOffice(), workflow.Clarify{})
	w.refused(workflow.CodeUnjudged, frontOffice(), workflow.Pass{})
	w.refused(workflow.CodeNoteMissing, frontOffice(), workflow.Judge{Documents: codes(w.c), Reason: " \n"})
	w.refused(workflow.CodeNotFound, frontOffice(), workflow.Judge{Documents: []workflow.DocCode{"Z9"}, OK: true})
	w.refused(workflow.CodeInvalid, frontOffice(), workflow.Judge{OK: true})
	w.do(frontOffice(), workflow.Judge{Documents: codes(w.c), OK: true})
	w.refused(workflow.CodeComplete, frontOffice(), workflow.Clarify{})
	w.do(frontOffice(), workflow.Judge{Documents: []workflow.DocCode{"B1", "C2"}, Reason: "Kedaluwarsa; kirim yang berlaku"})
	w.refused(workflow.CodeIncomplete, frontOffice(), workflow.Pass{})
	d := w.do(frontOffice(), workflow.Clarify{})

	w.at(1, workflow.StageWaiting)
	if got := w.c.Asked(lks()); !slices.Equal(got, []workflow.DocCode{"B1", "C2"}) {
		t.Errorf("asked for %v", got)
	}
	if b1, _ := w.c.Document("B1"); b1.Verdict.Reason != "Kedaluwarsa; kirim yang berlaku" {
		t.Errorf("verdict %+v", b1.Verdict)
	}
	if n := d.Notices; len(n) != 1 || n[0].Person != "P-1" || !slices.Equal(n[0].Letters, []workflow.LetterID{"klarifikasi"}) {
		t.Errorf("told %+v", n)
	}
	if turn := w.c.WaitsFor(lks()); turn != workflow.RoleApplicant {
		t.Errorf("turn of %s", turn)
	}
	w.refused(workflow.CodeWaiting, frontOffice(), workflow.Judge{Documents: []workflow.DocCode{"B1"}, OK: true})
	w.refused(workflow.CodeWaiting, frontOffice(), workflow.Claim{})
}

func TestOnlyTheAskedDocumentsAreTaken(t *testing.T) {
	w := start(t, lks())
	w.refused(workflow.CodeWrongStep, applicant(), workflow.Resubmit{Documents: documents(lks(), 2, "B1")})
	askFor(w, frontOffice(), "B1", "C2")
	send := func(codes ...workflow.DocCode) workflow.Resubmit {
		return workflow.Resubmit{Documents: documents(lks(), 2, codes...)}
	}
	w.refused(workflow.CodeInvalid, applicant(), send("B1", "C2", "B2"))
	w.refused(workflow.CodeInvalid, applicant(), send("B1", "B1", "C2"))
	w.refused(workflow.CodeInvalid, applicant(), workflow.Resubmit{Documents: []workflow.Document{{Code: "Z9", Files: documents(lks(), 1, "B1")[0].Files}}})
	if by := w.refusal(workflow.CodeIncomplete, applicant(), send("B1")); by.Field != "C2" {
		t.Errorf("missing %q", by.Field)
	}
	empty := send("B1", "C2")
	empty.Documents[0].Files = nil
	w.refused(workflow.CodeIncomplete, applicant(), empty)
	undated := send("B1", "C2")
	undated.Documents[1].Expiry = "31/02/2027"
	w.refused(workflow.CodeInvalid, applicant(), undated)
	w.refused(workflow.CodeForbidden, stranger(), send("B1", "C2"))

	w.do(applicant(), send("C2", "B1"))
	w.at(2, workflow.StageWork)
	if !slices.Equal(codes(w.c)[:4], []workflow.DocCode{"A1", "A2", "A3", "B1"}) {
		t.Errorf("documents in the order %v", codes(w.c))
	}
	for _, d := range w.c.Documents {
		renewed := d.Code == "B1" || d.Code == "C2"
		if (d.Verdict == nil) != renewed || renewed != (d.Files[0].SHA256 == string(d.Code)+"-2") {
			t.Errorf("document %+v", d)
		}
	}
	by := w.refusal(workflow.CodeAlreadyDone, applicant(), send("B1", "C2"))
	if by.By != "Pemohon CONTOH" || by.At != w.now.UTC().Format(time.RFC3339) {
		t.Errorf("answered before by %q at %q", by.By, by.At)
	}
}

// TestClarificationReturnsToTheStepThatAsked, at row 5 with both clocks, which
// stand still and go on where they stood.
func TestClarificationReturnsToTheStepThatAsked(t *testing.T) {
	w := start(t, lks()).to(granting(), 5)
	began, promised := w.now, w.c.ServiceClock.Start
	asked := w.after("1 Jam").now
	askFor(w, backOffice(), "D1")
	for name, k := range map[string]workflow.Clock{"step": w.c.StepClock, "service": w.c.ServiceClock} {
		if !k.Paused() || !k.Due.IsZero() {
			t.Errorf("the %s clock goes on while the applicant is asked: %+v", name, k)
		}
	}
	w.after("3 Hari").do(applicant(), workflow.Resubmit{Documents: documents(lks(), 2, "D1")})
	w.at(5, workflow.StageWork)
	pause := workflow.Span{From: asked.UTC(), To: w.now.UTC()}
	if k := w.c.StepClock; !k.Start.Equal(began) || !slices.Equal(k.Pauses, []workflow.Span{pause}) {
		t.Errorf("step clock %+v, want one pause %v", k, pause)
	}
	if k := w.c.ServiceClock; !k.Start.Equal(promised) || !slices.Equal(k.Pauses, []workflow.Span{pause}) {
		t.Errorf("service clock %+v, want one pause %v", k, pause)
	}
	if k := w.c.ReplyClock; !k.Stop.Equal(w.now) || !k.Due.IsZero() {
		t.Errorf("the answer is still waited for: %+v", k)
	}
	// Of 2 hours, one was used before the question; the answer came at the close
	// of business.
	if want := w.cal.Due(w.now, workflow.Budget{N: 1, Unit: workflow.Hour}, nil); !w.c.StepClock.Due.Equal(want) {
		t.Errorf("step due %v, want %v", w.c.StepClock.Due, want)
	}
	// A second round is a letter of its own, and another pause.
	askFor(w.after("15 Menit"), backOffice(), "D2")
	w.after("1 Hari").do(applicant(), workflow.Resubmit{Documents: documents(lks(), 3, "D2")})
	if second := w.letter("klarifikasi-2"); second.Step != 5 || w.c.Round != 2 || len(w.c.StepClock.Pauses) != 2 {
		t.Errorf("second round: %+v, round %d, pauses %v", second, w.c.Round, w.c.StepClock.Pauses)
	}
	w.finish(granting())
	w.ended(workflow.EndGranted, 23)
}

// TestTheNextCheckJudgesForItself: the verdicts of row 2 do not count at row 5.
func TestTheNextCheckJudgesForItself(t *testing.T) {
	w := start(t, lks()).to(granting(), 5)
	for _, d := range w.c.Documents {
		if d.Verdict != nil {
			t.Errorf("%s was judged before row 5 began", d.Code)
		}
	}
	w.refused(workflow.CodeUnjudged, backOffice(), workflow.Pass{})
	by := w.refusal(workflow.CodeAlreadyDone, frontOffice(), workflow.Pass{})
	if by.By != frontOffice().Shown() {
		t.Errorf("passed before by %q", by.By)
	}
}

// TestDocumentThatIsNeededAfterAll: an officer may ask for one that was optional
// and not sent, and think better of it.
func TestDocumentThatIsNeededAfterAll(t *testing.T) {
	w := start(t, lks())
	w.do(frontOffice(), workflow.Judge{Documents: codes(w.c), OK: true})
	f1 := []workflow.DocCode{"F1"}
	w.refused(workflow.CodeIncomplete, frontOffice(), workflow.Judge{Documents: f1, OK: true})
	w.do(frontOffice(), workflow.Judge{Documents: f1, Reason: "Ada tenaga asing; kirim daftarnya"})
	w.refused(workflow.CodeIncomplete, frontOffice(), workflow.Pass{})
	w.do(frontOffice(), workflow.Judge{Documents: f1, OK: true})
	if _, there := w.c.Document("F1"); there {
		t.Error("F1 is still asked for")
	}
	w.do(frontOffice(), workflow.Judge{Documents: f1, Reason: "Ada tenaga asing; kirim daftarnya"})
	w.do(frontOffice(), workflow.Clarify{})
	w.do(applicant(), workflow.Resubmit{Documents: documents(lks(), 1, "F1")})
	w.to(granting(), 3)
}

func TestApplicationIsCheckedBeforeACaseIsOpened(t *testing.T) {
	def := lks()
	for name, try := range map[string]struct {
		want   workflow.Code
		change func(*workflow.Submit)
	}{
		"id of another procedure": {workflow.CodeInvalid, func(s *workflow.Submit) { s.ID = workflow.MakeCaseID("RKL", 2026, 42) }},
		"mistyped id":             {workflow.CodeInvalid, func(s *workflow.Submit) { s.ID = "LKS-2026-00042-8" }},
		"id not as it is kept":    {workflow.CodeInvalid, func(s *workflow.Submit) { s.ID = "lks 2026 00042 7" }},
		"another version":         {workflow.CodeInvalid, func(s *workflow.Submit) { s.SOP.Version = "0" }},
		"answer missing":          {workflow.CodeIncomplete, func(s *workflow.Submit) { s.Form = without(s.Form, "desa") }},
		"answer too much":         {workflow.CodeInvalid, func(s *workflow.Submit) { s.Form["lain"] = "x" }},
		"document missing":        {workflow.CodeIncomplete, func(s *workflow.Submit) { s.Documents = s.Documents[1:] }},
		"document without file":   {workflow.CodeIncomplete, func(s *workflow.Submit) { s.Documents[0].Files = nil }},
		"document twice":          {workflow.CodeInvalid, func(s *workflow.Submit) { s.Documents = append(s.Documents, s.Documents[0]) }},
		"proxy without papers":    {workflow.CodeIncomplete, func(s *workflow.Submit) { s.Documents = slices.Delete(s.Documents, 2, 3) }},
	} {
		w := newWalk(t, def)
		a := application(def, w.now)
		try.change(&a)
		if _, err := w.try(w.command(applicant(), a)); workflow.CodeOf(err) != try.want {
			t.Errorf("%s: got %v, want %s", name, err, try.want)
		}
	}
	w := newWalk(t, def)
	if _, err := w.try(w.command(frontOffice(), application(def, w.now))); workflow.CodeOf(err) != workflow.CodeForbidden {
		t.Errorf("submitted by an officer: %v", err)
	}
	if _, err := w.try(w.command(applicant(), workflow.Withdraw{})); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("an act on no case: %v", err)
	}
	a := application(def, w.now)
	a.Form, a.Documents = without(a.Form, "nama_kuasa"), slices.Delete(a.Documents, 2, 3)
	a.Documents[0].Expiry = "bukan tanggal" // A1 does not expire
	w.do(applicant(), a)
	w.refused(workflow.CodeAlreadyDone, applicant(), a)
	if latest := w.c.ValidAtMost(); latest != "2028-06-30" {
		t.Errorf("valid until %q at most", latest)
	}
}
