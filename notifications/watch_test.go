package notifications_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/notifications"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// house is an office with one officer a role, whose id and person is the role's
// name, a store, and a clock that stands where it is put.
type house struct {
	t     testing.TB
	path  string // of the store
	store *sqlitestore.Store
	desk  *casework.Desk
	cal   *calendar.Calendar
	watch *notifications.Watch
	now   time.Time
	sent  []bot.Delivery
	log   bytes.Buffer
	n     int
}

type noDrawer struct{}

func (noDrawer) Draw(context.Context, *workflow.SOP, workflow.Case, workflow.Letter, letters.Copy) ([]byte, error) {
	return []byte("%PDF"), nil
}

func newHouse(tb testing.TB, now string) *house {
	tb.Helper()
	h := &house{t: tb}
	var err error
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	h.cal, err = calendar.Default()
	must(err)
	h.path = filepath.Join(tb.TempDir(), "izin.db")
	h.store, err = sqlitestore.Open(tb.Context(), h.path, sqlitestore.Options{})
	must(err)
	tb.Cleanup(func() { must(h.store.Close()) })
	_, source, err := sop.Default()
	must(err)
	library, err := casework.NewLibrary(tb.Context(), h.store, source, sop.Parse)
	must(err)
	words, err := texts.Load()
	must(err)
	words.Report = func(key, fault string) { tb.Errorf("text %s: %s", key, fault) }
	office, err := letters.DefaultOffice()
	must(err)
	h.desk = &casework.Desk{
		Store: h.store, Library: library, Calendar: h.cal, Letters: noDrawer{}, Office: office, Files: &bottest.Files{},
		Announcer: &notifications.Announcer{People: h.store, Texts: words, Calendar: h.cal},
	}
	h.watch = &notifications.Watch{
		Store: h.store, Desk: h.desk, Calendar: h.cal, Texts: words, Commits: &casework.Committer{Store: h.store, Sender: h}, Files: &bottest.Files{},
		Chart: func(casework.Recap) ([]byte, error) { return []byte("png"), nil },
		Log:   slog.New(slog.NewTextHandler(&h.log, nil)),
	}
	h.at(now)
	for _, r := range library.Current().Roles {
		if r.Role != workflow.RoleApplicant {
			h.hire(string(r.Role), r.Role)
		}
	}
	h.person("A-1")
	return h
}

func (h *house) Lease(now time.Time) (string, time.Time) { return "test", now.Add(time.Minute) }

func (*house) Done(time.Time) {}

func (h *house) Push(deliveries ...bot.Delivery) { h.sent = append(h.sent, deliveries...) }

func (h *house) at(s string) {
	h.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15.04", s, workflow.WIB())
	if err != nil {
		h.t.Fatal(err)
	}
	h.now = at
}

func (h *house) commit(unit store.UnitOfWork) {
	h.t.Helper()
	if _, err := h.store.Commit(h.t.Context(), h.now, unit); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) person(id workflow.PersonID, addresses ...bot.Address) {
	h.t.Helper()
	if len(addresses) == 0 {
		addresses = []bot.Address{bot.Address("test:" + id)}
	}
	h.commit(store.UnitOfWork{Persons: []store.Person{{ID: id, Lang: workflow.Indonesian, Addresses: addresses}}})
}

func (h *house) hire(id string, roles ...workflow.Role) {
	h.t.Helper()
	h.person(workflow.PersonID(id))
	h.commit(store.UnitOfWork{Officers: []workflow.Officer{{
		ID: workflow.OfficerID(id), Person: workflow.PersonID(id), Name: "Petugas CONTOH " + id, Roles: roles,
	}}})
}

// disable takes an officer's access away.
func (h *house) disable(id workflow.OfficerID) {
	h.t.Helper()
	o, err := h.store.Officer(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	o.Disabled = true
	h.commit(store.UnitOfWork{Officers: []workflow.Officer{o}})
}

// submit puts an application of A-1 into the store, whole as if the form had been
// filled in.
func (h *house) submit() workflow.CaseID {
	h.t.Helper()
	def := h.desk.Library.Current()
	h.n++
	work := h.desk.Begin(fmt.Sprint("open", h.n), h.now)
	cmd := workflow.Command{Actor: workflow.Actor{Person: "A-1", Role: workflow.RoleApplicant, Name: "Pemohon CONTOH"}}
	r, err := work.Open(h.t.Context(), def, fmt.Sprint("draft", h.n), cmd, workflowtest.Application(def, h.now))
	if err != nil || r.Refused != nil {
		h.t.Fatal(err, r.Refused)
	}
	h.commit(work.Unit())
	return r.Case.ID
}

// do carries acts of the officer of a role.
func (h *house) do(id workflow.CaseID, role workflow.Role, acts ...workflow.Act) workflow.Case {
	h.t.Helper()
	h.n++
	work := h.desk.Begin(fmt.Sprint("do", h.n), h.now)
	actor := workflow.Actor{Person: workflow.PersonID(role), Officer: workflow.OfficerID(role), Role: role, Name: "Petugas CONTOH"}
	var c workflow.Case
	for _, act := range acts {
		r, err := work.Do(h.t.Context(), id, workflow.Command{Actor: actor, Act: act, Proof: workflow.ProofTOTP})
		if err != nil || r.Refused != nil {
			h.t.Fatal(workflow.ActName(act), err, r.Refused)
		}
		c = r.Case
	}
	h.commit(work.Unit())
	return c
}

// clarify sends a file back.
func (h *house) clarify(id workflow.CaseID) workflow.Case {
	h.t.Helper()
	c := h.load(id)
	codes := make([]workflow.DocCode, len(c.Documents))
	for i, d := range c.Documents {
		codes[i] = d.Code
	}
	return h.do(id, "front_office", workflow.Judge{Documents: codes[1:], OK: true},
		workflow.Judge{Documents: codes[:1], Reason: "Tidak terbaca"}, workflow.Clarify{})
}

// resubmit has the applicant answer a clarification.
func (h *house) resubmit(id workflow.CaseID) {
	h.t.Helper()
	doc := h.load(id).Documents[0]
	doc.Files = []workflow.File{{SHA256: "again", Name: "x.pdf", Type: "application/pdf", Size: 1}}
	h.n++
	work := h.desk.Begin(fmt.Sprint("answer", h.n), h.now)
	r, err := work.Do(h.t.Context(), id, workflow.Command{
		Actor: workflow.Actor{Person: "A-1", Role: workflow.RoleApplicant, Name: "Pemohon CONTOH"},
		Act:   workflow.Resubmit{Documents: []workflow.Document{doc}},
	})
	if err != nil || r.Refused != nil {
		h.t.Fatal(err, r.Refused)
	}
	h.commit(work.Unit())
}

// pass has the file found complete, and the resi and the disposition made.
func (h *house) pass(id workflow.CaseID) workflow.Case {
	h.t.Helper()
	codes := []workflow.DocCode{}
	for _, d := range h.load(id).Documents {
		codes = append(codes, d.Code)
	}
	h.do(id, "front_office", workflow.Judge{Documents: codes, OK: true}, workflow.Pass{})
	return h.do(id, "front_office", workflow.Issue{})
}

func (h *house) load(id workflow.CaseID) workflow.Case {
	h.t.Helper()
	c, err := h.store.Case(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// tick gives what a run at an instant says besides digests and recaps, one line a
// message: "person: text".
func (h *house) tick(at string) string {
	h.t.Helper()
	h.run(at)
	h.sent = slices.DeleteFunc(h.sent, isGreeting)
	return h.said()
}

// morning gives the digests and recaps of a run.
func (h *house) morning(at string) string {
	h.t.Helper()
	h.run(at)
	h.sent = slices.DeleteFunc(h.sent, func(d bot.Delivery) bool { return !isGreeting(d) })
	return h.said()
}

func isGreeting(d bot.Delivery) bool {
	return strings.HasPrefix(d.ID, "digest/") || strings.HasPrefix(d.ID, "recap/")
}

func (h *house) run(at string) {
	h.t.Helper()
	h.at(at)
	h.sent = nil
	if err := h.watch.RunOnce(h.t.Context(), h.now); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) said() string {
	var lines []string
	for _, d := range h.sent {
		lines = append(lines, d.Chat.Chat()+": "+d.Message.Text)
	}
	return strings.Join(lines, "\n")
}

// says asserts that a run says all of the parts, or nothing if there are none.
func (h *house) says(at string, parts ...string) {
	h.t.Helper()
	got := h.tick(at)
	for _, part := range parts {
		if !strings.Contains(got, part) {
			h.t.Errorf("at %s: %q is not in\n%s", at, part, got)
		}
	}
	if len(parts) == 0 && got != "" {
		h.t.Errorf("at %s:\n%s", at, got)
	}
}

func (h *house) never(at string, parts ...string) {
	h.t.Helper()
	got := h.tick(at)
	for _, part := range parts {
		if strings.Contains(got, part) {
			h.t.Errorf("at %s: %q is in\n%s", at, part, got)
		}
	}
}

func (h *house) clock() time.Time { return h.now }
