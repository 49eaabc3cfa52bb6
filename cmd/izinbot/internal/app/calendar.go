package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

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

// calendarSource gives the calendar file that is in force.
func (p *Program) calendarSource() ([]byte, error) {
	if p.cfg.Calendar != nil {
		return p.cfg.Calendar, nil
	}
	own, err := os.ReadFile(filepath.Join(p.cfg.Dir, CalendarFile))
	if errors.Is(err, fs.ErrNotExist) {
		return calendar.DefaultFile(), nil
	}
	return own, err
}

// heedCalendar derives open deadlines and reminders anew if the calendar is another
// one than when the program last ran.
func (p *Program) heedCalendar(ctx context.Context) error {
	source, err := p.calendarSource()
	if err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	path := filepath.Join(p.cfg.Dir, usedCalendar)
	used, err := os.ReadFile(path) //nolint:gosec // the operator chose the directory
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("calendar in use: %w", err)
	}
	if bytes.Equal(used, source) {
		return nil
	}
	if used != nil {
		moved, err := p.watch.Reschedule(ctx, p.Store, whyCalendar(used, p.Calendar), p.cfg.Now())
		if err != nil {
			return fmt.Errorf("heed the new calendar: %w", err)
		}
		p.cfg.Log.InfoContext(ctx, "deadlines follow the new calendar", slog.Int("moved", moved))
	}
	// Written last: after a crash in between, it is done again and moves nothing.
	if err := os.WriteFile(path, source, 0o600); err != nil {
		return fmt.Errorf("remember the calendar: %w", err)
	}
	return nil
}

// namedChanges is how many changed days a reason names.
const namedChanges = 5

// whyCalendar tells in a few words how the calendar has changed.
func whyCalendar(used []byte, now *calendar.Calendar) string {
	was, err := calendar.Parse(used)
	if err != nil {
		return "Kalender kerja diubah"
	}
	changes := calendar.Changes(was, now)
	switch {
	case len(changes) == 0:
		return "Jam kerja diubah"
	case len(changes) > namedChanges:
		changes = append(changes[:namedChanges], "…")
	}
	return "Kalender kerja diubah: " + strings.Join(changes, ", ")
}
