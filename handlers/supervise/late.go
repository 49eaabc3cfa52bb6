package supervise

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// lateUpTo bounds what a list of what is late counts for a role.
const lateUpTo = 500

// Late lists what is late by role and person: the officer's own roles and, for
// superiors, the roles below them.
func Late(ctx context.Context, s *session.Session, _ string) error {
	roles, err := rolesBelow(ctx, s)
	if err != nil {
		return err
	}
	var text strings.Builder
	var items []session.Choice
	n, total := 0, 0
	for _, role := range roles {
		rows, err := s.Env.Store.Overdue(ctx, role, s.Now, lateUpTo)
		if err != nil {
			return fmt.Errorf("list overdue: %w", err)
		}
		if len(rows) == 0 {
			continue
		}
		total += len(rows)
		fmt.Fprintf(&text, "\n\n%s", s.Text("late.role", "role", s.FieldName(string(role)), "n", len(rows)))
		for _, group := range byHolder(rows) {
			if err := lateOf(ctx, s, &text, group, &items, &n); err != nil {
				return err
			}
		}
	}
	if text.Len() == 0 {
		s.Say("late.none")
		return nil
	}
	s.Ask(s.Text("late.head", "n", total)+text.String(), items...)
	return nil
}

// lateOf writes the tasks of one person, or those that nobody has; page of them at
// most are listed and offered.
func lateOf(ctx context.Context, s *session.Session, text *strings.Builder, rows []store.TaskRow, items *[]session.Choice, n *int) error {
	name := s.Text("late.nobody")
	if id := rows[0].Holder; id != "" {
		o, err := s.Env.Store.Officer(ctx, id)
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return fmt.Errorf("load holder: %w", err)
		}
		name = cmp.Or(o.Name, string(id))
	}
	fmt.Fprintf(text, "\n%s", s.Text("late.person", "name", name, "n", len(rows)))
	for _, row := range rows {
		if *n == wording.Page {
			return nil
		}
		*n++
		line, err := tasks.TaskLine(ctx, s, row)
		if err != nil {
			return err
		}
		promised, err := promised(ctx, s, row)
		if err != nil {
			return err
		}
		fmt.Fprintf(text, "\n%d. %s%s", *n, line, promised)
		*items = append(*items, session.Choice{ID: "/buka " + string(row.ID), Label: string(row.ID) + " · " + texts.Cut(row.Label, 24)})
	}
	return nil
}

// promised tells when the holder of a late task promised to do it that day.
func promised(ctx context.Context, s *session.Session, row store.TaskRow) (string, error) {
	if row.Holder == "" {
		return "", nil
	}
	_, c, err := s.Work.Case(ctx, row.ID)
	if s.Unreadable(ctx, row.ID, err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("load late case: %w", err)
	}
	p, ok := c.Promised()
	if !ok {
		return "", nil
	}
	return s.Text("late.promised", "at", calendar.ShortDateTime(p.At, s.Lang())), nil
}

// byHolder parts rows by who has the task, those with the most first; free tasks
// come last.
func byHolder(rows []store.TaskRow) [][]store.TaskRow {
	of := map[workflow.OfficerID][]store.TaskRow{}
	for _, row := range rows {
		of[row.Holder] = append(of[row.Holder], row)
	}
	var out [][]store.TaskRow
	for _, group := range of {
		out = append(out, group)
	}
	slices.SortFunc(out, func(a, b []store.TaskRow) int {
		x, y := a[0].Holder, b[0].Holder
		switch {
		case x == "":
			return 1
		case y == "":
			return -1
		}
		return cmp.Or(len(b)-len(a), strings.Compare(string(x), string(y)))
	})
	return out
}
