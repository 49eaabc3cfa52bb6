package status

import (
	"context"
	"fmt"
	"strings"
	"time"

	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Show tells how far a case is: the one named in arg, or the person's own.
func Show(ctx context.Context, s *session.Session, arg string) error {
	all := arg == "semua" || arg == "all"
	if !strings.ContainsAny(arg, "0123456789") && !all {
		arg = "" // "status permohonan saya" names no number
	}
	if arg != "" && !all {
		return statusNamed(ctx, s, arg)
	}
	rows, err := mycases.OwnRows(ctx, s)
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
		return noCases(ctx, s)
	case len(rows) == 1:
		shown = rows[0].ID
	case all || open != 1:
		return listOwn(ctx, s, rows[:min(len(rows), wording.Page)])
	}
	def, c, err := s.Work.Case(ctx, shown)
	if err != nil {
		return fmt.Errorf("load own case: %w", err)
	}
	return showOwn(ctx, s, def, c, len(rows) > 1)
}

func noCases(ctx context.Context, s *session.Session) error {
	items := []session.Choice{s.Choice("/ajukan", "menu.apply")}
	saved, err := mycases.Draft(ctx, s)
	if err != nil {
		return err
	}
	if saved != nil {
		items = append([]session.Choice{s.Choice("/lanjutkan", "menu.resume")}, items...)
	}
	return s.Tell(ctx, s.Text("status.none"), items...)
}

// statusNamed tells about the case with a number. A stranger's shows the step and
// the date only, and nothing before the resi.
func statusNamed(ctx context.Context, s *session.Session, arg string) error {
	id, err := workflow.ParseCaseID(arg)
	if err != nil {
		meant, err := s.MeantCase(ctx, arg)
		if err != nil {
			return err
		}
		if meant != "" {
			return s.Tell(ctx, s.Text("status.slip", "typed", arg, "meant", string(meant)), session.Choice{ID: "/status " + string(meant), Label: string(meant)})
		}
		return s.Tell(ctx, s.Text("status.mistyped", "typed", texts.Cut(arg, 40), "sample", mycases.SampleCase(s)), s.Choice("/status", "menu.status"))
	}
	def, c, err := s.Work.Case(ctx, id)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return fmt.Errorf("load case: %w", err)
	}
	switch {
	case err == nil && s.Person.Is(c.Applicant):
		return showOwn(ctx, s, def, c, false)
	case s.Officer != nil:
		return s.OpenCase(ctx, id)
	case err != nil || !mycases.Registered(c):
		return s.Tell(ctx, s.Text("status.unknown", "case", string(id)), s.Choice("/status", "menu.status"))
	}
	return s.Tell(ctx, publicStatus(s, def, c), s.Choice("/mulai", "menu.start"))
}

// publicStatus words a case's step and date for anybody who has the resi's number.
func publicStatus(s *session.Session, def *workflow.SOP, c workflow.Case) string {
	step, _ := def.Step(mycases.PresentStep(c))
	args := []any{"case", string(c.ID), "no", step.No, "step", step.Name(s.Lang())}
	switch {
	case !c.Open():
		return s.Text("status.public_ended", append(args, "date", calendar.ShortDate(c.Ended, s.Lang()))...)
	case c.StepClock.Due.IsZero():
		return s.Text("status.public_paused", args...)
	}
	return s.Text("status.public", append(args, "due", calendar.ShortDateTime(c.StepClock.Due, s.Lang()))...)
}

// showOwn shows a case to its applicant, with what he can do now.
func showOwn(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, others bool) error {
	items := mycases.Awaited(s, def, c)
	if len(items) == 0 && !c.Open() && c.Survey == nil {
		items = append(items, s.Choice("/survei "+string(c.ID), "survey.start"))
	}
	if others {
		items = append(items, s.Choice("/status semua", "menu.others"))
	}
	return s.Tell(ctx, OwnStatus(s, def, c), items...)
}

// OwnStatus is a case in a few lines for its applicant.
func OwnStatus(s *session.Session, def *workflow.SOP, c workflow.Case) string {
	p := mycases.ProgressOf(def, c)
	lines := []string{mycases.CaseLabel(s, def, c)}
	if !mycases.Registered(c) && c.Open() && !mycases.AwaitsAnswer(c) {
		return strings.Join(append(lines, s.Text("status.checking", "at", calendar.ShortDateTime(c.Submitted, s.Lang()),
			"due", wording.ByWhen(s, c.StepClock.Due))), "\n")
	}
	if !c.Open() {
		lines = append(lines, s.Text("status.ended."+c.End, "date", calendar.Date(c.Ended, s.Lang())))
	} else {
		lines = append(lines, stepLine(s, def, c, p))
		lines = append(lines, toDo(s, def, c)...)
		if service := serviceLine(s, c, p); service != "" {
			lines = append(lines, service)
		}
	}
	if ticks := ticks(s, def, p); ticks != "" {
		lines = append(lines, ticks)
	}
	return strings.Join(lines, "\n")
}

// stepLine shows the progress in dots, the present step, the role it waits for and
// until when.
func stepLine(s *session.Session, def *workflow.SOP, c workflow.Case, p mycases.Progress) string {
	step, _ := def.Step(mycases.PresentStep(c))
	role := c.WaitsFor(def)
	args := []any{
		"dots", strings.Repeat("●", len(p.Done)) + strings.Repeat("○", len(p.Ahead)),
		"no", step.No, "step", step.Name(s.Lang()), "role", wording.RoleName(s, def, role),
	}
	due := c.StepClock.Due
	switch {
	case due.IsZero():
		return s.Text("status.step_paused", args...)
	case due.Before(s.Now):
		return s.Text("status.step_late", append(args, "due", calendar.ShortDateTime(due, s.Lang()))...)
	}
	return s.Text("status.step", append(args, "due", calendar.ShortDateTime(due, s.Lang()))...)
}

// toDo tells what the office waits for.
func toDo(s *session.Session, def *workflow.SOP, c workflow.Case) []string {
	switch {
	case mycases.AwaitsAnswer(c):
		codes := c.Asked(def)
		names := make([]string, len(codes))
		for i, code := range codes {
			names[i] = string(code)
		}
		return []string{s.Text("status.mend", "documents", strings.Join(names, ", "), "due", calendar.ShortDateTime(c.ReplyClock.Due, s.Lang()))}
	case mycases.AwaitsAgreement(def, c):
		return []string{s.Text("status.agree")}
	case mycases.AwaitsReceipt(def, c):
		return []string{s.Text("status.receive")}
	case c.Open() && c.Collected():
		return []string{s.Text("status.collect")}
	}
	return nil
}

// serviceLine is the charter's promise and what is expected.
func serviceLine(s *session.Session, c workflow.Case, p mycases.Progress) string {
	due := c.ServiceClock.Due
	if due.IsZero() {
		if c.ServiceClock.Paused() {
			return s.Text("status.service_paused")
		}
		return ""
	}
	line := s.Text("status.service", "due", calendar.ShortDate(due, s.Lang()), "left", daysLeft(s, due))
	at := p.Estimate(c, s.Env.Calendar, s.Now)
	if e := c.Expected; e != nil && !at.IsZero() && e.At.After(s.Now) {
		at = e.At // by the office's own history, and what he was told
	}
	if !at.IsZero() {
		line += " " + s.Text("status.estimate", "date", calendar.ShortDate(at, s.Lang()))
	}
	return line
}

// daysLeft counts the working days after today up to a deadline, or those by which
// it has passed.
func daysLeft(s *session.Session, due time.Time) string {
	year, month, day := s.Now.In(workflow.WIB()).Date()
	tomorrow := time.Date(year, month, day+1, 0, 0, 0, 0, workflow.WIB())
	switch n := s.Env.Calendar.WorkingDaysBetween(tomorrow, due); {
	case n > 0:
		return s.Text("status.days_left", "n", n)
	case !due.Before(s.Now):
		return s.Text("status.today")
	}
	return s.Text("status.days_late", "n", max(1, s.Env.Calendar.WorkingDaysBetween(due, tomorrow)))
}

// ticks lists what is done of what means something to an applicant: the steps
// whose end is news to him.
func ticks(s *session.Session, def *workflow.SOP, p mycases.Progress) string {
	var done []string
	for _, run := range p.Done {
		step, _ := def.Step(run.Step)
		branch, _ := step.Branch(run.Outcome)
		if branch.Tell == "" || step.Kind == workflow.KindSubmit {
			continue
		}
		done = append(done, "✓ "+s.Text("status.done."+branch.Tell)+" "+dayMonth(run.Clock.Stop, s.Lang()))
	}
	return strings.Join(done, "  ")
}

// dayMonth writes "23 Nov".
func dayMonth(at time.Time, lang workflow.Lang) string {
	_, date, _ := strings.Cut(calendar.ShortDate(at, lang), " ")
	return date
}
