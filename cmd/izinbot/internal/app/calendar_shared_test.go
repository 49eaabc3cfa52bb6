package app

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/workflowtest"
)

// scanned is the time within which the active node finds what a standby has to tell.
const scanned = 20 * time.Second

// keeping opens a node of a shop that has a calendar of its own; nil: the embedded one.
func (s *shop) keeping(calendar []byte) *Program {
	s.t.Helper()
	cfg := config(s.t.TempDir(), nil)
	cfg.Lease, cfg.KeyFile = quick(), s.keys()
	cfg.Channels = func(*Program) ([]bot.Channel, error) { return []bot.Channel{mouth{s.town, s.town.name}}, nil }
	cfg.Data = func(_ context.Context, place storage.Config) (*storage.Data, error) {
		files, err := filestore.Open(filepath.Join(place.Dir, "files")) //nolint:contextcheck // it takes none
		return &storage.Data{Store: workflowtest.NewFaultStore(s.store, true), Files: files}, err
	}
	if calendar != nil {
		write(s.t, filepath.Join(cfg.Dir, CalendarFile), calendar)
	}
	return open(s.t, cfg)
}

func begin(t *testing.T, p *Program) {
	t.Helper()
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	look(t, p)
}

// TestCalendarOfWhoeverMindsTheClock: deadlines follow the calendar of the node that
// minds the clock, though it never did so before.
func TestCalendarOfWhoeverMindsTheClock(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	a, b := s.keeping(nil), s.keeping(withHoliday(t, "2026-11-24"))
	id := visit(t, a)
	begin(t, a)
	begin(t, b)
	if due := a.stepDue(t, id); due != "2026-11-25 16.00" || s.told("kalender kerja") != 0 {
		t.Errorf("due %s, %d told", due, s.told("kalender kerja"))
	}
	if err := a.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(t, "the clock", 3*time.Second, b.Active)
	look(t, b)
	if due := b.stepDue(t, id); due != "2026-11-26 16.00" {
		t.Errorf("due %s by the calendar of the node that minds the clock now", due)
	}
	look(t, b)
	until(t, "word of it", 3*time.Second, func() bool { return s.told("kalender kerja diubah") == 1 })

	c := s.keeping(withHoliday(t, "2026-11-24")) // the same: nothing is news
	begin(t, c)
	if err := b.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(t, "the clock", 3*time.Second, c.Active)
	look(t, c)
	if n := s.told("kalender kerja diubah"); n != 1 {
		t.Errorf("it was told %d times", n)
	}
}

// TestNodesWithDifferentCalendars: the admins are told once, not at once, for a file is
// edited on one machine after the other.
func TestNodesWithDifferentCalendars(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	a, b, c := s.keeping(nil), s.keeping(withHoliday(t, "2026-11-24")), s.keeping(nil)
	visit(t, a)
	begin(t, a)
	begin(t, b)
	begin(t, c)
	const told = "berbeda dari kalender"
	if s.told(told) != 0 {
		t.Error("they were told at once")
	}
	for range 8 {
		look(t, b)
		look(t, c)
	}
	until(t, "word of it", scanned, func() bool { return s.told(told) == 1 })
	write(t, filepath.Join(b.cfg.Dir, CalendarFile), withHoliday(t, "2026-11-25"))
	look(t, b)
	if s.told(told) != 1 {
		t.Error("a new calendar was compared at once")
	}
	for range 8 {
		look(t, b)
	}
	until(t, "word of the new one", scanned, func() bool { return s.told(told) == 2 })
}

// TestFaultyCalendarOfAnyNode: the admins hear of a file that cannot be used, on whatever
// machine it is.
func TestFaultyCalendarOfAnyNode(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	a, b := s.keeping(nil), s.keeping(nil)
	visit(t, a)
	begin(t, a)
	begin(t, b)
	write(t, filepath.Join(b.cfg.Dir, CalendarFile), []byte("daerah: [salah]"))
	look(t, b)
	look(t, b)
	until(t, "word of it", scanned, func() bool { return s.told("tidak dapat dipakai") == 1 })
	if s.told(" di server ") != 1 {
		t.Errorf("they were not told where:\n%s", s.town.heardBy("test:adi"))
	}
}

// told counts how often the admin was told something.
func (s *shop) told(part string) int {
	return strings.Count(strings.ToLower(s.town.heardBy("test:adi")), part)
}
