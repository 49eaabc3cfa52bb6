package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/workflow/calendar"
)

// Files of the data directory that hold the office's working time.
const (
	// CalendarFile is the office's own calendar; without it, and without one in
	// [Config], the embedded one is used.
	CalendarFile = "kalender.yaml"
	// usedCalendar is a copy of the calendar by which deadlines stand in the store.
	usedCalendar = "kalender-terpakai.yaml"
)

// calendarReload keeps the calendar in force in step with the office's file, and deadlines
// in step with the calendar.
type calendarReload struct {
	mu     sync.Mutex
	source []byte  // of the calendar in force
	seen   finding // what was found last, be it usable or not
	// again is the reason for which deadlines are derived once more: what was under
	// way when the calendar was replaced may have been decided by the old one.
	again   string
	differs difference // from the calendar of the active node
}

// calendarPath names the file that the office edits.
func (p *Program) calendarPath() string {
	return cmp.Or(p.cfg.CalendarPath, filepath.Join(p.cfg.Dir, CalendarFile))
}

// calendarSource gives the calendar file as it is now.
func (p *Program) calendarSource() ([]byte, error) {
	if p.cfg.Calendar != nil {
		return p.cfg.Calendar, nil
	}
	own, err := os.ReadFile(p.calendarPath())
	if p.cfg.CalendarPath == "" && errors.Is(err, fs.ErrNotExist) {
		return calendar.DefaultFile(), nil
	}
	return own, err
}

// openCalendar puts the first calendar in force. A faulty one keeps the program from
// starting.
func (p *Program) openCalendar() error {
	found := p.findCalendar()
	cal, err := found.parse()
	if err != nil {
		return err
	}
	p.Calendar = calendar.NewLive(cal)
	p.reload.source, p.reload.seen = found.source, found
	return nil
}

// heedCalendar puts the office's calendar in force if its file has changed since. A
// file that cannot be used changes nothing, and is reported once.
func (p *Program) heedCalendar(ctx context.Context, now time.Time) error {
	a := &p.reload
	a.mu.Lock()
	defer a.mu.Unlock()
	found := p.findCalendar()
	if found.same(a.seen) || !bot.Pause(ctx, settling) || !p.findCalendar().same(found) {
		return ctx.Err() // nothing new, or it is being written: the next minute sees to it
	}
	a.seen = found
	cal, err := found.parse()
	if err != nil {
		p.cfg.Log.ErrorContext(ctx, "the new calendar is not used", slog.Any("error", err))
		return p.watch.TellCalendarFaulty(ctx, now, p.calendarName(), err)
	}
	p.Calendar.Replace(cal)
	a.source = found.source
	return nil
}

// finding is the result of reading the calendar: its source, or the error.
type finding struct {
	source []byte
	err    error
}

func (p *Program) findCalendar() finding {
	source, err := p.calendarSource()
	return finding{source, err}
}

func (f finding) same(o finding) bool {
	return bytes.Equal(f.source, o.source) && (f.err == nil) == (o.err == nil)
}

func (f finding) parse() (*calendar.Calendar, error) {
	if f.err != nil {
		return nil, f.err
	}
	return calendar.Parse(f.source)
}

// settling is the time for which a changed file must stay as it is before it is used: an
// editor writes it in pieces, or takes it away for a moment.
const settling = time.Second

// followCalendar derives open deadlines and reminders anew if they stand by another
// calendar than the one in force.
func (p *Program) followCalendar(ctx context.Context, now time.Time) error {
	a := &p.reload
	a.mu.Lock()
	defer a.mu.Unlock()
	path := filepath.Join(p.cfg.Dir, usedCalendar)
	here, err := os.ReadFile(path) //nolint:gosec // the operator chose the directory
	first := errors.Is(err, fs.ErrNotExist)
	if err != nil && !first {
		return fmt.Errorf("calendar in use: %w", err)
	}
	used, err := p.usage(ctx, here, first)
	switch {
	case err != nil:
		return err
	case used.first:
		return p.use(ctx, now)
	case !used.same:
		why, changed := whyCalendar(used.source, p.Calendar.Current())
		if err := p.reschedule(ctx, why, changed, now); err != nil {
			return err
		}
		a.again = why
		// Written last: after a crash in between, it is done again and moves nothing.
		return p.use(ctx, now)
	case !bytes.Equal(here, a.source): // another process has seen to the deadlines
		return p.use(ctx, now)
	case a.again != "":
		if err := p.reschedule(ctx, a.again, false, now); err != nil {
			return err
		}
		a.again = ""
	}
	return nil
}

func remember(path string, source []byte) error {
	if err := os.WriteFile(path, source, 0o600); err != nil {
		return fmt.Errorf("remember the calendar: %w", err)
	}
	return nil
}

// reschedule derives deadlines anew, and tells the admins what came of a change.
func (p *Program) reschedule(ctx context.Context, why string, changed bool, now time.Time) error {
	moved, err := p.watch.Reschedule(ctx, p.Store, why, now)
	if err != nil {
		return fmt.Errorf("heed the new calendar: %w", err)
	}
	if !changed && moved == 0 {
		return nil
	}
	p.cfg.Log.InfoContext(ctx, "deadlines follow the new calendar", slog.Int("moved", moved))
	return p.watch.TellCalendarChanged(ctx, now, why, moved)
}

// namedChanges is the number of changed days a reason names.
const namedChanges = 5

// whyCalendar tells in a few words how the calendar has changed, and whether days
// have: a file may differ in its remarks alone.
func whyCalendar(used []byte, now *calendar.Calendar) (why string, changed bool) {
	if used == nil { // another process has it
		return "Kalender kerja diubah", false
	}
	was, err := calendar.Parse(used)
	if err != nil {
		return "Kalender kerja diubah", true
	}
	changes := calendar.Changes(was, now)
	switch {
	case len(changes) == 0:
		return "Jam kerja diubah", false
	case len(changes) > namedChanges:
		changes = append(changes[:namedChanges], "…")
	}
	return "Kalender kerja diubah: " + strings.Join(changes, ", "), true
}
