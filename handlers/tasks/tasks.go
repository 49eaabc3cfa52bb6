package tasks

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// List lists what the officer may do, the most urgent first. arg is the last case
// of the page before.
func List(ctx context.Context, s *session.Session, arg string) error {
	rows, err := Open(ctx, s, arg, wording.Page+1)
	if err != nil {
		return err
	}
	calls, err := OpenCalls(ctx, s)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		noTasks(s, len(calls))
		return nil
	}
	more := len(rows) > wording.Page
	rows = rows[:min(len(rows), wording.Page)]
	var text strings.Builder
	text.WriteString(taskHead(s, len(rows), more, arg != ""))
	items := make([]session.Choice, 0, len(rows)+1)
	for i, row := range rows {
		line, err := TaskLine(ctx, s, row)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%d. %s", i+1, line)
		items = append(items, session.Choice{ID: "/buka " + string(row.ID), Label: string(row.ID)})
	}
	if more {
		items = append(items, s.Choice("/tugas "+string(rows[len(rows)-1].ID), "menu.more"))
	}
	if len(calls) > 0 {
		text.WriteString("\n\n" + s.Text("call.waiting", "n", len(calls)))
		items = append(items, s.Choice("/telepon", "call.list"))
	}
	s.PutAside()
	s.Ask(text.String(), items...)
	return nil
}

// noTasks tells that no case waits, and how many calls do.
func noTasks(s *session.Session, calls int) {
	if calls == 0 {
		s.Ask(s.Text("task.none"), s.Choice("/bantuan", "menu.help"))
		return
	}
	s.Ask(s.Text("call.waiting", "n", calls), s.Choice("/telepon", "call.list"))
}

func taskHead(s *session.Session, n int, more, following bool) string {
	switch {
	case following:
		return s.Text("task.head_next")
	case more:
		return s.Text("task.head_more", "n", n)
	}
	return s.Text("task.head", "n", n)
}

// Open lists tasks of the officer's roles that are free or his.
func Open(ctx context.Context, s *session.Session, after string, limit int) ([]store.TaskRow, error) {
	roles, err := s.Roles(ctx)
	if err != nil || len(roles) == 0 {
		return nil, err
	}
	q := store.TaskQuery{Roles: roles, Holder: s.Officer.ID, Limit: limit}
	if id, err := workflow.ParseCaseID(after); err == nil {
		last, err := s.Env.Store.Find(ctx, string(id), 1) // not the case: it may be one that cannot be read
		if err != nil {
			return nil, fmt.Errorf("find task: %w", err)
		}
		if len(last) > 0 && last[0].ID == id {
			q.After = &last[0]
		}
	}
	rows, err := s.Env.Store.Tasks(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	return rows, nil
}

// OpenCalls lists the calls that the officer's roles should make.
func OpenCalls(ctx context.Context, s *session.Session) ([]store.Call, error) {
	roles, err := s.Roles(ctx)
	if err != nil || len(roles) == 0 {
		return nil, err
	}
	all, err := casework.OpenCalls(ctx, s.Env.Store)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(c store.Call) bool { return !slices.Contains(roles, c.Role) }), nil
}

// TaskLine words a task in a line of a list.
func TaskLine(ctx context.Context, s *session.Session, row store.TaskRow) (string, error) {
	line := string(row.ID) + " · " + row.Label
	def, err := s.Env.Desk.Library.Get(ctx, row.SOP)
	if s.Unreadable(ctx, row.ID, err) {
		return line + " · " + s.Text("case.damaged"), nil
	}
	if err != nil {
		return "", err
	}
	step, _ := def.Step(row.Step)
	line += " · " + step.Name(s.Lang())
	if left := wording.Left(s, row.Due, step.Time.Unit); left != "" {
		line += ", " + left
	}
	if s.Now.After(row.Due) && !row.Due.IsZero() {
		line = "⏰ " + line
	}
	return line, nil
}

// Finish carries the act that ends a dialogue, tells that it was done, and offers what else is
// to do. A refusal is told, with ErrAnswered.
func Finish(ctx context.Context, s *session.Session, id workflow.CaseID, role workflow.Role, act workflow.Act) error {
	result, err := s.Do(ctx, id, role, act, workflow.ProofNone)
	if err != nil {
		return err
	}
	s.End()
	SayDone(s, result.Case, act)
	return OfferNext(ctx, s)
}

// SayDone tells that an act was done.
func SayDone(s *session.Session, c workflow.Case, act workflow.Act) {
	s.Say("done."+workflow.ActName(act), "case", string(c.ID))
}

// OfferNext offers what else is to do. The cases of this session do not count: if one
// of them is the officer's again, he is told so by its own news.
func OfferNext(ctx context.Context, s *session.Session) error {
	rows, err := Open(ctx, s, "", wording.Page+1)
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r store.TaskRow) bool { return s.Work.Touched(r.ID) })
	switch {
	case len(rows) > wording.Page:
		s.Ask(s.Text("task.remaining_many", "n", wording.Page), s.Choice("/tugas", "menu.tasks"))
	case len(rows) > 0:
		s.Ask(s.Text("task.remaining", "n", len(rows)), s.Choice("/tugas", "menu.tasks"))
	}
	return nil
}

// NothingToDo tells why something cannot be done with a case that waits for no officer: the
// wording under the first key, or under the second for a case that has ended.
func NothingToDo(s *session.Session, c workflow.Case, key, ended string) error {
	end := ""
	if !c.Open() {
		key, end = ended, s.Text("end."+c.End)
	}
	s.Ask(s.Text(key, "case", string(c.ID), "end", end, "at", calendar.Date(c.Ended, s.Lang())),
		s.Choice("/buka "+string(c.ID), "menu.open"), s.Choice("/tugas", "menu.tasks"))
	return nil
}

// Later is the answer "Nanti" to the news of a task.
func Later(ctx context.Context, s *session.Session, arg string) error {
	rows, err := Open(ctx, s, "", 1)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		s.Ask(s.Text("task.none"), s.Choice("/bantuan", "menu.help"))
		return s.Repeat(ctx)
	}
	id, _ := workflow.ParseCaseID(arg)
	return s.Tell(ctx, s.Text("task.later", "case", string(id)), s.Choice("/tugas", "menu.tasks"))
}
