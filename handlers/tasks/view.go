package tasks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// View shows a case and begins what the officer can do with it. Behind the case's number may
// stand a step: that of the task from whose news the case is opened.
func View(ctx context.Context, s *session.Session, arg string) error {
	arg, told, _ := strings.Cut(arg, " ")
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	s.PutAside()
	s.Send(bot.Message{Text: caseHead(s, def, c)})
	if no, err := strconv.Atoi(told); err == nil && no != c.Step {
		done, ok := passed(s, c, no)
		if ok {
			s.SayText(done)
			return viewOnly(ctx, s, def, c, presentTask(ctx, s, def, c)...)
		}
	}
	role := c.WaitsFor(def)
	if _, err := s.Acting(ctx, def, role); err != nil || role == "" {
		if workflow.CodeOf(err) == workflow.CodeStoodIn {
			return errors.Join(s.Refuse(err), viewOnly(ctx, s, def, c, s.Choice("/plh", "menu.stand_in")))
		}
		return viewOnly(ctx, s, def, c)
	}
	if h := c.Holder; heldByOther(s, c) {
		s.Say("refused.taken", "by", h.By.Shown(), "at", calendar.ShortDateTime(h.At, s.Lang()), "field", "")
		return viewOnly(ctx, s, def, c)
	}
	step, _ := def.Step(c.Step)
	if step.Kind == workflow.KindVisit && c.Stage == workflow.StageWork && c.Visit == nil {
		return viewOnly(ctx, s, def, c, s.Choice("/kunjungan "+string(c.ID), "visit.begin")) // to look is not to set out
	}
	if work := s.Env.Work(c, step); work != nil {
		return work.Begin(ctx, s, c, step)
	}
	return viewOnly(ctx, s, def, c)
}

// passed tells who did a step that the case has left, when, and with what result; false if nobody did.
func passed(s *session.Session, c workflow.Case, no int) (string, bool) {
	for _, run := range slices.Backward(c.Trail) {
		if run.Step == no {
			result := ""
			if run.Outcome != workflow.OutcomeNext {
				result = strings.ReplaceAll(string(run.Outcome), "_", " ")
			}
			return s.Text("case.passed", "result", result, "no", no, "by", run.By.Shown(), "at", calendar.ShortDateTime(run.Clock.Stop, s.Lang())), true
		}
	}
	return "", false
}

// presentTask offers to open a case where it is now, if it waits for the officer there.
func presentTask(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case) []session.Choice {
	if _, err := s.Acting(ctx, def, c.WaitsFor(def)); err != nil || heldByOther(s, c) {
		return nil
	}
	return []session.Choice{s.Choice("/buka "+string(c.ID), "menu.open_now")}
}

// heldByOther tells whether a colleague has the case's task.
func heldByOther(s *session.Session, c workflow.Case) bool {
	return c.Holder != nil && c.Holder.By.Officer != s.Officer.ID
}

// viewOnly offers what may be looked at where there is nothing to do.
func viewOnly(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, items ...session.Choice) error {
	step, _ := def.Step(c.Step)
	items = append(items, s.Choice("/berkas "+string(c.ID), "menu.documents"), s.Choice("/isian "+string(c.ID), "menu.answers"))
	if len(c.Letters) > 0 {
		items = append(items, s.Choice("/surat "+string(c.ID), "menu.letters"))
	}
	if c.Open() && step.Kind == workflow.KindReceive {
		items = append(items, s.Choice("/serah "+string(c.ID), "menu.counter"))
	}
	if c.End == workflow.EndUnanswered {
		items = append(items, s.Choice("/bukalagi "+string(c.ID), "menu.reopen"))
	}
	if c.Open() && c.Stage == workflow.StageApprove {
		return s.Env.Work(c, step).Begin(ctx, s, c, step)
	}
	roles, err := s.Roles(ctx)
	if err != nil {
		return err
	}
	if session.OverseesIdentity(def, roles) {
		items = append(items, s.Choice("/siapa "+string(c.ID), "menu.viewings"))
	}
	items = append(items, s.Choice("/tugas", "menu.tasks"))
	s.Ask(s.Text("case.view_only"), items...)
	return nil
}

// caseHead is a case in a few lines for officers.
func caseHead(s *session.Session, def *workflow.SOP, c workflow.Case) string {
	var b strings.Builder
	line := func(key string, args ...any) { b.WriteString(s.Text(key, args...) + "\n") }
	line("case.head", "case", string(c.ID), "body", c.Named(def, workflow.MeansBody))
	step, _ := def.Step(c.Step)
	switch {
	case !c.Open():
		line("case.ended", "end", s.Text("end."+c.End), "at", calendar.Date(c.Ended, s.Lang()))
	case c.StepClock.Due.IsZero():
		line("case.step_paused", "no", c.Step, "step", step.Name(s.Lang()))
	default:
		line("case.step", "no", c.Step, "step", step.Name(s.Lang()), "role", s.FieldName(string(c.WaitsFor(def))),
			"due", calendar.ShortDateTime(c.StepClock.Due, s.Lang()), "left", wording.Left(s, c.StepClock.Due, step.Time.Unit))
	}
	if !c.ServiceClock.Due.IsZero() {
		line("case.service", "due", calendar.ShortDate(c.ServiceClock.Due, s.Lang()), "left", wording.Left(s, c.ServiceClock.Due, workflow.Day))
	}
	if c.Agenda != nil {
		line("case.agenda", "number", c.Agenda.Text)
		_, number := meant(def, c, workflow.MeansLetterNumber)
		f, day := meant(def, c, workflow.MeansLetterDate)
		line("case.own_letter", "number", cmp.Or(number, "–"), "date", cmp.Or(wording.Shown(s, f, day), "–"))
	}
	for _, means := range []workflow.Meaning{workflow.MeansCountry, workflow.MeansField, workflow.MeansSite} {
		if f, value := meant(def, c, means); value != "" {
			b.WriteString(f.Label.In(s.Lang()) + ": " + workflow.WithOriginal(wording.Shown(s, f, value), c.Originals[f.Key]) + "\n")
		}
	}
	if c.Return != nil {
		line("case.returned", "by", c.Return.By.Shown(), "note", c.Return.Text)
	}
	return strings.TrimSpace(b.String())
}

// Answers shows all that the applicant answered.
func Answers(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	text, err := FormAnswers(ctx, s, def, c)
	if err != nil {
		return err
	}
	return s.Tell(ctx, text, s.Choice("/buka "+string(c.ID), "menu.open"), s.Choice("/berkas "+string(c.ID), "menu.documents"))
}

func meant(def *workflow.SOP, c workflow.Case, m workflow.Meaning) (workflow.Field, string) {
	for _, f := range def.Form {
		if f.Meaning == m {
			return f, c.Form[f.Key]
		}
	}
	return workflow.Field{}, ""
}

// Documents sends what the applicant sent: the list, or one document of it.
func Documents(ctx context.Context, s *session.Session, arg string) error {
	arg, code, _ := strings.Cut(arg, " ")
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	if d, sent := c.Document(workflow.DocCode(strings.ToUpper(code))); sent {
		return SendDocument(ctx, s, def, c, d)
	}
	roles, err := s.Roles(ctx)
	if err != nil {
		return err
	}
	sees := slices.ContainsFunc(roles, def.SeesIdentity)
	var items []session.Choice
	var b strings.Builder
	b.WriteString(s.Text("case.documents", "case", string(c.ID)))
	for _, d := range c.Documents {
		doc, _ := def.Document(d.Code)
		fmt.Fprintf(&b, "\n%s %s %s", wording.VerdictMark(d), d.Code, doc.Name.In(s.Lang()))
		if !sees && personal(s, def, d.Code) {
			b.WriteString(" " + s.Text("identity.mark"))
		} else {
			items = append(items, session.Choice{ID: "/berkas " + string(c.ID) + " " + string(d.Code), Label: string(d.Code)})
		}
	}
	s.Ask(b.String(), items...)
	return nil
}

// SendDocument sends the files of one document. One that identifies a person goes only
// to officers who need it; others are told who can open it.
func SendDocument(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, d workflow.Document) error {
	doc, _ := def.Document(d.Code)
	text := string(d.Code) + " " + doc.Name.In(s.Lang())
	if personal(s, def, d.Code) {
		shown, err := disclose(ctx, s, def, c.ID, string(d.Code))
		if err != nil {
			return err
		}
		if !shown {
			s.Ask(s.Text("identity.withheld", "doc", string(d.Code), "roles", whoMay(s, def, def.SeesIdentity)),
				s.Choice("/berkas "+string(c.ID), "menu.documents"))
			return nil
		}
		text += "\n" + s.Text("identity.recorded")
	}
	if d.Expiry != "" {
		text += "\n" + s.Text("check.valid_until", "date", wording.Expiry(s, d.Expiry))
	}
	if active := wording.ActiveParts(s, d.Files); active != "" {
		text += "\n" + active
	}
	if d.Verdict != nil && !d.Verdict.OK {
		text += "\n" + s.Text("check.wrong_because", "reason", d.Verdict.Reason)
	}
	s.Send(bot.Message{Text: text, Files: wording.Attachments(d.Files...)})
	return nil
}
