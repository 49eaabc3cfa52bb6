package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// find lists cases by words of the body's name, country or number.
func find(ctx context.Context, t *turn, words string) error {
	if len(strings.TrimSpace(words)) < 2 {
		t.say("find.how")
		return nil
	}
	rows, err := t.app.Store.Find(ctx, words, page)
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	if len(rows) == 0 {
		t.say("find.none", "words", texts.Cut(words, 40))
		return nil
	}
	return t.listRows(ctx, t.text("find.head", "n", len(rows)), rows)
}

// listRows shows cases with a choice to open each.
func (t *turn) listRows(ctx context.Context, head string, rows []store.TaskRow) error {
	var b strings.Builder
	b.WriteString(head)
	items := make([]Item, 0, len(rows))
	for i, row := range rows {
		line, err := t.taskLine(ctx, row)
		if err != nil {
			return err
		}
		if row.End != "" {
			line = string(row.ID) + " · " + row.Label + " · " + t.text("end."+row.End)
		}
		fmt.Fprintf(&b, "\n%d. %s", i+1, line)
		items = append(items, Item{ID: "/buka " + string(row.ID), Label: string(row.ID)})
	}
	t.ask(b.String(), items...)
	return nil
}

// rolesBelow lists the roles whose lateness concerns the officer.
func (t *turn) rolesBelow(ctx context.Context) ([]workflow.Role, error) {
	mine, err := t.roles(ctx)
	if err != nil {
		return nil, err
	}
	def := t.app.Desk.Library.Current()
	var out []workflow.Role
	for _, rd := range def.Roles {
		if rd.Role != workflow.RoleApplicant && concerns(def, rd.Role, mine) {
			out = append(out, rd.Role)
		}
	}
	return out, nil
}

// concerns tells whether role is one of mine, or below one of them.
func concerns(def *workflow.SOP, role workflow.Role, mine []workflow.Role) bool {
	for range len(def.Roles) + 1 {
		for _, m := range mine {
			if m == role || m == workflow.RoleAdmin {
				return true
			}
		}
		rd, ok := def.RoleDef(role)
		if !ok || rd.Superior == "" {
			return false
		}
		role = rd.Superior
	}
	return false
}

// recent is how many entries of a history are shown.
const recent = 25

// history shows who did what in a case.
func history(ctx context.Context, t *turn, arg string) error {
	_, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	entries, err := t.app.Store.History(ctx, c.ID)
	if err != nil {
		return fmt.Errorf("load history: %w", err)
	}
	var b strings.Builder
	b.WriteString(t.text("history.head", "case", string(c.ID), "n", len(entries)))
	for i := max(0, len(entries)-recent); i < len(entries); i++ {
		b.WriteString("\n" + t.historyLine(i+1, entries[i]))
	}
	if seq, reason := c.VerifyHistory(entries); seq > 0 {
		b.WriteString("\n\n" + t.text("history.broken", "seq", seq, "reason", reason))
	}
	t.replyText(b.String())
	return nil
}

// historyLine shows the n-th entry; one that is damaged hides no other.
func (t *turn) historyLine(n int, e workflow.Entry) string {
	cmd, err := e.Decode()
	if err != nil || cmd.Act == nil {
		return fmt.Sprintf("%d. %s", n, t.text("case.damaged"))
	}
	line := fmt.Sprintf("%d. %s · %s · %s", e.Seq, calendar.ShortDateTime(e.At, t.lang()), cmd.Actor.Shown(),
		t.text("act."+workflow.ActName(cmd.Act)))
	if note := remarkOf(cmd.Act); note != "" {
		line += ": " + texts.Cut(note, shownNote)
	}
	if e.Refused != nil {
		line += " — " + t.text("history.refused")
	}
	return line
}

// shownNote is how much of a remark a line of the history shows.
const shownNote = 120

// remarkOf gives the reason or note that an act carries.
func remarkOf(act workflow.Act) string {
	switch a := act.(type) {
	case workflow.Called:
		return a.Note
	case workflow.HandOver:
		return a.Note
	case workflow.Release:
		return a.Reason
	case workflow.Reopen:
		return a.Reason
	case workflow.Reschedule:
		return a.Reason
	case workflow.Return:
		return a.Note
	case workflow.Withdraw:
		return a.Reason
	}
	return ""
}
