package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// page is how many lines a list shows at once.
const page = 8

// tasks lists what the officer may do, the most urgent first. arg is the last case
// of the page before.
func tasks(ctx context.Context, t *turn, arg string) error {
	rows, err := t.openTasks(ctx, arg, page+1)
	if err != nil {
		return err
	}
	calls, err := t.openCalls(ctx)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		t.noTasks(len(calls))
		return nil
	}
	more := len(rows) > page
	rows = rows[:min(len(rows), page)]
	var text strings.Builder
	text.WriteString(t.taskHead(len(rows), more, arg != ""))
	items := make([]Item, 0, len(rows)+1)
	for i, row := range rows {
		line, err := t.taskLine(ctx, row)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%d. %s", i+1, line)
		items = append(items, Item{ID: "/buka " + string(row.ID), Label: string(row.ID)})
	}
	if more {
		items = append(items, t.item("/tugas "+string(rows[len(rows)-1].ID), "menu.more"))
	}
	if len(calls) > 0 {
		text.WriteString("\n\n" + t.text("call.waiting", "n", len(calls)))
		items = append(items, t.item("/telepon", "call.list"))
	}
	t.state.Open = nil
	t.ask(text.String(), items...)
	return nil
}

// noTasks tells that no case waits, and how many calls do.
func (t *turn) noTasks(calls int) {
	if calls == 0 {
		t.ask(t.text("task.none"), t.item("/bantuan", "menu.help"))
		return
	}
	t.ask(t.text("call.waiting", "n", calls), t.item("/telepon", "call.list"))
}

func (t *turn) taskHead(n int, more, following bool) string {
	switch {
	case following:
		return t.text("task.head_next")
	case more:
		return t.text("task.head_more", "n", n)
	}
	return t.text("task.head", "n", n)
}

// openTasks lists tasks of the officer's roles that are free or his.
func (t *turn) openTasks(ctx context.Context, after string, limit int) ([]store.TaskRow, error) {
	roles, err := t.roles(ctx)
	if err != nil || len(roles) == 0 {
		return nil, err
	}
	q := store.TaskQuery{Roles: roles, Holder: t.officer.ID, Limit: limit}
	if id, err := workflow.ParseCaseID(after); err == nil {
		last, err := t.app.Store.Find(ctx, string(id), 1) // not the case: it may be one that cannot be read
		if err != nil {
			return nil, fmt.Errorf("find task: %w", err)
		}
		if len(last) > 0 && last[0].ID == id {
			q.After = &last[0]
		}
	}
	rows, err := t.app.Store.Tasks(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	return rows, nil
}

func (t *turn) taskLine(ctx context.Context, row store.TaskRow) (string, error) {
	line := string(row.ID) + " · " + row.Label
	def, err := t.app.Desk.Library.Get(ctx, row.SOP)
	if t.unreadable(ctx, row.ID, err) {
		return line + " · " + t.text("case.damaged"), nil
	}
	if err != nil {
		return "", err
	}
	step, _ := def.Step(row.Step)
	line += " · " + step.Activity
	if left := t.left(row.Due, step.Time.Unit); left != "" {
		line += ", " + left
	}
	if t.now.After(row.Due) && !row.Due.IsZero() {
		line = "⏰ " + line
	}
	return line, nil
}

// unreadable tells whether one case, or its procedure, cannot be read, and logs why: a
// list is shown without what is in it. A message that is given up is no such fault.
func (t *turn) unreadable(ctx context.Context, id workflow.CaseID, err error) bool {
	if err == nil || ctx.Err() != nil {
		return false
	}
	t.app.Log.ErrorContext(ctx, "case cannot be read", slog.String("case", string(id)), slog.Any("error", err))
	return true
}

// left tells how much working time is left until due, or how much it is over.
func (t *turn) left(due time.Time, unit workflow.Unit) string {
	if due.IsZero() {
		return ""
	}
	late := t.now.After(due)
	from, to := t.now, due
	if late {
		from, to = due, t.now
	}
	amount := calendar.DurationWords(t.app.Calendar.Used(from, to, nil), t.lang())
	if days := t.app.Calendar.WorkingDaysBetween(midnightAfter(from), to); unit == workflow.Day && days > 0 {
		amount = t.text("time.days", "n", days)
	}
	if late {
		return t.text("time.late", "amount", amount)
	}
	return t.text("time.left", "amount", amount)
}

// midnightAfter is the end of the instant's day: what is due on the next working
// day is one working day away, whatever the hour.
func midnightAfter(at time.Time) time.Time {
	at = at.In(workflow.WIB())
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, workflow.WIB())
}

// done tells that an act was done.
func (t *turn) done(c workflow.Case, act workflow.Act) {
	t.say("done."+workflow.ActName(act), "case", string(c.ID))
}

// nextTask offers what else is to do. The cases of this turn do not count: if one
// of them is the officer's again, he is told so by its own news.
func (t *turn) nextTask(ctx context.Context) error {
	rows, err := t.openTasks(ctx, "", page+1)
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r store.TaskRow) bool { return t.work.Touched(r.ID) })
	switch {
	case len(rows) > page:
		t.ask(t.text("task.remaining_many", "n", page), t.item("/tugas", "menu.tasks"))
	case len(rows) > 0:
		t.ask(t.text("task.remaining", "n", len(rows)), t.item("/tugas", "menu.tasks"))
	}
	return nil
}

// later is the answer "Nanti" to the news of a task.
func later(_ context.Context, t *turn, _ string) error {
	t.say("task.later")
	return nil
}
