package handlers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// status tells how far a case is: the one named in arg, or the person's own.
func status(ctx context.Context, t *turn, arg string) error {
	all := arg == "semua" || arg == "all"
	if !strings.ContainsAny(arg, "0123456789") && !all {
		arg = "" // "status permohonan saya" names no number
	}
	if arg != "" && !all {
		return t.statusNamed(ctx, arg)
	}
	rows, err := t.ownRows(ctx)
	if err != nil {
		return err
	}
	open := 0
	shown := workflow.CaseID("")
	for _, row := range rows {
		if row.End == "" {
			open++
			shown = row.ID
		}
	}
	switch {
	case len(rows) == 0:
		return t.noCases(ctx)
	case len(rows) == 1:
		shown = rows[0].ID
	case all || open != 1:
		return t.listOwn(ctx, rows[:min(len(rows), page)])
	}
	def, c, err := t.work.Case(ctx, shown)
	if err != nil {
		return fmt.Errorf("load own case: %w", err)
	}
	return t.showOwn(ctx, def, c, len(rows) > 1)
}

func (t *turn) noCases(ctx context.Context) error {
	items := []Item{t.item("/ajukan", "menu.apply")}
	saved, err := t.draft(ctx)
	if err != nil {
		return err
	}
	if saved != nil {
		items = append([]Item{t.item("/lanjutkan", "menu.resume")}, items...)
	}
	return t.tellStatus(ctx, t.text("status.none"), items...)
}

// tellStatus answers without taking the place of the open question.
func (t *turn) tellStatus(ctx context.Context, text string, items ...Item) error {
	if t.state.Open != nil {
		t.remark(text)
		return t.askAgain(ctx)
	}
	t.ask(text, items...)
	return nil
}

// statusNamed tells about the case with a number. A stranger's shows the step and
// the date only, and nothing before the resi.
func (t *turn) statusNamed(ctx context.Context, arg string) error {
	id, err := workflow.ParseCaseID(arg)
	if err != nil {
		return t.tellStatus(ctx, t.text("status.mistyped", "typed", texts.Cut(arg, 40), "sample", t.sampleCase()), t.item("/status", "menu.status"))
	}
	def, c, err := t.work.Case(ctx, id)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return fmt.Errorf("load case: %w", err)
	}
	switch {
	case err == nil && t.owns(c):
		return t.showOwn(ctx, def, c, false)
	case err != nil || !registered(c):
		return t.tellStatus(ctx, t.text("status.unknown", "case", string(id)), t.item("/status", "menu.status"))
	}
	return t.tellStatus(ctx, t.publicStatus(def, c), t.item("/mulai", "menu.start"))
}

// publicStatus words a case's step and date for anybody who has the resi's number.
func (t *turn) publicStatus(def *workflow.SOP, c workflow.Case) string {
	step, _ := def.Step(presentStep(c))
	args := []any{"case", string(c.ID), "no", step.No, "step", step.Activity}
	switch {
	case !c.Open():
		return t.text("status.public_ended", append(args, "date", calendar.ShortDate(c.Ended, t.lang()))...)
	case c.StepClock.Due.IsZero():
		return t.text("status.public_paused", args...)
	}
	return t.text("status.public", append(args, "due", calendar.ShortDateTime(c.StepClock.Due, t.lang()))...)
}

// showOwn shows a case to its applicant, with what he can do now.
func (t *turn) showOwn(ctx context.Context, def *workflow.SOP, c workflow.Case, others bool) error {
	items := t.awaited(def, c)
	if len(items) == 0 && !c.Open() && c.Survey == nil {
		items = append(items, t.item("/survei "+string(c.ID), "survey.start"))
	}
	if others {
		items = append(items, t.item("/status semua", "menu.others"))
	}
	return t.tellStatus(ctx, t.ownStatus(def, c), items...)
}

// ownStatus is a case in a few lines for its applicant.
func (t *turn) ownStatus(def *workflow.SOP, c workflow.Case) string {
	p := progressOf(def, c)
	lines := []string{t.caseLabel(def, c)}
	if !registered(c) && c.Open() && !awaitsAnswer(c) {
		return strings.Join(append(lines, t.text("status.checking", "at", calendar.ShortDateTime(c.Submitted, t.lang()),
			"due", t.byWhen(c.StepClock.Due))), "\n")
	}
	if !c.Open() {
		lines = append(lines, t.text("status.ended."+c.End, "date", calendar.Date(c.Ended, t.lang())))
	} else {
		lines = append(lines, t.stepLine(def, c, p))
		lines = append(lines, t.toDo(def, c)...)
		if service := t.serviceLine(c, p); service != "" {
			lines = append(lines, service)
		}
	}
	if ticks := t.ticks(def, p); ticks != "" {
		lines = append(lines, ticks)
	}
	return strings.Join(lines, "\n")
}

// stepLine shows the progress in dots, the present step, whose turn it is and
// until when.
func (t *turn) stepLine(def *workflow.SOP, c workflow.Case, p progress) string {
	step, _ := def.Step(presentStep(c))
	role := c.WaitsFor(def)
	args := []any{
		"dots", strings.Repeat("●", len(p.done)) + strings.Repeat("○", len(p.ahead)),
		"no", step.No, "step", step.Activity, "role", t.roleName(def, role),
	}
	due := c.StepClock.Due
	switch {
	case due.IsZero():
		return t.text("status.step_paused", args...)
	case due.Before(t.now):
		return t.text("status.step_late", append(args, "due", calendar.ShortDateTime(due, t.lang()))...)
	}
	return t.text("status.step", append(args, "due", calendar.ShortDateTime(due, t.lang()))...)
}

// toDo tells what the office waits for.
func (t *turn) toDo(def *workflow.SOP, c workflow.Case) []string {
	switch {
	case awaitsAnswer(c):
		codes := c.Asked(def)
		names := make([]string, len(codes))
		for i, code := range codes {
			names[i] = string(code)
		}
		return []string{t.text("status.mend", "documents", strings.Join(names, ", "), "due", calendar.ShortDateTime(c.ReplyClock.Due, t.lang()))}
	case awaitsAgreement(def, c):
		return []string{t.text("status.agree")}
	case awaitsReceipt(def, c):
		return []string{t.text("status.receive")}
	}
	return nil
}

// serviceLine is the charter's promise and what is expected.
func (t *turn) serviceLine(c workflow.Case, p progress) string {
	due := c.ServiceClock.Due
	if due.IsZero() {
		if c.ServiceClock.Paused() {
			return t.text("status.service_paused")
		}
		return ""
	}
	line := t.text("status.service", "due", calendar.ShortDate(due, t.lang()), "left", t.daysLeft(due))
	at := p.estimate(c, t.app.Calendar, t.now)
	if e := c.Expected; e != nil && !at.IsZero() && e.At.After(t.now) {
		at = e.At // by the office's own history, and what he was told
	}
	if !at.IsZero() {
		line += " " + t.text("status.estimate", "date", calendar.ShortDate(at, t.lang()))
	}
	return line
}

// daysLeft counts the working days after today up to a deadline, or those by which
// it has passed.
func (t *turn) daysLeft(due time.Time) string {
	year, month, day := t.now.In(workflow.WIB()).Date()
	tomorrow := time.Date(year, month, day+1, 0, 0, 0, 0, workflow.WIB())
	switch n := t.app.Calendar.WorkingDaysBetween(tomorrow, due); {
	case n > 0:
		return t.text("status.days_left", "n", n)
	case !due.Before(t.now):
		return t.text("status.today")
	}
	return t.text("status.days_late", "n", max(1, t.app.Calendar.WorkingDaysBetween(due, tomorrow)))
}

// ticks lists what is done of what means something to an applicant: the steps
// whose end is news to him.
func (t *turn) ticks(def *workflow.SOP, p progress) string {
	var done []string
	for _, run := range p.done {
		step, _ := def.Step(run.Step)
		branch, _ := step.Branch(run.Outcome)
		if branch.Tell == "" || step.Kind == workflow.KindSubmit {
			continue
		}
		done = append(done, "✓ "+t.text("status.done."+branch.Tell)+" "+dayMonth(run.Clock.Stop, t.lang()))
	}
	return strings.Join(done, "  ")
}

// dayMonth writes "23 Nov".
func dayMonth(at time.Time, lang workflow.Lang) string {
	_, date, _ := strings.Cut(calendar.ShortDate(at, lang), " ")
	return date
}
