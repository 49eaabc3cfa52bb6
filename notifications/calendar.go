package notifications

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path"
	"strconv"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
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

// TellCalendarFaulty tells the admins that the calendar file was changed and cannot
// be used as it is. The fault is one for the person who edits the file.
func (w *Watch) TellCalendarFaulty(ctx context.Context, now time.Time, file string, fault error) error {
	text := w.say("calendar.faulty", "file", file, "fault", fault.Error())
	if w.active() {
		return w.tellAdmins(ctx, now, "calendar/faulty", text)
	}
	return w.alarm(ctx, now, "faulty", strconv.FormatInt(now.UnixNano(), 36), text)
}

// alarm tells the admins of a calendar what another process than the one that minds the
// clock has found.
func (w *Watch) alarm(ctx context.Context, now time.Time, side, trouble, text string) error {
	a := &Alarm{Store: w.Store, Commits: w.Commits, Log: w.Log}
	return a.Tell(ctx, now, Condition{Channel: "calendar", Side: side, Trouble: trouble, Text: text})
}

// TellCalendarChanged tells the admins that another calendar is in force, and how
// many cases have other deadlines by it.
func (w *Watch) TellCalendarChanged(ctx context.Context, now time.Time, why string, moved int) error {
	return w.tellAdmins(ctx, now, "calendar/changed", w.say("calendar.changed", "why", why, "n", moved))
}

// tellAdmins sends the admins a message about something that happened now. Only who minds
// the clock does.
func (w *Watch) tellAdmins(ctx context.Context, now time.Time, what, text string) error {
	if !w.active() {
		return nil
	}
	dir, err := openDirectory(ctx, w.Store, now)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text))
	event := fmt.Sprintf("%s/%s/%x/", what, strconv.FormatInt(now.UnixNano(), 36), sum[:5])
	for _, o := range dir.inRole(workflow.RoleAdmin) {
		key := event + string(o.ID)
		if err := w.once(ctx, key, now, o.Person, dir, func() (bot.Message, error) { return bot.Message{Text: text}, nil }); err != nil {
			return err
		}
	}
	return nil
}
