package handlers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// dialogueFill is the name of the dialogue in a chat's state.
const dialogueFill = "fill"

// fill is the form of a step that makes letters: terbitkan, koordinasi, draf and
// rekomendasi. The officer answers the step's fields, sees the letter, and sends
// it on its way.
type fill struct{}

// Ids of the choices of a filled form.
const (
	fillSend    = "send"
	fillPreview = "preview"
	fillEdit    = "edit"
)

// load gives the case if it is still where the form began, with the step.
func (fill) load(ctx context.Context, t *turn) (*workflow.SOP, workflow.Case, workflow.Step, bool, error) {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return nil, c, workflow.Step{}, false, err
	}
	step, _ := def.Step(c.Step)
	return def, c, step, true, nil
}

// form is the step's form with what is known already offered as answers.
func (fill) form(t *turn, c workflow.Case, step workflow.Step) form {
	return form{fields: asked(step, t.data().Outcome), check: visitDay(t, step), prefill: func(f workflow.Field) string {
		switch {
		case f.Meaning == workflow.MeansValidUntil:
			return c.ValidAtMost()
		case f.Type == workflow.FieldReasons && c.Recommendation != nil:
			return c.Recommendation.Fields[f.Key]
		}
		return ""
	}}
}

// visitDay refuses the days of a visit that no order can name: one that has passed,
// and none at all.
func visitDay(t *turn, step workflow.Step) func(workflow.Field, string) string {
	return func(f workflow.Field, value string) string {
		switch {
		case f.Meaning == workflow.MeansVisitDay && value < t.now.In(workflow.WIB()).Format(time.DateOnly):
			return t.text("fill.day_passed", "field", f.Label.In(t.lang()), "date", t.shown(f, value))
		case step.Kind == workflow.KindCoordinate && f.Type == workflow.FieldNumber && value == "0":
			return t.text("fill.at_least_one", "field", f.Label.In(t.lang()))
		}
		return ""
	}
}

// asked gives the fields of a step that an outcome needs: a recommendation needs no
// reasons for a yes, and no conditions for a no.
func asked(step workflow.Step, outcome workflow.Outcome) []workflow.Field {
	unneeded := map[workflow.Outcome]workflow.FieldType{
		workflow.OutcomeRecommended:    workflow.FieldReasons,
		workflow.OutcomeNotRecommended: workflow.FieldList,
	}
	return slices.DeleteFunc(slices.Clone(step.Fields), func(f workflow.Field) bool {
		return f.Optional && f.Type == unneeded[outcome]
	})
}

// claimAndFill takes the task, so that no colleague fills in the same form, and
// begins it.
func claimAndFill(ctx context.Context, t *turn, c workflow.Case, step workflow.Step) error {
	if c.Holder == nil {
		if _, ok, err := t.do(ctx, c.ID, step.Role, workflow.Claim{}, workflow.ProofNone); err != nil || !ok {
			return err
		}
	}
	return t.startFill(ctx, c, step)
}

// startFill begins the form. A draft that came back starts with what it held.
func (t *turn) startFill(ctx context.Context, c workflow.Case, step workflow.Step) error {
	t.begin(dialogueFill, func(d *Data) {
		d.Case, d.Step = c.ID, c.Step
		if len(step.Letters) == 0 || c.Return == nil {
			return
		}
		if l, ok := c.Letter(workflow.LetterID(step.Letters[0])); ok {
			d.Answers = maps.Clone(l.Fields)
			delete(d.Answers, workflow.TeamNamesField)
			for _, f := range step.Fields {
				if d.Answers[f.Key] == "" && f.Optional {
					d.skip(f.Key)
				}
			}
		}
	})
	return t.askAgain(ctx)
}

func (k fill) ask(ctx context.Context, t *turn) error {
	def, c, step, ok, err := k.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	d := t.data()
	if step.Kind == workflow.KindRecommend && d.Outcome == "" {
		t.ask(t.text("fill.outcome"), t.item("o."+string(workflow.OutcomeRecommended), "fill.recommended"),
			t.item("o."+string(workflow.OutcomeNotRecommended), "fill.not_recommended"))
		return nil
	}
	if d.At == fillEdit {
		var items []Item
		for _, f := range asked(step, d.Outcome) {
			items = append(items, Item{ID: "f." + f.Key, Label: f.Label.In(t.lang())})
		}
		t.ask(t.text("form.which"), items...)
		return nil
	}
	if asked, err := k.form(t, c, step).ask(ctx, t); asked || err != nil {
		return err
	}
	return k.askSend(ctx, t, def, step)
}

// askSend shows what was filled in and asks whether it may go.
func (k fill) askSend(ctx context.Context, t *turn, def *workflow.SOP, step workflow.Step) error {
	var b strings.Builder
	if len(step.Letters) == 0 {
		b.WriteString(t.text("fill.no_letter", "activity", step.Activity))
	}
	for _, kind := range step.Letters {
		ld, _ := def.Letter(kind)
		if kind == workflow.LetterRetribution && def.Tariff == 0 {
			b.WriteString(t.text("fill.no_tariff") + "\n")
			continue
		}
		b.WriteString(t.text("fill.letter", "letter", ld.Title) + "\n")
	}
	if o := t.data().Outcome; o != "" {
		b.WriteString(t.text("fill.outcome_is", "outcome", t.text("outcome."+string(o))) + "\n")
	}
	answers, err := t.namedTeam(ctx, step.Fields)
	if err != nil {
		return err
	}
	if s := t.summary(step.Fields, answers); s != "" {
		b.WriteString(s + "\n")
	}
	k.offerSend(t, b.String(), def, step)
	return nil
}

// offerSend asks whether what was filled in may go.
func (fill) offerSend(t *turn, shown string, def *workflow.SOP, step workflow.Step) {
	items := []Item{t.item(fillSend, "fill.send")}
	if len(step.Letters) > 0 && (step.Letters[0] != workflow.LetterRetribution || def.Tariff > 0) {
		items = append(items, t.item(fillPreview, "fill.preview"))
	}
	if len(step.Fields) > 0 {
		items = append(items, t.item(fillEdit, "fill.edit"))
	}
	question := shown + "\n" + t.text("fill.send_"+string(step.Kind))
	t.ask(strings.TrimSpace(question), append(items, t.item("/batal", "menu.later"))...)
}

func (k fill) answer(ctx context.Context, t *turn, in input) error {
	def, c, step, ok, err := k.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	d := t.data()
	if key, picked := strings.CutPrefix(in.choice, "f."); picked {
		d.At, d.Edit = "", key
		return k.ask(ctx, t)
	}
	if step.Kind == workflow.KindRecommend && d.Outcome == "" {
		d.Outcome = workflow.Outcome(strings.TrimPrefix(in.choice, "o."))
		if !slices.Contains(step.Kind.Outcomes(), d.Outcome) {
			d.Outcome = ""
			t.say("common.choose")
		}
		return k.ask(ctx, t)
	}
	f := k.form(t, c, step)
	if _, open := f.next(d); open && d.At != fillEdit {
		if err := f.answer(ctx, t, in); err != nil {
			return err
		}
		return k.ask(ctx, t)
	}
	switch in.choice {
	case fillSend:
		return k.send(ctx, t, def, c, step)
	case fillPreview:
		return k.preview(ctx, t, def, c, step)
	case fillEdit:
		d.At = fillEdit
		return k.ask(ctx, t)
	}
	t.say("common.choose")
	return k.ask(ctx, t)
}

func (k fill) back(ctx context.Context, t *turn) error {
	_, c, step, ok, err := k.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	t.data().At = ""
	if !k.form(t, c, step).back(t.data()) {
		t.data().Outcome = ""
	}
	return k.ask(ctx, t)
}

// act makes the act of the step from what was filled in.
func (fill) act(ctx context.Context, t *turn, def *workflow.SOP, step workflow.Step) (workflow.Act, error) {
	d := t.data()
	switch step.Kind {
	case workflow.KindCoordinate:
		team, err := t.team(ctx, def, step, d.Answers)
		return workflow.Propose{Fields: d.Answers, Team: team}, err
	case workflow.KindDraft:
		return workflow.Draft{Fields: d.Answers}, nil
	case workflow.KindRecommend:
		return workflow.Recommend{Outcome: d.Outcome, Fields: d.Answers}, nil
	case workflow.KindIssue, workflow.KindSubmit, workflow.KindCheck, workflow.KindVisit, workflow.KindInitial,
		workflow.KindSign, workflow.KindNumber, workflow.KindDeliver, workflow.KindReceive:
	}
	return workflow.Issue{Fields: d.Answers}, nil
}

// team gives the officers named in the form as the letters print them.
func (t *turn) team(ctx context.Context, def *workflow.SOP, step workflow.Step, answers workflow.Answers) ([]workflow.Actor, error) {
	var team []workflow.Actor
	for _, f := range step.Fields {
		if f.Type != workflow.FieldOfficers {
			continue
		}
		rd, _ := def.RoleDef(f.Role)
		for id := range strings.FieldsSeq(answers[f.Key]) {
			o, err := t.app.Store.Officer(ctx, workflow.OfficerID(id))
			if err != nil {
				return nil, fmt.Errorf("load team member: %w", err)
			}
			member, err := o.As(f.Role, rd.Title, nil, t.now)
			if err != nil {
				return nil, err
			}
			team = append(team, member)
		}
	}
	return team, nil
}

func (k fill) send(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, step workflow.Step) error {
	act, err := k.act(ctx, t, def, step)
	if err != nil {
		return t.refuse(err)
	}
	if step.Kind == workflow.KindDraft || step.Kind == workflow.KindRecommend {
		if ok, err := k.acceptable(ctx, t, def, c, step, act); err != nil || !ok {
			return err
		}
		return t.confirm(ctx, Pending{Role: step.Role, Case: c.ID, Command: workflow.Command{Act: act}})
	}
	result, ok, err := t.do(ctx, c.ID, step.Role, act, workflow.ProofNone)
	if err != nil {
		return err
	}
	if !ok {
		return k.askSend(ctx, t, def, step)
	}
	t.end()
	t.done(result.Case, act)
	return t.nextTask(ctx)
}

// decide tells what sending would lead to, with stand-ins for the register numbers
// that are reserved only then.
func (k fill) decide(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, step workflow.Step, act workflow.Act) (workflow.Decision, error) {
	actor, err := t.acting(ctx, def, step.Role)
	if err != nil {
		return workflow.Decision{}, err
	}
	numbers := map[workflow.LetterID]workflow.Number{}
	for _, kind := range step.Letters {
		ld, _ := def.Letter(kind)
		numbers[workflow.LetterID(kind)] = workflow.Number{Register: ld.Register, Seq: 1, Text: t.text("fill.number_later")}
	}
	return t.work.Preview(ctx, c.ID, workflow.Command{Actor: actor, Act: act, Proof: workflow.ProofTOTP, Numbers: numbers})
}

// acceptable tells what is wrong before a one-time code is asked for.
func (k fill) acceptable(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, step workflow.Step, act workflow.Act) (bool, error) {
	_, err := k.decide(ctx, t, def, c, step, act)
	if err == nil {
		return true, nil
	}
	if err := t.refuseField(err); err != nil {
		return false, err
	}
	return false, k.askSend(ctx, t, def, step)
}

// preview sends the letters as they would become.
func (k fill) preview(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, step workflow.Step) error {
	act, err := k.act(ctx, t, def, step)
	if err != nil {
		return t.refuse(err)
	}
	d, err := k.decide(ctx, t, def, c, step, act)
	if err != nil {
		if err := t.refuseField(err); err != nil {
			return err
		}
		return k.askSend(ctx, t, def, step)
	}
	var files []workflow.File
	for _, id := range d.Redraw {
		l, _ := d.Case.Letter(id)
		l.Status = workflow.LetterDraft
		file, err := t.app.Desk.Draw(ctx, def, d.Case.Derive(t.app.Calendar), l, letters.Archive)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	t.reply(bot.Message{Text: t.text("fill.previewed"), Files: attachments(files...)})
	k.offerSend(t, "", def, step)
	return nil
}

// refuseField tells a refusal of a date that outlives the papers in its own words.
func (t *turn) refuseField(err error) error {
	e := asRefusal(err)
	if e != nil && e.Code == workflow.CodeInvalid && e.At != "" {
		t.say("fill.outlives", "field", t.fieldName(e.Field), "latest", t.shown(workflow.Field{Type: workflow.FieldDate}, e.At))
		return nil
	}
	return t.refuse(err)
}

// namedTeam gives the answers with officers by name.
func (t *turn) namedTeam(ctx context.Context, fields []workflow.Field) (workflow.Answers, error) {
	answers := maps.Clone(t.data().Answers)
	for _, f := range fields {
		if f.Type != workflow.FieldOfficers || answers[f.Key] == "" {
			continue
		}
		var names []string
		for id := range strings.FieldsSeq(answers[f.Key]) {
			o, err := t.app.Store.Officer(ctx, workflow.OfficerID(id))
			if err != nil {
				return nil, fmt.Errorf("load team member: %w", err)
			}
			names = append(names, o.Name)
		}
		answers[f.Key] = strings.Join(names, ", ")
	}
	return answers, nil
}
