package supervise

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// History shows who did what in a case, a page at a time and the newest page first: behind the
// case's number stands the last entry of another page.
func History(ctx context.Context, s *session.Session, arg string) error {
	arg, page, _ := strings.Cut(arg, " ")
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	entries, err := s.Env.Store.History(ctx, c.ID)
	if err != nil {
		return fmt.Errorf("load history: %w", err)
	}
	end := len(entries)
	if n, err := strconv.Atoi(page); err == nil && n > 0 {
		end = min(n, end)
	}
	start := max(0, end-wording.Recent)
	steps := workflow.StepsOf(def, entries)
	var b strings.Builder
	b.WriteString(s.Text("history.head", "case", string(c.ID), "n", len(entries)))
	for i := start; i < end; i++ {
		b.WriteString("\n" + historyLine(s, i+1, steps[i], entries[i]))
	}
	if seq, why := c.VerifyHistory(entries); seq > 0 {
		b.WriteString("\n\n" + s.Text("history.broken", "seq", seq, "reason", string(why)))
	}
	s.Ask(b.String(), historyPages(s, c.ID, start, end, len(entries))...)
	return nil
}

// historyPages offers the pages beside the one that shows the entries of [start, end).
func historyPages(s *session.Session, id workflow.CaseID, start, end, all int) []session.Choice {
	page := func(last int) string { return "/riwayat " + string(id) + " " + strconv.Itoa(last) }
	var items []session.Choice
	if start > 0 {
		items = append(items, s.Choice(page(start), "history.earlier"))
	}
	if end < all {
		items = append(items, s.Choice(page(min(end+wording.Recent, all)), "history.later"))
	}
	return append(items, s.Choice("/buka "+string(id), "menu.open"))
}

// historyLine shows the n-th entry, made at a step (0: not known); one that is damaged hides no
// other.
func historyLine(s *session.Session, n, step int, e workflow.Entry) string {
	cmd, err := e.Decode()
	if err != nil || cmd.Act == nil {
		return fmt.Sprintf("%d. %s", n, s.Text("case.damaged"))
	}
	line := fmt.Sprintf("%d. %s", e.Seq, calendar.ShortDateTime(e.At, s.Lang()))
	if step > 0 {
		line += " · " + s.Text("history.step", "no", step)
	}
	line += " · " + cmd.Actor.Shown() + " · " + s.Text("act."+workflow.ActName(cmd.Act))
	if note := remarkOf(cmd.Act); note != "" {
		line += ": " + texts.Cut(note, shownNote)
	}
	if e.Refused != nil {
		line += " — " + s.Text("history.refused")
	}
	return line
}

// shownNote is the length to which a line of the history cuts a remark, in characters.
const shownNote = 120

// remarkOf gives the reason or note that an act carries.
func remarkOf(act workflow.Act) string {
	switch a := act.(type) {
	case workflow.Called:
		return a.Note
	case workflow.HandDeliver:
		return strings.TrimSuffix(a.Recipient+", "+a.Identity, ", ")
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
