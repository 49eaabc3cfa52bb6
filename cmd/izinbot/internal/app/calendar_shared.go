package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"
)

// Where several processes share a store, each has a calendar file. Deadlines in the
// store stand by that of the process that minds the clock; which one that is, by a mark
// made of its content, is in the store too.

// mark tells calendars apart.
func mark(source []byte) string {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:8])
}

// usage describes the calendar by which the stored deadlines were computed.
type usage struct {
	source []byte // nil: not known here
	first  bool   // there was none
	same   bool   // as the one in force
}

// usage compares the calendar by which deadlines stand with the one in force.
func (p *Program) usage(ctx context.Context, here []byte, first bool) (usage, error) {
	own := p.reload.source
	u := usage{source: here, first: first, same: bytes.Equal(here, own)}
	if p.node == nil {
		return u, nil
	}
	last, _, err := p.watch.CalendarInUse(ctx)
	if err != nil || last == "" {
		return u, err
	}
	u.first, u.same = false, last == mark(own)
	if mark(here) != last {
		u.source = nil
	}
	return u, nil
}

// use remembers that deadlines stand by the calendar in force: in the store, if others
// share it, and in the file of this process.
func (p *Program) use(ctx context.Context, now time.Time) error {
	if p.node != nil {
		if err := p.watch.UseCalendar(ctx, now, mark(p.reload.source)); err != nil {
			return err
		}
	}
	return remember(filepath.Join(p.cfg.Dir, usedCalendar), p.reload.source)
}

// difference is for how many minutes a process has had another calendar than the one
// by which deadlines stand.
type difference struct {
	own, used string
	minutes   int
}

// differsFor is after how many minutes that is told: a file is edited on one machine
// after the other, and each looks once a minute.
const differsFor = 5

// compareCalendar tells the admins if this process, which does not mind the clock,
// works by another calendar than the one that does.
func (p *Program) compareCalendar(ctx context.Context, now time.Time) error {
	if !p.node.Standby() {
		return nil
	}
	used, _, err := p.watch.CalendarInUse(ctx)
	if err != nil {
		return err
	}
	a := &p.reload
	a.mu.Lock()
	defer a.mu.Unlock()
	own := mark(a.source)
	if used == "" || used == own {
		a.differs = difference{}
		return nil
	}
	if a.differs.own != own || a.differs.used != used {
		a.differs = difference{own: own, used: used}
	}
	if a.differs.minutes++; a.differs.minutes <= differsFor {
		return nil
	}
	return p.watch.TellCalendarDiffers(ctx, now, machine(), filepath.Base(p.calendarPath()), own, used)
}

// calendarName names the office's calendar file for people; of several machines, with
// the one that it is on.
func (p *Program) calendarName() string {
	name := filepath.Base(p.calendarPath())
	if p.node != nil {
		name += " di server " + machine()
	}
	return name
}

func machine() string {
	name, err := os.Hostname()
	if err != nil {
		return "?"
	}
	return name
}
