package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/inspect"
)

// caseArg finds the case that a command is about: the one named, or the one of the
// open dialogue. ok is false if there is none; that was told then.
func (t *turn) caseArg(ctx context.Context, arg string) (def *workflow.SOP, c workflow.Case, ok bool, err error) {
	if arg == "" && t.state.Open != nil {
		arg = string(t.state.Open.Case)
	}
	if arg == "" {
		t.ask(t.text("case.which"), t.item("/tugas", "menu.tasks"))
		return nil, c, false, nil
	}
	id, ok := t.readCase(arg)
	if !ok {
		return nil, c, false, nil
	}
	def, c, err = t.work.Case(ctx, id)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		t.say("case.unknown", "case", string(id))
		return nil, c, false, nil
	}
	if t.unreadable(ctx, id, err) {
		t.ask(t.text("case.unreadable", "case", string(id)), t.item("/tugas", "menu.tasks"))
		return nil, c, false, nil
	}
	return def, c, err == nil, err
}

// readCase reads a case's number; a mistyped one is told.
func (t *turn) readCase(typed string) (workflow.CaseID, bool) {
	id, err := workflow.ParseCaseID(typed)
	if err != nil {
		t.ask(t.text("case.mistyped", "typed", texts.Cut(typed, 40)), t.item("/tugas", "menu.tasks"))
	}
	return id, err == nil
}

// view shows a case and begins what the officer can do with it.
func view(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	t.putAside()
	t.reply(bot.Message{Text: t.caseHead(def, c)})
	role := c.WaitsFor(def)
	if _, err := t.acting(ctx, def, role); err != nil || role == "" {
		return t.viewOnly(ctx, def, c)
	}
	if h := c.Holder; h != nil && h.By.Officer != t.officer.ID {
		t.say("refused.taken", "by", h.By.Shown(), "at", calendar.ShortDateTime(h.At, t.lang()), "field", "")
		return t.viewOnly(ctx, def, c)
	}
	return t.beginWork(ctx, def, c)
}

// beginWork begins the dialogue of the step's kind.
func (t *turn) beginWork(ctx context.Context, def *workflow.SOP, c workflow.Case) error {
	step, _ := def.Step(c.Step)
	if begin, ok := t.app.work[step.Kind]; ok {
		return begin(ctx, t, c, step)
	}
	return t.viewOnly(ctx, def, c)
}

// beginStep begins a dialogue about the step where a case is.
func (t *turn) beginStep(ctx context.Context, name string, c workflow.Case) error {
	t.begin(name, func(d *Data) { d.Case, d.Step = c.ID, c.Step })
	return t.askAgain(ctx)
}

// viewOnly offers what may be looked at where there is nothing to do.
func (t *turn) viewOnly(ctx context.Context, def *workflow.SOP, c workflow.Case) error {
	step, _ := def.Step(c.Step)
	items := []Item{t.item("/berkas "+string(c.ID), "menu.documents"), t.item("/isian "+string(c.ID), "menu.answers")}
	if len(c.Letters) > 0 {
		items = append(items, t.item("/surat "+string(c.ID), "menu.letters"))
	}
	if c.Open() && step.Kind == workflow.KindReceive {
		items = append(items, t.item("/serah "+string(c.ID), "menu.counter"))
	}
	if c.End == workflow.EndUnanswered {
		items = append(items, t.item("/bukalagi "+string(c.ID), "menu.reopen"))
	}
	if c.Open() && c.Stage == workflow.StageApprove {
		return t.app.work[workflow.KindVisit](ctx, t, c, step)
	}
	roles, err := t.roles(ctx)
	if err != nil {
		return err
	}
	if overseesIdentity(def, roles) {
		items = append(items, t.item("/siapa "+string(c.ID), "menu.viewings"))
	}
	items = append(items, t.item("/tugas", "menu.tasks"))
	t.ask(t.text("case.view_only"), items...)
	return nil
}

// caseHead is a case in a few lines for officers.
func (t *turn) caseHead(def *workflow.SOP, c workflow.Case) string {
	var b strings.Builder
	line := func(key string, args ...any) { b.WriteString(t.text(key, args...) + "\n") }
	line("case.head", "case", string(c.ID), "body", c.Form.Of(def.Form, workflow.MeansBody))
	step, _ := def.Step(c.Step)
	switch {
	case !c.Open():
		line("case.ended", "end", t.text("end."+c.End), "at", calendar.Date(c.Ended, t.lang()))
	case c.StepClock.Due.IsZero():
		line("case.step_paused", "no", c.Step, "step", step.Activity)
	default:
		line("case.step", "no", c.Step, "step", step.Activity, "role", t.fieldName(string(c.WaitsFor(def))),
			"due", calendar.ShortDateTime(c.StepClock.Due, t.lang()), "left", t.left(c.StepClock.Due, step.Time.Unit))
	}
	if !c.ServiceClock.Due.IsZero() {
		line("case.service", "due", calendar.ShortDate(c.ServiceClock.Due, t.lang()), "left", t.left(c.ServiceClock.Due, workflow.Day))
	}
	for _, means := range []workflow.Meaning{workflow.MeansCountry, workflow.MeansField, workflow.MeansSite} {
		if f, value := meant(def, c, means); value != "" {
			b.WriteString(f.Label.In(t.lang()) + ": " + t.shown(f, value) + "\n")
		}
	}
	if c.Return != nil {
		line("case.returned", "by", c.Return.By.Shown(), "note", c.Return.Text)
	}
	return strings.TrimSpace(b.String())
}

// answers shows all that the applicant answered.
func answers(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	text, err := t.formAnswers(ctx, def, c)
	if err != nil {
		return err
	}
	if t.state.Open != nil {
		t.remark(text)
		return t.askAgain(ctx)
	}
	t.ask(text, t.item("/buka "+string(c.ID), "menu.open"), t.item("/berkas "+string(c.ID), "menu.documents"))
	return nil
}

func meant(def *workflow.SOP, c workflow.Case, m workflow.Meaning) (workflow.Field, string) {
	for _, f := range def.Form {
		if f.Meaning == m {
			return f, c.Form[f.Key]
		}
	}
	return workflow.Field{}, ""
}

// documents sends what the applicant sent: the list, or one document of it.
func documents(ctx context.Context, t *turn, arg string) error {
	arg, code, _ := strings.Cut(arg, " ")
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	if d, sent := c.Document(workflow.DocCode(strings.ToUpper(code))); sent {
		return t.sendDocument(ctx, def, c, d)
	}
	roles, err := t.roles(ctx)
	if err != nil {
		return err
	}
	sees := slices.ContainsFunc(roles, def.SeesIdentity)
	var items []Item
	var b strings.Builder
	b.WriteString(t.text("case.documents", "case", string(c.ID)))
	for _, d := range c.Documents {
		doc, _ := def.Document(d.Code)
		fmt.Fprintf(&b, "\n%s %s %s", verdictMark(d), d.Code, doc.Name.In(t.lang()))
		if !sees && t.personal(def, d.Code) {
			b.WriteString(" " + t.text("identity.mark"))
		} else {
			items = append(items, Item{ID: "/berkas " + string(c.ID) + " " + string(d.Code), Label: string(d.Code)})
		}
	}
	t.ask(b.String(), items...)
	return nil
}

// sendDocument sends the files of one document. One that identifies a person goes only
// to officers who need it; others are told who can open it.
func (t *turn) sendDocument(ctx context.Context, def *workflow.SOP, c workflow.Case, d workflow.Document) error {
	doc, _ := def.Document(d.Code)
	text := string(d.Code) + " " + doc.Name.In(t.lang())
	if t.personal(def, d.Code) {
		shown, err := t.disclose(ctx, def, c.ID, string(d.Code))
		if err != nil {
			return err
		}
		if !shown {
			t.ask(t.text("identity.withheld", "doc", string(d.Code), "roles", t.whoMay(def, def.SeesIdentity)),
				t.item("/berkas "+string(c.ID), "menu.documents"))
			return nil
		}
		text += "\n" + t.text("identity.recorded")
	}
	if d.Expiry != "" {
		text += "\n" + t.text("check.valid_until", "date", t.shown(workflow.Field{Type: workflow.FieldDate}, d.Expiry))
	}
	if active := t.activeParts(d.Files); active != "" {
		text += "\n" + active
	}
	if d.Verdict != nil && !d.Verdict.OK {
		text += "\n" + t.text("check.wrong_because", "reason", d.Verdict.Reason)
	}
	t.reply(bot.Message{Text: text, Files: attachments(d.Files...)})
	return nil
}

// activeParts warns of the parts of the files that a reader acts upon; "" if there is
// nothing.
func (t *turn) activeParts(files []workflow.File) string {
	var parts []string
	for _, f := range files {
		for code := range strings.FieldsSeq(f.Active) {
			if part := t.text("active." + code); !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return t.text("check.active", "parts", strings.Join(parts, ", "))
}

// letterList sends the letters of a case.
func letterList(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	if len(c.Letters) == 0 {
		t.say("case.no_letters", "case", string(c.ID))
		return nil
	}
	for _, l := range c.Letters {
		ld, _ := def.Letter(l.Kind)
		number := ""
		if l.Number != nil {
			number = " · " + l.Number.Text
		}
		t.reply(bot.Message{Text: ld.Title + number + " · " + t.text("letter."+string(l.Status)), Files: attachments(l.File, l.Archive)})
	}
	return nil
}

// attachments are kept files as they are sent. Names kept by earlier versions may
// have another ending than the file's type wants.
func attachments(files ...workflow.File) []bot.Attachment {
	var out []bot.Attachment
	for _, f := range files {
		if f.SHA256 != "" {
			out = append(out, bot.Attachment{Key: f.SHA256, Name: inspect.FileName(f.Name, f.Type), Type: f.Type, Size: f.Size})
		}
	}
	return out
}

func verdictMark(d workflow.Document) string {
	switch {
	case d.Verdict == nil:
		return "○"
	case d.Verdict.OK:
		return "✓"
	}
	return "✗"
}
