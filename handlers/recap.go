package handlers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// recap tells how the office did in a period, this week if none is named.
func recap(ctx context.Context, t *turn, arg string) error {
	from, to, ok := period(arg, t.now)
	if !ok {
		t.say("recap.how")
		return nil
	}
	roles, err := t.rolesBelow(ctx)
	if err != nil {
		return err
	}
	r, err := casework.MakeRecap(ctx, t.app.Store, t.app.Desk.Library.Current(), from, to)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(t.app.RecapText(t.text, r))
	for _, role := range roles {
		count := r.Role(role)
		b.WriteString("\n" + t.text("recap.line", "role", t.fieldName(string(role)), "open", count.Open, "late", count.Late))
	}
	t.ask(b.String(), t.item("/rekap 30 hari", "recap.month"), t.item("/terlambat", "menu.late"), t.item("/tugas", "menu.tasks"))
	return nil
}

// period reads "", "minggu ini", "minggu lalu", "bulan ini", "bulan lalu", "30
// hari", or one or two dates, and gives [from, to), to not after now.
func period(arg string, now time.Time) (from, to time.Time, ok bool) {
	today := midnightAfter(now).AddDate(0, 0, -1)
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	first := today.AddDate(0, 0, 1-today.Day())
	switch words := strings.ToLower(strings.Join(strings.Fields(arg), " ")); words {
	case "", "minggu ini":
		return monday, now, true
	case "minggu lalu":
		return monday.AddDate(0, 0, -7), monday, true
	case "bulan ini":
		return first, now, true
	case "bulan lalu":
		return first.AddDate(0, -1, 0), first, true
	default:
		if days, found := strings.CutSuffix(words, " hari"); found {
			n, err := strconv.Atoi(days)
			return today.AddDate(0, 0, 1-n), now, err == nil && n > 0 && n <= 3660
		}
		return dates(words, now)
	}
}

// dates reads one or two dates, parted by a space, "sampai" or "s.d.".
func dates(words string, now time.Time) (from, to time.Time, ok bool) {
	first, last, two := cutAny(words, " sampai ", " s.d. ", " - ", " ")
	from, err := calendar.ParseDate(first)
	if err != nil {
		from, err = calendar.ParseDate(words) // one date in words: "1 November 2026"
		two = false
	}
	to = from
	if two && err == nil {
		to, err = calendar.ParseDate(last)
	}
	if err != nil || to.Before(from) || from.After(now) {
		return from, to, false
	}
	if to = to.AddDate(0, 0, 1); to.After(now) {
		to = now
	}
	return from, to, true
}

// cutAny cuts a text at the first separator that it has.
func cutAny(s string, separators ...string) (before, after string, found bool) {
	for _, sep := range separators {
		if before, after, found = strings.Cut(s, sep); found {
			return before, after, true
		}
	}
	return s, "", false
}
