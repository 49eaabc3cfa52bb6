package compose

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// Composition is the form of a step that makes letters: terbitkan, koordinasi, draf and
// rekomendasi. The officer answers the step's fields, sees the letter, and sends
// it on its way.
type Composition struct {
	form.State

	At      string           `json:"at,omitempty"` // choiceEdit while a field to answer anew is picked
	Outcome workflow.Outcome `json:"outcome,omitempty"`
}

// Name implements [session.Dialogue].
func (*Composition) Name() string { return "fill" }

// Ids of the choices of a filled form.
const (
	choiceSend    = "send"
	choicePreview = "preview"
	choiceEdit    = "edit"

	choiceField   session.Keyed[string]           = "f"
	choiceOutcome session.Keyed[workflow.Outcome] = "o"
)

// load gives the case if it is still where the form began, with the step.
func (k *Composition) load(ctx context.Context, s *session.Session) (*workflow.SOP, workflow.Case, workflow.Step, error) {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return nil, c, workflow.Step{}, err
	}
	step, _ := def.Step(c.Step)
	return def, c, step, nil
}

// form is the step's form with what is known already offered as answers.
func (k *Composition) form(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step) form.Form {
	return form.Form{Fields: asked(step, k.Outcome), Check: visitDay(s, step), Prefill: func(f workflow.Field) string {
		switch {
		case f.Meaning == workflow.MeansValidUntil:
			return c.ValidAtMost()
		case f.Meaning == workflow.MeansVisitDay:
			return nextWorkingDay(s)
		case f.Type == workflow.FieldOfficers:
			return smallTeam(ctx, s, f.Role)
		case f.Type == workflow.FieldReasons:
			return c.ProposedReasons(def, s.Now)
		case f.Key == workflow.ProvisionsField && f.Type == workflow.FieldList:
			return c.ProposedProvisions(f.Default)
		}
		return ""
	}}
}

// nextWorkingDay gives the day that is proposed for a visit.
func nextWorkingDay(s *session.Session) string {
	for day := s.Now.AddDate(0, 0, 1); day.Before(s.Now.AddDate(0, 1, 0)); day = day.AddDate(0, 0, 1) {
		if s.Env.Calendar.IsWorkingDay(day) {
			return day.In(workflow.WIB()).Format(time.DateOnly)
		}
	}
	return ""
}

// mostProposed is the size up to which a team is proposed as a whole.
const mostProposed = 3

// smallTeam proposes all who hold a role, if they are few. If they cannot be read they are not
// proposed; the question lists them or fails.
func smallTeam(ctx context.Context, s *session.Session, role workflow.Role) string {
	list, err := form.Holders(ctx, s, role)
	if err != nil || len(list) > mostProposed {
		return ""
	}
	ids := make([]string, len(list))
	for i, o := range list {
		ids[i] = string(o.ID)
	}
	return strings.Join(ids, "\n")
}

// visitDay refuses the days of a visit that no order can name: one that has passed,
// and none at all.
func visitDay(s *session.Session, step workflow.Step) func(workflow.Field, string) string {
	return func(f workflow.Field, value string) string {
		switch {
		case f.Meaning == workflow.MeansVisitDay && value < s.Now.In(workflow.WIB()).Format(time.DateOnly):
			return s.Text("fill.day_passed", "field", f.Label.In(s.Lang()), "date", wording.Shown(s, f, value))
		case step.Kind == workflow.KindCoordinate && f.Type == workflow.FieldNumber && value == "0":
			return s.Text("fill.at_least_one", "field", f.Label.In(s.Lang()))
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

// Begin implements [session.Work]. A draft that came back starts with what it held.
func (k *Composition) Begin(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step) error {
	if len(step.Letters) > 0 && c.Return != nil {
		k.takeOver(c, step)
	}
	return s.BeginAt(ctx, k, c.ID, c.Step)
}

// takeOver answers the form with what the returned letter says.
func (k *Composition) takeOver(c workflow.Case, step workflow.Step) {
	l, ok := c.Letter(workflow.LetterID(step.Letters[0]))
	if !ok {
		return
	}
	k.Answers = maps.Clone(l.Fields)
	delete(k.Answers, workflow.TeamNamesField)
	for _, f := range step.Fields {
		if k.Answers[f.Key] == "" && f.Optional {
			k.Skip(f.Key)
		}
	}
}

// Ask implements [session.Dialogue].
func (k *Composition) Ask(ctx context.Context, s *session.Session) error {
	def, c, step, err := k.load(ctx, s)
	if err != nil {
		return err
	}
	if step.Kind == workflow.KindRecommend && k.Outcome == "" {
		s.Ask(s.Text("fill.outcome"), s.Choice(choiceOutcome.ID(workflow.OutcomeRecommended), "fill.recommended"),
			s.Choice(choiceOutcome.ID(workflow.OutcomeNotRecommended), "fill.not_recommended"))
		return nil
	}
	if k.At == choiceEdit {
		var items []session.Choice
		for _, f := range asked(step, k.Outcome) {
			items = append(items, session.Choice{ID: choiceField.ID(f.Key), Label: f.Label.In(s.Lang())})
		}
		s.Ask(s.Text("form.which"), items...)
		return nil
	}
	if asked, err := k.form(ctx, s, def, c, step).Ask(ctx, s, &k.State); asked || err != nil {
		return err
	}
	return k.askSend(ctx, s, def, c, step)
}

// askSend shows what was filled in and asks whether it may go.
func (k *Composition) askSend(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step) error {
	var b strings.Builder
	b.WriteString(recommended(s, c, step))
	if len(step.Letters) == 0 {
		b.WriteString(s.Text("fill.no_letter", "activity", step.Name(s.Lang())))
	}
	for _, kind := range step.Letters {
		ld, _ := def.Letter(kind)
		if kind == workflow.LetterRetribution && def.Tariff == 0 {
			b.WriteString(s.Text("fill.no_tariff") + "\n")
			continue
		}
		b.WriteString(s.Text("fill.letter", "letter", ld.Title) + "\n")
	}
	if o := k.Outcome; o != "" {
		b.WriteString(s.Text("fill.outcome_is", "outcome", s.Text("outcome."+string(o))) + "\n")
	}
	answers, err := k.namedTeam(ctx, s, step.Fields)
	if err != nil {
		return err
	}
	if s := wording.Summary(s, step.Fields, answers, nil); s != "" {
		b.WriteString(s + "\n")
	}
	k.offerSend(s, b.String(), def, step)
	return nil
}

// recommended is what the Tim Teknis recommended, for steps that rest on it: the outcome and its
// conditions.
func recommended(s *session.Session, c workflow.Case, step workflow.Step) string {
	r := c.Recommendation
	if r == nil || step.Kind != workflow.KindIssue && step.Kind != workflow.KindDraft {
		return ""
	}
	lines := []string{s.Text("fill.rests_on", "outcome", s.Text("outcome."+string(r.Outcome)))}
	lines = append(lines, c.Conditions()...)
	return strings.Join(lines, "\n- ") + "\n\n"
}

// offerSend asks whether what was filled in may go.
func (k *Composition) offerSend(s *session.Session, shown string, def *workflow.SOP, step workflow.Step) {
	items := []session.Choice{s.Choice(choiceSend, "fill.send")}
	if len(step.Letters) > 0 && (step.Letters[0] != workflow.LetterRetribution || def.Tariff > 0) {
		items = append(items, s.Choice(choicePreview, "fill.preview"))
	}
	if len(step.Fields) > 0 {
		items = append(items, s.Choice(choiceEdit, "fill.edit"))
	}
	question := shown + "\n" + s.Text("fill.send_"+string(step.Kind))
	s.Ask(strings.TrimSpace(question), append(items, s.Choice("/batal", "menu.later"))...)
}

// Answer implements [session.Dialogue]. The first answer that is taken claims the task, so that
// no colleague fills in the same form: to look at it claims nothing.
func (k *Composition) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, step, err := k.load(ctx, s)
	if err != nil {
		return err
	}
	if h := c.Holder; h != nil && h.By.Officer != s.Officer.ID {
		s.End()
		return s.Refuse(&workflow.Error{Code: workflow.CodeTaken, By: h.By.Shown(), At: h.At.Format(time.RFC3339)})
	}
	before, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("encode form: %w", err)
	}
	if err := k.answer(ctx, s, def, c, step, in); err != nil {
		return err
	}
	after, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("encode form: %w", err)
	}
	if sent := s.Work.Touched(c.ID); c.Holder != nil || sent || bytes.Equal(before, after) {
		return nil
	}
	_, err = s.Do(ctx, c.ID, step.Role, workflow.Claim{}, workflow.ProofNone)
	return err
}

func (k *Composition) answer(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step, in session.Input) error {
	if key, picked := choiceField.Parse(in.Choice); picked {
		k.At, k.Edit = "", key
		return k.Ask(ctx, s)
	}
	if step.Kind == workflow.KindRecommend && k.Outcome == "" {
		if o, ok := choiceOutcome.Parse(in.Choice); ok && slices.Contains(step.Kind.Outcomes(), o) {
			k.Outcome = o
		} else {
			s.Say("common.choose")
		}
		return k.Ask(ctx, s)
	}
	f := k.form(ctx, s, def, c, step)
	if _, open := f.Next(&k.State); open && k.At != choiceEdit {
		if err := f.Answer(ctx, s, &k.State, in); err != nil {
			return err
		}
		return k.Ask(ctx, s)
	}
	switch in.Choice {
	case choiceSend:
		return k.send(ctx, s, def, c, step)
	case choicePreview:
		return k.preview(ctx, s, def, c, step)
	case choiceEdit:
		k.At = choiceEdit
		return k.Ask(ctx, s)
	}
	return s.Choose(ctx)
}

// TakesWords implements [session.WordsTaker].
func (k *Composition) TakesWords(ctx context.Context, s *session.Session, text string) bool {
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil || c.Step != s.State.Open.Step || k.At == choiceEdit {
		return false
	}
	step, _ := def.Step(c.Step)
	return (step.Kind != workflow.KindRecommend || k.Outcome != "") && k.form(ctx, s, def, c, step).TakesWords(&k.State, text)
}

// Back implements [session.Backer].
func (k *Composition) Back(ctx context.Context, s *session.Session) error {
	def, c, step, err := k.load(ctx, s)
	if err != nil {
		return err
	}
	k.At = ""
	if !k.form(ctx, s, def, c, step).Back(&k.State) {
		k.Outcome = ""
	}
	return k.Ask(ctx, s)
}
