package casework_test

import (
	"errors"
	"slices"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// TestNothingIsWrittenBeforeTheTurn: what a work decides it sees itself, others only
// after the commit.
func TestNothingIsWrittenBeforeTheTurn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	w := o.begin()
	id := o.open(w, "d").Case.ID
	if _, c, err := w.Case(t.Context(), id); err != nil || c.Step != 2 || !w.Touched(id) {
		t.Errorf("the work does not see its own case: %+v, %v", c, err)
	}
	if _, err := o.store.Case(t.Context(), id); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("it is in the store already: %v", err)
	}
	for _, cmd := range check() {
		o.do(w, id, cmd)
	}
	change := o.change(w)
	if len(change.Entries) != 3 || change.Case.Step != 3 || len(w.Unit().Deliveries) != len(o.announced) {
		t.Errorf("%d entries, step %d, %d deliveries", len(change.Entries), change.Case.Step, len(w.Unit().Deliveries))
	}
	o.commit(w)
	if c := o.load(id); c.Version != 3 || c.Step != 3 {
		t.Errorf("version %d at step %d", c.Version, c.Step)
	}
	if other := o.begin(); other.Touched(id) {
		t.Error("another work has touched it")
	}
}

// TestRepeatedMessageIsDoneOnce: the commands of a message are known by its id.
func TestRepeatedMessageIsDoneOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	message := o.desk.Begin("m", o.now)
	o.do(message, id, check()[0])
	o.commit(message)
	repeat := o.desk.Begin("m", o.now)
	o.do(repeat, id, check()[0])
	if len(repeat.Unit().Cases) != 0 || o.load(id).Version != 2 {
		t.Errorf("the repeat changes %d cases", len(repeat.Unit().Cases))
	}
	o.do(repeat, id, check()[1]) // its second command is new
	if n := len(o.change(repeat).Entries); n != 1 {
		t.Errorf("%d entries", n)
	}
}

// TestRefusalIsRecorded: it is part of the case's history, and of a repeat's answer.
func TestRefusalIsRecorded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	w := o.desk.Begin("m", o.now)
	r, err := w.Do(t.Context(), id, by("kepala", workflow.Sign{}))
	if err != nil || r.Refused == nil || r.Case.Step != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	change := o.change(w)
	if len(change.Entries) != 1 || change.Entries[0].Refused == nil || len(w.Unit().Deliveries) != 0 {
		t.Errorf("%+v", change.Entries)
	}
	o.commit(w)
	again, err := o.desk.Begin("m", o.now).Do(t.Context(), id, by("kepala", workflow.Sign{}))
	if err != nil || again.Refused == nil || again.Refused.Code != r.Refused.Code {
		t.Errorf("the repeat is answered %+v, %v", again, err)
	}
}

// TestApplicationsTakeNumbersOnce: a repeat gets the same number, the next draft the
// next, and a refused one leaves no case behind.
func TestApplicationsTakeNumbersOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.open(o.begin(), "a").Case.ID
	if again := o.open(o.begin(), "a").Case.ID; again != first {
		t.Errorf("%s, then %s", first, again)
	}
	w := o.begin()
	bad := o.application()
	bad.Documents = nil
	r, err := w.Open(t.Context(), o.def, "b", applicant(), bad)
	if err != nil || r.Refused == nil || len(w.Unit().Cases) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if mended := o.open(o.begin(), "b").Case.ID; mended != workflow.MakeCaseID("RKL", 2026, 2) || first != workflow.MakeCaseID("RKL", 2026, 1) {
		t.Errorf("%s, then %s", first, mended)
	}
	o.now = at(t, "2027-01-04 08.00")
	if next := o.open(o.begin(), "c").Case.ID; next != workflow.MakeCaseID("RKL", 2027, 1) {
		t.Errorf("the first of the year is %s", next)
	}
}

func TestPreviewStagesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	w := o.begin()
	d, err := w.Preview(t.Context(), id, check()[0])
	if err != nil || d.Case.Documents[0].Verdict == nil {
		t.Fatalf("%+v, %v", d.Case.Documents, err)
	}
	if w.Touched(id) || len(w.Unit().Cases) != 0 {
		t.Error("a preview changes the case")
	}
	if _, err := w.Preview(t.Context(), "RKL-2026-00009-9", check()[0]); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("of no case: %v", err)
	}
}

// TestLettersAreDrawn twice, for the addressee and for the archive, and their files are
// facts of the history; nothing is decided if that fails.
func TestLettersAreDrawn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	o.carry(id, check()...)
	w := o.begin()
	o.undrawn = errors.New("no ink")
	if _, err := w.Do(t.Context(), id, by("loket", workflow.Issue{})); !errors.Is(err, o.undrawn) || w.Touched(id) {
		t.Fatalf("%v", err)
	}
	o.undrawn, o.drawn = nil, nil
	c := o.carry(id, by("loket", workflow.Issue{}))
	if len(o.drawn) != 2 || len(c.Letters) != 1 {
		t.Fatalf("drawn %q, letters %+v", o.drawn, c.Letters)
	}
	l := c.Letters[0]
	if l.File.SHA256 == "" || l.File.SHA256 == l.Archive.SHA256 || l.File.Name != "Resi – "+string(id)+".pdf" || l.Archive.Name != "Resi – "+string(id)+" (arsip).pdf" {
		t.Errorf("files %+v, %+v", l.File, l.Archive)
	}
	entries, err := o.store.History(t.Context(), id)
	if err != nil || entries[len(entries)-1].Facts.Files[l.ID].File.SHA256 != l.File.SHA256 {
		t.Errorf("facts %+v, %v", entries[len(entries)-1].Facts, err)
	}
}

// TestLettersAreDrawnOnceAcrossTries: a conflict does not draw a letter again, although
// another entry came between; a letter of another case is another letter.
func TestLettersAreDrawnOnceAcrossTries(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a, b := o.submitted(), o.submitted()
	o.carry(a, check()...)
	o.carry(b, check()...)
	w := o.begin()
	o.do(w, a, by("loket", workflow.Issue{}))
	o.do(w, b, by("loket", workflow.Issue{}))
	o.carry(a, by("loket", workflow.Called{Note: "Akan datang"}))
	for range 3 {
		w = w.Again()
		o.do(w, a, by("loket", workflow.Issue{}))
		o.do(w, b, by("loket", workflow.Issue{}))
	}
	o.commit(w)
	if len(o.drawn) != 4 {
		t.Errorf("drawn %q", o.drawn)
	}
	for _, id := range []workflow.CaseID{a, b} {
		if l, _ := o.load(id).Letter("resi"); l.File.Name != "Resi – "+string(id)+".pdf" || l.File.SHA256 == "" {
			t.Errorf("file %+v", l.File)
		}
	}
}

// TestTwoCasesInOneTurn keep their order, and a conflict of one leaves both alone.
func TestTwoCasesInOneTurn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a, b := o.submitted(), o.submitted()
	w := o.begin()
	o.do(w, b, check()[0])
	o.do(w, a, check()[0])
	var ids []workflow.CaseID
	for _, change := range w.Unit().Cases {
		ids = append(ids, change.Case.ID)
	}
	if !slices.Equal(ids, []workflow.CaseID{b, a}) {
		t.Errorf("order %v", ids)
	}
	o.carry(a, by("loket", workflow.Claim{}))
	if _, err := o.store.Commit(t.Context(), o.now, w.Unit()); workflow.CodeOf(err) != workflow.CodeConflict {
		t.Fatalf("commit: %v", err)
	}
	if o.load(b).Version != 1 {
		t.Error("half of the unit was written")
	}
	w = w.Again()
	o.do(w, b, check()[0])
	o.do(w, a, check()[0])
	o.commit(w)
	if o.load(a).Version != 3 || o.load(b).Version != 2 {
		t.Error("the second try is not written")
	}
}

// TestUnknownProcedure: a case keeps the version that it began with; one that nobody
// has kept is an error, not a refusal.
func TestUnknownProcedure(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	c := o.load(id)
	c.SOP.Version = "lain"
	next, entry, err := workflow.Append(c, by("loket", workflow.Claim{}), nil, workflow.Facts{}, o.now)
	o.must(err)
	_, err = o.store.Commit(t.Context(), o.now, store.UnitOfWork{Cases: []store.CaseChange{{Case: next, Entries: []workflow.Entry{entry}}}})
	o.must(err)
	w := o.begin()
	if _, _, err := w.Case(t.Context(), id); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("case: %v", err)
	}
	if _, err := w.Do(t.Context(), id, check()[0]); err == nil || w.Touched(id) {
		t.Errorf("do: %v", err)
	}
}
