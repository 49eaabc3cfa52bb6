package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/letters"
	"izinbot/workflow/store"
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

// TestApplicationIsEnteredInTheAgendaOnce: with the number of its case, however often the
// message is handled, and not for an application that is refused.
func TestApplicationIsEnteredInTheAgendaOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	cmd, submit := applicant(), o.application()
	bad := submit
	bad.Documents = nil
	if r, err := o.desk.Begin("m0", o.now).Open(t.Context(), o.def, "bad", cmd, bad); err != nil || r.Refused == nil {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := o.numbers(workflow.RegisterIncoming); len(got) > 0 {
		t.Fatalf("the agenda holds %q", got)
	}
	var w *casework.Work
	for range 3 { // a crash before the commit, and a conflict
		w = o.desk.Begin("m", o.now)
		r, err := w.Open(t.Context(), o.def, "first", cmd, submit)
		if err != nil || r.Refused != nil || r.Case.Agenda == nil || r.Case.Agenda.Seq != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	o.commit(w)
	id := o.submitted()
	rows := o.numbers(workflow.RegisterIncoming)
	if len(rows) != 2 || !strings.HasPrefix(rows[0], "1 issued ") || rows[1] != "2 issued "+string(id)+"/surat_masuk" {
		t.Errorf("the agenda holds %q", rows)
	}
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

// TestNumberOfTheOldYear reserves on the last day of December, dies, and does it again in
// January: the letter gets the number of December, and keeps it when it is signed.
func TestNumberOfTheOldYear(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.now = at(t, "2026-12-31 15.00")
	id := o.submitted()
	o.carry(id, append(check(), by("loket", workflow.Issue{}))...)
	o.do(o.begin(), id, draft()) // is never committed
	o.now = at(t, "2027-01-04 08.00")
	o.carry(id, draft())
	const number = "503/001/IZIN/DPMPTSPK/XII/2026"
	want := workflow.Number{Register: "izin", Year: 2026, Seq: 1, Text: number}
	if l, ok := o.load(id).Letter("surat_izin"); !ok || l.Number == nil || *l.Number != want {
		t.Errorf("letter %+v", l)
	}
	o.carry(id, by("kepala", workflow.Sign{Seen: 1}))
	l, _ := o.load(id).Letter("surat_izin")
	if l.Number == nil || l.Number.Text != number || l.Signed == nil || !l.Signed.At.Equal(o.now) {
		t.Errorf("letter %+v", l)
	}
	o.wantNumbers("1 issued " + string(id) + "/surat_izin")
	rows, err := o.store.Numbers(t.Context(), "izin", 2027)
	if err != nil || len(rows) != 0 {
		t.Errorf("the new year has %+v, %v", rows, err)
	}
	next := o.signable()
	l, _ = o.load(next).Letter("surat_izin")
	if l.Number == nil || l.Number.Text != "503/001/IZIN/DPMPTSPK/I/2027" {
		t.Errorf("letter %+v", l)
	}
}

// TestNumberThatWasPrintedBefore has an office change its format to one that an earlier year's
// letters bear: the draft is refused and nothing has changed, until the format is mended.
func TestNumberThatWasPrintedBefore(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	formats := o.desk.Office.NumberFormats
	if _, err := o.store.Reserve(t.Context(), store.Reservation{
		Register: "surat_keluar", Year: 2026, Key: "other/permintaan_rekomendasi",
		Print: func(int, time.Time) string { return "503/001/XI/2026" },
	}, o.now); err != nil {
		t.Fatal(err)
	}
	id := o.submitted()
	o.carry(id, append(check(), by("loket", workflow.Issue{}))...)
	o.desk.Office.NumberFormats = letters.NumberFormats{"izin": "{klasifikasi}/{urut}/{bulan_romawi}/{tahun}"}
	for range 2 {
		w := o.begin()
		r, err := w.Do(t.Context(), id, draft())
		if err != nil || r.Refused == nil || r.Refused.Code != workflow.CodeNumberTaken || r.Refused.Field != "503/001/XI/2026" {
			t.Fatalf("%+v, %v", r.Refused, err)
		}
		o.commit(w)
		o.wantNumbers()
	}
	if c := o.load(id); c.Step != 4 || len(c.Letters) != 1 {
		t.Errorf("step %d, letters %+v", c.Step, c.Letters)
	}
	o.desk.Office.NumberFormats = formats
	o.carry(id, draft())
	o.wantNumbers("1 reserved " + string(id) + "/surat_izin")
}
