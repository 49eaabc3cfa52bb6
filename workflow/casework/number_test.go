package casework_test

import (
	"slices"
	"testing"

	"izinbot/workflow"
)

func (o *office) wantNumbers(want ...string) {
	o.t.Helper()
	if got := o.numbers("izin"); !slices.Equal(got, want) {
		o.t.Errorf("register %q, want %q", got, want)
	}
}

// TestNumberIsReservedOnce: when the draft goes up, and for that letter alone, however
// often the message is handled.
func TestNumberIsReservedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	o.carry(id, append(check(), by("loket", workflow.Issue{}))...)
	o.wantNumbers()
	for range 3 { // a crash before the commit, and a conflict
		w := o.desk.Begin("m", o.now)
		c := o.do(w, id, draft())
		if l, ok := c.Letter(c.Current); !ok || l.Number == nil || l.Number.Seq != 1 || l.Number.Text == "" {
			t.Fatalf("letter %+v", l)
		}
		o.wantNumbers("1 reserved " + string(id) + "/surat_izin")
	}
	w := o.desk.Begin("m", o.now)
	o.do(w, id, draft())
	o.commit(w)
	other := o.signable()
	o.wantNumbers("1 reserved "+string(id)+"/surat_izin", "2 reserved "+string(other)+"/surat_izin")
}

// TestNumberOfADeadLetterIsVoid: a case that is withdrawn takes its number with it.
func TestNumberOfADeadLetterIsVoid(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.signable()
	withdraw := applicant()
	withdraw.Act = workflow.Withdraw{Reason: "CONTOH"}
	o.carry(id, withdraw)
	o.wantNumbers("1 void " + string(id) + "/surat_izin")
	next := o.signable()
	o.wantNumbers("1 void "+string(id)+"/surat_izin", "2 reserved "+string(next)+"/surat_izin")
}

// TestNumbersOfALostRaceAreVoid: two letters went up in one message, and meanwhile one
// of the cases ended. Its number, of which the case knows nothing, becomes void; the
// other letter keeps its own.
func TestNumbersOfALostRaceAreVoid(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lost, kept := o.submitted(), o.submitted()
	for _, id := range []workflow.CaseID{lost, kept} {
		o.carry(id, append(check(), by("loket", workflow.Issue{}))...)
	}
	w := o.begin()
	o.do(w, lost, draft())
	o.do(w, kept, draft())
	o.wantNumbers("1 reserved "+string(lost)+"/surat_izin", "2 reserved "+string(kept)+"/surat_izin")
	withdraw := applicant()
	withdraw.Act = workflow.Withdraw{}
	o.carry(lost, withdraw)
	if _, err := o.store.Commit(t.Context(), o.now, w.Unit()); workflow.CodeOf(err) != workflow.CodeConflict {
		t.Fatalf("commit: %v", err)
	}
	w = w.Again()
	r, err := w.Do(t.Context(), lost, draft())
	if err != nil || r.Refused == nil {
		t.Fatalf("%+v, %v", r, err)
	}
	o.do(w, kept, draft())
	o.commit(w)
	o.wantNumbers("1 void "+string(lost)+"/surat_izin", "2 reserved "+string(kept)+"/surat_izin")
	if l, ok := o.load(kept).Letter("surat_izin"); !ok || l.Number == nil || l.Number.Seq != 2 {
		t.Errorf("letter %+v", l)
	}
}
