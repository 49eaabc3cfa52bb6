package notifications

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// greetAt is when digests go out on working mornings, since midnight.
const greetAt = 8 * time.Hour

// digestRows is the number of tasks a digest names.
const digestRows = 5

// greet sends the morning's digests, and on the first working morning of a week the
// recaps. After a stop the present day's and week's are sent late, earlier ones never.
func (w *Watch) greet(ctx context.Context, dir *directory, now time.Time) error {
	today := day(now)
	midnight := startOfDay(now)
	if w.morning == today || now.Before(midnight.Add(greetAt)) || !w.Calendar.NextOpen(now).Equal(now) {
		return nil
	}
	for _, o := range dir.officers {
		if o.Person == "" || o.Disabled {
			continue
		}
		if err := w.once(ctx, "digest/"+today+"/"+string(o.ID), now, o.Person, dir, func() (bot.Message, error) {
			return w.digest(ctx, dir, o, now)
		}); err != nil {
			return err
		}
	}
	if err := w.recaps(ctx, dir, now); err != nil {
		return err
	}
	w.morning = today
	return nil
}

func startOfDay(t time.Time) time.Time {
	year, month, date := t.In(workflow.WIB()).Date()
	return time.Date(year, month, date, 0, 0, 0, 0, workflow.WIB())
}

// firstOfWeek tells whether the office did not open earlier in this week.
func (w *Watch) firstOfWeek(now time.Time) bool {
	at := startOfDay(now)
	for at.Weekday() != time.Monday {
		at = at.AddDate(0, 0, -1)
		if w.Calendar.IsWorkingDay(at) {
			return false
		}
	}
	return true
}

// once sends a person a message that is sent only once under its key. An empty
// message is not sent.
func (w *Watch) once(ctx context.Context, key string, now time.Time, to workflow.PersonID, dir *directory, word func() (bot.Message, error)) error {
	claimed, err := w.Store.Claimed(ctx, key)
	if err != nil || slices.Contains(claimed, key) {
		return err
	}
	p, ok, err := dir.person(ctx, to)
	if err != nil || !ok {
		return err
	}
	m, err := word()
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	unit := store.UnitOfWork{Claims: []string{key}}
	if m.Text != "" {
		unit.Deliveries = []bot.Delivery{{ID: key, Chat: p.Addresses[0], Notice: true, Message: m, Created: now}}
	}
	if err := w.bind(&unit); err != nil {
		return err
	}
	return w.Commits.Once(ctx, now, unit)
}

// digest is an officer's morning: his own tasks, and what is late below him.
func (w *Watch) digest(ctx context.Context, dir *directory, o workflow.Officer, now time.Time) (bot.Message, error) {
	def := w.Desk.Library.Current()
	var roles []workflow.Role
	for _, rd := range def.Roles {
		if dir.can(o, rd.Role) && !dir.away(o.ID, rd.Role) {
			roles = append(roles, rd.Role)
		}
	}
	own, err := w.ownTasks(ctx, def, roles, o.ID, now)
	if err != nil {
		return bot.Message{}, err
	}
	below, err := w.lateBelow(ctx, def, roles, now)
	if err != nil {
		return bot.Message{}, err
	}
	calls, err := w.callsOf(ctx, o, roles)
	if err != nil {
		return bot.Message{}, err
	}
	parts := slices.DeleteFunc([]string{own, calls, below, w.emptyBelow(dir, def, o, roles)}, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return bot.Message{}, nil
	}
	m := bot.Message{Daytime: true, Text: w.say("digest.head", "date", calendar.Date(now, workflow.Indonesian)) + "\n" + strings.Join(parts, "\n\n")}
	m.Choices = append(m.Choices, bot.Choice{ID: "/tugas", Label: w.say("menu.tasks")})
	if below != "" {
		m.Choices = append(m.Choices, bot.Choice{ID: "/terlambat", Label: w.say("menu.late")})
	}
	return m, nil
}

// callsOf counts the calls that an officer should make.
func (w *Watch) callsOf(ctx context.Context, o workflow.Officer, roles []workflow.Role) (string, error) {
	all, err := casework.OpenCalls(ctx, w.Store)
	if err != nil {
		return "", err
	}
	n := 0
	for _, c := range all {
		if slices.Contains(roles, c.Role) || c.Role == workflow.RoleAdmin && o.HasRole(workflow.RoleAdmin) {
			n++
		}
	}
	if n == 0 {
		return "", nil
	}
	return w.say("call.waiting", "n", n), nil
}

func (w *Watch) ownTasks(ctx context.Context, def *workflow.SOP, roles []workflow.Role, id workflow.OfficerID, now time.Time) (string, error) {
	if len(roles) == 0 {
		return "", nil
	}
	rows, err := w.Store.Tasks(ctx, store.TaskQuery{Roles: roles, Holder: id, Limit: countUpTo})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	late := 0
	for _, row := range rows {
		if !row.Due.IsZero() && row.Due.Before(now) {
			late++
		}
	}
	n, overdue := strconv.Itoa(len(rows)), ""
	if len(rows) == countUpTo {
		n += "+"
	}
	if late > 0 {
		overdue = strconv.Itoa(late)
	}
	lines := []string{w.say("digest.own", "n", n, "late", overdue)}
	for _, row := range rows[:min(len(rows), digestRows)] {
		lines = append(lines, w.taskLine(def, row, now))
	}
	return strings.Join(lines, "\n"), nil
}

// countUpTo bounds what a digest counts for one officer.
const countUpTo = 500

// lateBelow lists what is late in the roles below, the oldest first, with who has
// it and what he promised.
func (w *Watch) lateBelow(ctx context.Context, def *workflow.SOP, roles []workflow.Role, now time.Time) (string, error) {
	var rows []store.TaskRow
	for _, rd := range def.Roles {
		if slices.Contains(roles, rd.Role) || !slices.ContainsFunc(def.Above(rd.Role), func(r workflow.Role) bool { return slices.Contains(roles, r) }) {
			continue
		}
		some, err := w.Store.Overdue(ctx, rd.Role, now, countUpTo)
		if err != nil {
			return "", fmt.Errorf("list overdue: %w", err)
		}
		rows = append(rows, some...)
	}
	if len(rows) == 0 {
		return "", nil
	}
	slices.SortStableFunc(rows, func(a, b store.TaskRow) int { return a.Due.Compare(b.Due) })
	lines := []string{w.say("digest.below", "n", len(rows))}
	for _, row := range rows[:min(len(rows), digestRows)] {
		line, err := w.lateLine(ctx, def, row, now)
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

func (w *Watch) taskLine(def *workflow.SOP, row store.TaskRow, now time.Time) string {
	step, _ := def.Step(row.Step)
	key := "digest.task"
	if !row.Due.IsZero() && row.Due.Before(now) {
		key = "digest.task_late"
	}
	return w.say(key, "case", string(row.ID), "body", row.Label, "step", step.Activity, "due", shortDue(row.Due, workflow.Indonesian))
}

func (w *Watch) lateLine(ctx context.Context, def *workflow.SOP, row store.TaskRow, now time.Time) (string, error) {
	holder, promise := "", ""
	if c, err := w.Store.Case(ctx, row.ID); err == nil && c.Holder != nil {
		holder = c.Holder.By.Shown()
		if p, ok := c.Promised(); ok {
			promise = calendar.ShortDateTime(p.At, workflow.Indonesian)
		}
	} else if ctx.Err() != nil {
		return "", ctx.Err()
	}
	step, _ := def.Step(row.Step)
	days := ""
	if n := w.Calendar.WorkingDaysBetween(row.Due, now); n > 0 {
		days = strconv.Itoa(n)
	}
	return w.say("digest.late", "case", string(row.ID), "body", row.Label, "step", step.Activity,
		"days", days, "due", shortDue(row.Due, workflow.Indonesian),
		"holder", holder, "role", w.roleName(row.Role), "promise", promise), nil
}

// emptyBelow tells admins and superiors which roles have nobody in them.
func (w *Watch) emptyBelow(dir *directory, def *workflow.SOP, o workflow.Officer, roles []workflow.Role) string {
	var names []string
	for _, role := range dir.empty(def) {
		concerned := o.HasRole(workflow.RoleAdmin) || slices.ContainsFunc(def.Above(role), func(r workflow.Role) bool { return slices.Contains(roles, r) })
		if concerned {
			names = append(names, w.roleName(role))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return w.say("digest.empty", "roles", strings.Join(names, ", "))
}
