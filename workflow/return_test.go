package workflow_test

import (
	"slices"
	"testing"

	"izinbot/workflow"
)

// chain lists the steps by which a decision's letter goes up in the two branches.
var chains = map[workflow.LetterID]struct {
	driver driver
	draft  int
	up     []workflow.Actor // Kabid, Sekretaris, Kadis, at the steps after the draft
}{
	"surat_izin":      {granting(), 17, []workflow.Actor{kabid(), secretary(), kadis()}},
	"surat_penolakan": {refusing(), 9, []workflow.Actor{kabid(), secretary(), kadis()}},
}

// TestReturnedDraftStartsTheParafAnew for each official who can return it: the
// number stays, the maker has the task, the note is kept until it goes up again.
func TestReturnedDraftStartsTheParafAnew(t *testing.T) {
	for id, chain := range chains {
		for i, who := range chain.up {
			w := start(t, lks()).to(chain.driver, chain.draft)
			maker := officer("backoffice", 2)
			w.do(maker, workflow.Draft{Fields: fillStep(w)})
			w.to(chain.driver, chain.draft+1+i)
			before := w.letter(id)
			if len(before.Initials) != 1+i {
				t.Fatalf("%s before %s: %d paraf", id, who.Role, len(before.Initials))
			}
			w.refused(workflow.CodeNoteMissing, who, workflow.Return{Note: " \n "})
			w.do(who, workflow.Return{Note: " Perbaiki alamat "})

			w.at(chain.draft, workflow.StageWork)
			if w.c.Holder == nil || w.c.Holder.By != maker {
				t.Errorf("%s returned by %s is held by %+v", id, who.Role, w.c.Holder)
			}
			if r := w.c.Return; r == nil || r.Text != "Perbaiki alamat" || r.By != who {
				t.Errorf("note %+v", r)
			}
			if n := w.last.Notices; len(n) != 1 || n[0].Officer != maker.Officer || n[0].Note != "Perbaiki alamat" {
				t.Errorf("told %+v", n)
			}
			w.refused(workflow.CodeTaken, backOffice(), workflow.Draft{Fields: fillStep(w)})
			by := w.refusal(workflow.CodeAlreadyDone, who, workflow.Return{Note: "lagi"})
			if by.By != who.Shown() {
				t.Errorf("returned before by %q", by.By)
			}
			w.do(maker, workflow.Draft{Fields: fillStep(w)})
			again := w.letter(id)
			if again.Revision != before.Revision+1 || len(again.Initials) != 1 || w.c.Return != nil {
				t.Errorf("drafted again: %+v, note %v", again, w.c.Return)
			}
			w.finish(chain.driver)
			end := w.letter(id)
			if before.Number != nil && *end.Number != *before.Number || len(end.Initials) != 3 {
				t.Errorf("%s ended with number %v, before %v; paraf %d", id, end.Number, before.Number, len(end.Initials))
			}
			if reserved := w.taken[end.Number.Register]; reserved != end.Number.Seq {
				t.Errorf("%d numbers of %s were taken", reserved, end.Number.Register)
			}
		}
	}
}

// TestChangedDraftIsNotSignedUnseen: a paraf, a signature or an agreement is for the
// revision that was shown.
func TestChangedDraftIsNotSignedUnseen(t *testing.T) {
	w := start(t, lks()).to(granting(), 18)
	w.do(kabid(), workflow.Return{Note: "Perbaiki"})
	w.do(backOffice(), workflow.Draft{Fields: fillStep(w)})
	w.refused(workflow.CodeChanged, kabid(), workflow.Initial{Seen: 1})
	w.do(kabid(), workflow.Initial{Seen: 2})
	w.to(granting(), 20)
	w.refused(workflow.CodeChanged, kadis(), workflow.Sign{Seen: 1})
	w.do(kadis(), workflow.Sign{Seen: 2})
}

func TestParafAndSignatureNeedAOneTimeCode(t *testing.T) {
	w := start(t, lks())
	for _, step := range []struct {
		no  int
		who workflow.Actor
		act func() workflow.Act
	}{
		{8, team(1), func() workflow.Act {
			return workflow.Recommend{Outcome: workflow.OutcomeRecommended, Fields: fillStep(w)}
		}},
		{17, backOffice(), func() workflow.Act { return workflow.Draft{Fields: fillStep(w)} }},
		{18, kabid(), func() workflow.Act { return workflow.Initial{} }},
		{19, secretary(), func() workflow.Act { return workflow.Initial{} }},
		{20, kadis(), func() workflow.Act { return workflow.Sign{} }},
	} {
		w.to(granting(), step.no)
		cmd := w.command(step.who, step.act())
		cmd.Proof = workflow.ProofNone
		if _, err := w.try(cmd); workflow.CodeOf(err) != workflow.CodeUnconfirmed {
			t.Errorf("row %d without a code: %v", step.no, err)
		}
	}
}

// TestLettersOfRow6: prepared by the back office, numbered when they go up, signed
// by Kadis within the step, or returned there.
func TestLettersOfRow6(t *testing.T) {
	w := start(t, lks()).to(granting(), 6)
	step, _ := lks().Step(6)
	w.refused(workflow.CodeForbidden, kabid(), proposal(step, w.now, 2))
	w.refused(workflow.CodeWrongStep, kadis(), workflow.Sign{})
	twice := proposal(step, w.now, 2)
	twice.Fields["tim"], twice.Team[1] = "tim_teknis-1\ntim_teknis-1", twice.Team[0]
	w.refused(workflow.CodeInvalid, backOffice(), twice)
	unnamed := proposal(step, w.now, 2)
	unnamed.Team = unnamed.Team[:1]
	w.refused(workflow.CodeInvalid, backOffice(), unnamed)

	w.do(backOffice(), proposal(step, w.now, 2))
	w.at(6, workflow.StageSign)
	if turn := w.c.WaitsFor(lks()); turn != "kadis" {
		t.Errorf("turn of %s", turn)
	}
	ids := []workflow.LetterID{"permintaan_rekomendasi", "perintah_tugas"}
	for i, id := range ids {
		if l := w.letter(id); l.Status != workflow.LetterDraft || l.Number == nil || l.Number.Seq != i+1 || l.Fields[workflow.TeamNamesField] == "" {
			t.Errorf("%s: %+v", id, l)
		}
	}
	by := w.refusal(workflow.CodeAlreadyDone, officer("backoffice", 2), proposal(step, w.now, 2))
	if by.By != backOffice().Shown() {
		t.Errorf("proposed before by %q", by.By)
	}
	w.refused(workflow.CodeForbidden, secretary(), workflow.Sign{})
	w.refused(workflow.CodeNoteMissing, kadis(), workflow.Return{})
	clock := w.c.StepClock
	w.do(kadis(), workflow.Return{Note: "Tambah satu anggota"})
	w.at(6, workflow.StageWork)
	if !w.c.StepClock.Start.Equal(clock.Start) || w.c.Holder.By != backOffice() {
		t.Errorf("clock %+v, holder %+v", w.c.StepClock, w.c.Holder)
	}
	w.do(backOffice(), proposal(step, w.now, 3))
	w.refused(workflow.CodeChanged, kadis(), workflow.Sign{Seen: 1})
	unproven := w.command(kadis(), workflow.Sign{Seen: 2})
	unproven.Proof = workflow.ProofNone
	if _, err := w.try(unproven); workflow.CodeOf(err) != workflow.CodeUnconfirmed {
		t.Errorf("signed without a code: %v", err)
	}
	w.do(kadis(), workflow.Sign{Seen: 2})

	w.at(7, workflow.StageWork)
	for i, id := range ids {
		l := w.letter(id)
		if l.Status != workflow.LetterReleased || l.Number.Seq != i+1 || l.Signed.By != kadis() || l.Revision != 2 {
			t.Errorf("%s: %+v", id, l)
		}
	}
	if n := w.last.Numbers; len(n) != 2 || n[0].Status != workflow.NumberIssued || n[1].Status != workflow.NumberIssued {
		t.Errorf("numbers %+v", n)
	}
	i := slices.IndexFunc(w.last.Notices, func(n workflow.Notice) bool { return n.Role == "tim_teknis" })
	if i < 0 || !slices.Equal(w.last.Notices[i].Letters, ids) {
		t.Errorf("told %+v", w.last.Notices)
	}
	if by := w.refusal(workflow.CodeAlreadyDone, officer("kadis", 2), workflow.Sign{}); by.By != kadis().Shown() {
		t.Errorf("signed before by %q", by.By)
	}
}

// TestNumberIsNeededBeforeALetterGoesUp, and only one of its register is taken.
func TestNumberIsNeededBeforeALetterGoesUp(t *testing.T) {
	w := start(t, lks()).to(granting(), 19)
	cmd := w.command(secretary(), workflow.Initial{})
	for name, numbers := range map[string]map[workflow.LetterID]workflow.Number{
		"none":           nil,
		"other letter":   {"resi": {Register: workflow.RegisterPermits, Year: 2026, Seq: 1, Text: "x"}},
		"other register": {"surat_izin": {Register: workflow.RegisterOutgoing, Year: 2026, Seq: 1, Text: "x"}},
		"no serial":      {"surat_izin": {Register: workflow.RegisterPermits, Year: 2026, Text: "x"}},
		"no text":        {"surat_izin": {Register: workflow.RegisterPermits, Year: 2026, Seq: 1, Text: " "}},
	} {
		cmd.Numbers = numbers
		_, err := workflow.Decide(w.def, w.c, cmd, w.now)
		if workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
		if needed := workflow.NumbersNeeded(w.def, w.c, cmd, w.now); !slices.Equal(needed, []workflow.LetterID{"surat_izin"}) {
			t.Errorf("%s: needed are %v", name, needed)
		}
	}
	cmd.Proof = workflow.ProofNone
	if needed := workflow.NumbersNeeded(w.def, w.c, cmd, w.now); needed != nil {
		t.Errorf("a refused command needs %v", needed)
	}
	w.do(secretary(), workflow.Initial{})
	if n := w.last.Numbers; len(n) != 1 || n[0].Status != workflow.NumberReserved || n[0].Letter != "surat_izin" {
		t.Errorf("numbers %+v", n)
	}
}

// TestEveryRegisteredLetterIsNumbered, also those that no step signs.
func TestEveryRegisteredLetterIsNumbered(t *testing.T) {
	def := *lks()
	def.Letters = slices.Clone(def.Letters)
	for i := range def.Letters {
		if def.Letters[i].Register == "" {
			def.Letters[i].Register = workflow.RegisterOutgoing
		}
	}
	w := start(t, &def)
	askFor(w, frontOffice(), "B1")
	w.to(granting(), 5)
	askFor(w, backOffice(), "B2")
	w.finish(granting())
	seen := map[int]bool{}
	for _, l := range w.c.Letters {
		if l.Fields[workflow.OwnNumberField] != "" {
			continue // the team's own takes its place
		}
		if l.Number == nil || l.Status != workflow.LetterReleased || l.Recorded == nil {
			t.Errorf("%s: %+v", l.ID, l)
			continue
		}
		if l.Number.Register == workflow.RegisterOutgoing {
			seen[l.Number.Seq] = true
		}
	}
	if len(seen) != w.taken[workflow.RegisterOutgoing] {
		t.Errorf("numbers %v of %d taken", seen, w.taken[workflow.RegisterOutgoing])
	}
}
