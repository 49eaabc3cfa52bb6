package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// withHoliday is the embedded calendar with another day off.
func withHoliday(t *testing.T, date string) []byte {
	t.Helper()
	day, err := time.ParseInLocation(time.DateOnly, date, workflow.WIB())
	if err != nil {
		t.Fatal(err)
	}
	own, err := calendar.AddDay(calendar.DefaultFile(), calendar.Regional, day, "Libur CONTOH")
	if err != nil {
		t.Fatal(err)
	}
	return own
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestCalendarOfTheOffice: the file in the data directory is in force, a faulty one
// keeps the program from starting, and what was used is remembered.
func TestCalendarOfTheOffice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := func() error {
		p, err := Open(t.Context(), config(dir, &wire{}))
		if err != nil {
			return err
		}
		defer shut(t, p)
		return p.Look(t.Context())
	}
	if err := start(); err != nil {
		t.Fatal(err)
	}
	own := withHoliday(t, "2026-11-24")
	write(t, filepath.Join(dir, CalendarFile), own)
	if err := start(); err != nil {
		t.Fatal(err)
	}
	if used := read(t, filepath.Join(dir, usedCalendar)); used != string(own) {
		t.Errorf("remembered %d bytes of %d", len(used), len(own))
	}
	write(t, filepath.Join(dir, CalendarFile), []byte("daerah: [salah]"))
	if err := start(); err == nil || !strings.Contains(err.Error(), "calendar") {
		t.Errorf("a faulty calendar: %v", err)
	}
}

// inForce starts a program with the case of visit.
func inForce(t *testing.T, cfg Config) (*Program, workflow.CaseID) {
	t.Helper()
	p := open(t, cfg)
	id := visit(t, p)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	look(t, p)
	return p, id
}

// visit stores an open case that is due on Wednesday 25 November, its holder, and an
// admin.
func visit(t *testing.T, p *Program) workflow.CaseID {
	t.Helper()
	cfg, def := p.cfg, p.Desk.Library.Current()
	c := workflowtest.Case(workflow.MakeCaseID(def.Code, 2026, 1), cfg.Now())
	c.SOP, c.Step = def.Ref, 8
	c.StepClock = workflow.Clock{Start: cfg.Now(), Budget: workflow.Budget{N: 2, Unit: workflow.Day}}
	c.ServiceClock, c.ReplyClock = workflow.Clock{}, workflow.Clock{}
	c.Holder = &workflow.Mark{By: workflow.Actor{Officer: "O-tim", Person: "P-tim", Role: "tim_teknis", Name: "Tim CONTOH"}, At: cfg.Now()}
	change, err := workflowtest.Change(c.Derive(p.Calendar), cfg.Now(), "open")
	if err != nil {
		t.Fatal(err)
	}
	unit := store.UnitOfWork{Cases: []store.CaseChange{change}}
	for id, role := range map[string]workflow.Role{"tim": "tim_teknis", "adi": workflow.RoleAdmin} {
		person := workflow.PersonID("P-" + id)
		unit.Persons = append(unit.Persons, store.Person{ID: person, Lang: workflow.Indonesian, Addresses: []bot.Address{bot.Address("test:" + id)}})
		unit.Officers = append(unit.Officers, workflow.Officer{ID: workflow.OfficerID("O-" + id), Person: person, Name: id + " CONTOH", Roles: []workflow.Role{role}})
	}
	if _, err := p.Store.Commit(t.Context(), cfg.Now(), unit); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// look runs one minute's round of the scheduler and delivers its messages.
func look(t *testing.T, p *Program) {
	t.Helper()
	if err := p.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (p *Program) stepDue(t *testing.T, id workflow.CaseID) string {
	t.Helper()
	c, err := p.Store.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c.StepClock.Due.In(workflow.WIB()).Format("2006-01-02 15.04")
}

// TestCalendarIsEditedWhileTheProgramRuns: within a minute deadlines follow, the
// reason stands in the history, the holder and the admins are told once; a faulty
// file is told once and changes nothing.
func TestCalendarIsEditedWhileTheProgramRuns(t *testing.T) {
	t.Parallel()
	w := &wire{}
	cfg := config(t.TempDir(), w)
	p, id := inForce(t, cfg)
	path := filepath.Join(cfg.Dir, CalendarFile)
	if due := p.stepDue(t, id); due != "2026-11-25 16.00" || w.count("alender") != 0 {
		t.Fatalf("due %s; said\n%s", due, w.said())
	}

	write(t, path, withHoliday(t, "2026-11-24"))
	look(t, p)
	if due := p.stepDue(t, id); due != "2026-11-26 16.00" {
		t.Errorf("due %s", due)
	}
	entries, err := p.Store.History(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	cmd, err := entries[len(entries)-1].Decode()
	if act, ok := cmd.Act.(workflow.Reschedule); err != nil || !ok || act.Reason != "Kalender kerja diubah: libur baru 24 November 2026 Libur CONTOH (daerah)" {
		t.Errorf("the history says %+v, %v", cmd.Act, err)
	}
	look(t, p)
	look(t, p)
	if w.count("Batas waktu berubah") != 1 || w.count("1 permohonan berubah tenggatnya") != 1 {
		t.Errorf("said\n%s", w.said())
	}

	write(t, path, []byte("daerah:\n  2026-13-01: \"CONTOH\"\n"))
	look(t, p)
	look(t, p)
	if w.count("Kalender lama tetap berlaku") != 1 || p.stepDue(t, id) != "2026-11-26 16.00" {
		t.Errorf("after a faulty file: due %s; said\n%s", p.stepDue(t, id), w.said())
	}

	write(t, path, append(withHoliday(t, "2026-11-24"), "# catatan\n"...)) // nothing that matters
	look(t, p)
	if w.count("permohonan berubah") != 1 {
		t.Errorf("a remark in the file is news:\n%s", w.said())
	}
	if err := os.Remove(path); err != nil { // the embedded one again
		t.Fatal(err)
	}
	look(t, p)
	if due := p.stepDue(t, id); due != "2026-11-25 16.00" || w.count("tidak libur lagi 24 November 2026") != 2 {
		t.Errorf("due %s; said\n%s", due, w.said())
	}
}

// TestCalendarAtItsOwnPlace: a file that the settings name is watched too, and must
// be there.
func TestCalendarAtItsOwnPlace(t *testing.T) {
	t.Parallel()
	w := &wire{}
	cfg := config(t.TempDir(), w)
	cfg.CalendarPath = filepath.Join(t.TempDir(), "jadwal.yaml")
	if _, err := Open(t.Context(), cfg); err == nil {
		t.Fatal("opened without its calendar")
	}
	write(t, cfg.CalendarPath, calendar.DefaultFile())
	p, id := inForce(t, cfg)
	write(t, cfg.CalendarPath, withHoliday(t, "2026-11-25"))
	look(t, p)
	if due := p.stepDue(t, id); due != "2026-11-26 16.00" {
		t.Errorf("due %s", due)
	}
	if err := os.Remove(cfg.CalendarPath); err != nil {
		t.Fatal(err)
	}
	look(t, p)
	look(t, p)
	if w.count("Kalender lama tetap berlaku, karena jadwal.yaml") != 1 || p.stepDue(t, id) != "2026-11-26 16.00" {
		t.Errorf("said\n%s", w.said())
	}
}

func (w *wire) count(part string) int { return strings.Count(w.said(), part) }

// TestCaseBetweenTwoCalendars: what was decided by the old calendar just as the new
// one came is found a minute later.
func TestCaseBetweenTwoCalendars(t *testing.T) {
	t.Parallel()
	w := &wire{}
	cfg := config(t.TempDir(), w)
	p, _ := inForce(t, cfg)
	old := p.Calendar.Current()
	write(t, filepath.Join(cfg.Dir, CalendarFile), withHoliday(t, "2026-11-24"))
	look(t, p)
	def := p.Desk.Library.Current()
	c := workflowtest.Case(workflow.MakeCaseID(def.Code, 2026, 2), cfg.Now())
	c.SOP, c.Step, c.Holder = def.Ref, 8, nil
	c.StepClock = workflow.Clock{Start: cfg.Now(), Budget: workflow.Budget{N: 2, Unit: workflow.Day}}
	c.ServiceClock, c.ReplyClock = workflow.Clock{}, workflow.Clock{}
	change, err := workflowtest.Change(c.Derive(old), cfg.Now(), "open2")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Store.Commit(t.Context(), cfg.Now(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
		t.Fatal(err)
	}
	look(t, p)
	if due := p.stepDue(t, c.ID); due != "2026-11-26 16.00" {
		t.Errorf("due %s", due)
	}
}

func TestWhyCalendar(t *testing.T) {
	t.Parallel()
	was, src := calendar.DefaultFile(), calendar.DefaultFile()
	for day := 7; day < 14; day++ {
		var err error
		if src, err = calendar.AddDay(src, calendar.Regional, time.Date(2026, 12, day, 12, 0, 0, 0, time.UTC), "CONTOH"); err != nil {
			t.Fatal(err)
		}
		now, err := calendar.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		why, changed := whyCalendar(was, now)
		if !changed || !strings.HasPrefix(why, "Kalender kerja diubah: libur baru 7 Desember 2026 CONTOH (daerah)") || strings.Count(why, "CONTOH") > namedChanges {
			t.Errorf("why: %s", why)
		}
	}
	hours, err := calendar.Parse([]byte(strings.Replace(string(was), "jumat: 07.30-12.00", "jumat: 08.00-12.00", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if why, _ := whyCalendar(was, hours); why != "Jam kerja diubah" {
		t.Errorf("why: %s", why)
	}
	if why, _ := whyCalendar([]byte("?"), hours); why != "Kalender kerja diubah" {
		t.Errorf("why: %s", why)
	}
}
