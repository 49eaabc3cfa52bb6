package notifications

import (
	"context"
	"fmt"
	"path"
	"time"

	"izinbot/workflow/store"
)

// usedCalendars is the prefix of the claims that say by which calendars deadlines stood,
// one after the other.
const usedCalendars = "calendar/used/"

// CalendarInUse gives the mark of the calendar by which the deadlines in the store
// stand, and how many there have been; "" if none was told yet. It is for processes
// that share a store, each with a calendar file of its own.
func (w *Watch) CalendarInUse(ctx context.Context) (mark string, n int, err error) {
	names, err := w.Store.Claimed(ctx, usedCalendars)
	if err != nil || len(names) == 0 {
		return "", 0, err
	}
	return path.Base(names[len(names)-1]), len(names), nil
}

// UseCalendar says that the deadlines stand by the calendar of a mark from now on. Only
// who minds the clock may.
func (w *Watch) UseCalendar(ctx context.Context, now time.Time, mark string) error {
	last, n, err := w.CalendarInUse(ctx)
	if err != nil || last == mark {
		return err
	}
	return w.commit(ctx, now, store.UnitOfWork{Claims: []string{fmt.Sprintf("%s%06d/%s", usedCalendars, n+1, mark)}})
}

// TellCalendarDiffers tells the admins, once for each pair of calendars, that a
// machine's is not the one in use. Any process may.
func (w *Watch) TellCalendarDiffers(ctx context.Context, now time.Time, machine, file, mark, used string) error {
	return w.alarm(ctx, now, mark, used, w.say("calendar.differs", "machine", machine, "file", file))
}
