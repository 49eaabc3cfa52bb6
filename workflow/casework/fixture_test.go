package casework_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// office carries commands through the small procedure of the package sop: submit (1),
// check (2), resi (3), draft (4), signature (5), delivery (6).
type office struct {
	t         *testing.T
	store     *sqlitestore.Store
	desk      *casework.Desk
	def       *workflow.SOP
	now       time.Time
	count     int
	drawn     []string // the letters, each with the copy
	announced []casework.News
	undrawn   error // what drawing gives
}

// smallSOP is the procedure with a register for its permit.
func smallSOP(t *testing.T) []byte {
	t.Helper()
	src, err := os.ReadFile("../sop/testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.Replace(string(src), "hal: Izin Reklame}", "hal: Izin Reklame, register: izin, klasifikasi: \"503\"}", 1))
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: at(t, "2026-11-23 08.00")}
	var err error
	o.store, err = sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "izin.db"), sqlitestore.Options{})
	o.must(err)
	t.Cleanup(func() { o.must(o.store.Close()) })
	library, err := casework.NewLibrary(t.Context(), o.store, smallSOP(t), sop.Parse)
	o.must(err)
	cal, err := calendar.Default()
	o.must(err)
	house, err := letters.DefaultOffice()
	o.must(err)
	o.def = library.Current()
	o.desk = &casework.Desk{Store: o.store, Library: library, Calendar: cal, Letters: o, Office: house, Files: &bottest.Files{}, Announcer: o}
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15.04", s, workflow.WIB())
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// Draw notes what was to be drawn.
func (o *office) Draw(_ context.Context, _ *workflow.SOP, c workflow.Case, l workflow.Letter, kind letters.Copy) ([]byte, error) {
	o.drawn = append(o.drawn, fmt.Sprintf("%s %v", l.ID, kind))
	return fmt.Appendf(nil, "%s %s %d %v", c.ID, l.ID, l.Revision, kind), o.undrawn
}

// Announce makes one delivery of each piece of news.
func (o *office) Announce(_ context.Context, news casework.News) ([]bot.Delivery, error) {
	o.announced = append(o.announced, news)
	return []bot.Delivery{{ID: fmt.Sprintf("%s/%d", news.Case.ID, news.Entry.Seq), Chat: "test:1", Created: news.Now}}, nil
}

func applicant() workflow.Command {
	return workflow.Command{Actor: workflow.Actor{Person: "A-1", Role: workflow.RoleApplicant, Name: "Pemohon CONTOH"}}
}

func by(role workflow.Role, act workflow.Act) workflow.Command {
	actor := workflow.Actor{Person: workflow.PersonID(role), Officer: workflow.OfficerID(role), Role: role, Name: "Petugas CONTOH"}
	return workflow.Command{Actor: actor, Act: act, Proof: workflow.ProofTOTP}
}

func (o *office) begin() *casework.Work {
	o.count++
	return o.desk.Begin(fmt.Sprint("in-", o.count), o.now)
}

func (o *office) application() workflow.Submit {
	return workflow.Submit{
		Lang: workflow.Indonesian, Started: o.now,
		Form: workflow.Answers{"usaha": "Usaha CONTOH", "tempat": "Jalan CONTOH", "ukuran": "kecil"},
		Documents: []workflow.Document{
			{Code: "R1", Files: []workflow.File{{SHA256: "r1", Name: "r1.pdf", Type: "application/pdf", Size: 1}}},
		},
	}
}

func (o *office) open(w *casework.Work, draft string) casework.Result {
	o.t.Helper()
	r, err := w.Open(o.t.Context(), o.def, draft, applicant(), o.application())
	if err != nil || r.Refused != nil {
		o.t.Fatal(err, r.Refused)
	}
	return r
}

// do carries a command that must be accepted within a work.
func (o *office) do(w *casework.Work, id workflow.CaseID, cmd workflow.Command) workflow.Case {
	o.t.Helper()
	r, err := w.Do(o.t.Context(), id, cmd)
	if err != nil || r.Refused != nil {
		o.t.Fatalf("%s: %v %v", workflow.ActName(cmd.Act), err, r.Refused)
	}
	return r.Case
}

func (o *office) commit(w *casework.Work) {
	o.t.Helper()
	_, err := o.store.Commit(o.t.Context(), o.now, w.Unit())
	o.must(err)
}

// submitted gives a case at step 2, to a time later in each further one.
func (o *office) submitted() workflow.CaseID {
	o.t.Helper()
	w := o.begin()
	id := o.open(w, fmt.Sprint("draft-", o.count)).Case.ID
	o.commit(w)
	return id
}

func check() []workflow.Command {
	return []workflow.Command{by("loket", workflow.Judge{Documents: []workflow.DocCode{"R1"}, OK: true}), by("loket", workflow.Pass{})}
}

func draft() workflow.Command {
	return by("penata", workflow.Draft{Fields: workflow.Answers{"berlaku_sampai": "2027-11-23"}})
}

// carry carries commands, each of which is a message of its own.
func (o *office) carry(id workflow.CaseID, commands ...workflow.Command) workflow.Case {
	o.t.Helper()
	var c workflow.Case
	for _, cmd := range commands {
		w := o.begin()
		c = o.do(w, id, cmd)
		o.commit(w)
	}
	return c
}

// signable gives a case whose permit waits for its signature, with its number.
func (o *office) signable() workflow.CaseID {
	o.t.Helper()
	id := o.submitted()
	o.carry(id, append(check(), by("loket", workflow.Issue{}), draft())...)
	return id
}

func (o *office) load(id workflow.CaseID) workflow.Case {
	o.t.Helper()
	c, err := o.store.Case(o.t.Context(), id)
	o.must(err)
	return c
}

// numbers lists a register as "1 reserved RKL-…/surat_izin".
func (o *office) numbers(register string) []string {
	o.t.Helper()
	rows, err := o.store.Numbers(o.t.Context(), register, 2026)
	o.must(err)
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprint(r.Seq, " ", r.Status, " ", r.Key))
	}
	return out
}

// change is the only case change of a work's turn.
func (o *office) change(w *casework.Work) store.CaseChange {
	o.t.Helper()
	t := w.Unit()
	if len(t.Cases) != 1 {
		o.t.Fatalf("%d cases in the turn", len(t.Cases))
	}
	return t.Cases[0]
}
