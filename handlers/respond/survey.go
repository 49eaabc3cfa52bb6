package respond

import (
	"context"
	"strconv"

	"izinbot/handlers/form"
	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// DialogueSurvey is the name of the dialogue in a chat's state.
const DialogueSurvey = "survey"

// Survey asks how the service was, after the end: nine elements one by one and an
// optional remark (Permenpan RB 14/2017).
type Survey struct{}

// offerSurvey asks, after lead, whether the person wants to say how it was.
func offerSurvey(s *session.Session, lead string, c workflow.Case) {
	s.Ask(wording.Remarked(lead, s.Text("survey.offer", "n", workflow.SurveyElements)),
		s.Choice("/survei "+string(c.ID), "survey.start"), s.Choice("/mulai", "survey.decline"))
}

// BeginSurvey asks the questions of the survey about a case that has ended.
func BeginSurvey(ctx context.Context, s *session.Session, arg string) error {
	c, err := mycases.OwnCase(ctx, s, arg, "survei", func(_ *workflow.SOP, c workflow.Case) bool { return !c.Open() && c.Survey == nil })
	if err != nil {
		return err
	}
	if c.Open() || c.Survey != nil {
		s.Ask(s.Text("own.none.survei"), s.Choice("/status "+string(c.ID), "menu.status"))
		return s.Repeat(ctx)
	}
	s.Begin(DialogueSurvey, func(d *session.Data) { d.Case = c.ID })
	return s.Repeat(ctx)
}

// element gives the element to ask about, from 1; 0 once all have a score.
func (Survey) element(d *session.Data) int {
	for n := 1; n <= workflow.SurveyElements; n++ {
		if d.Answers[strconv.Itoa(n)] == "" {
			return n
		}
	}
	return 0
}

// Ask implements [session.Dialogue].
func (k Survey) Ask(_ context.Context, s *session.Session) error {
	n := k.element(s.Data())
	if n == 0 {
		s.Ask(s.Text("survey.comment"), s.Choice(form.ChoiceSkip, "survey.no_comment"))
		return nil
	}
	var items []session.Choice
	for score := workflow.WorstScore; score <= workflow.BestScore; score++ {
		items = append(items, s.Choice("s."+strconv.Itoa(score), "survey.score."+strconv.Itoa(score)))
	}
	s.Ask(s.Text("survey.element", "n", n, "total", workflow.SurveyElements,
		"element", s.Text("survey.elements."+strconv.Itoa(n))), items...)
	return nil
}

// Answer implements [session.Dialogue].
func (k Survey) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	d := s.Data()
	n := k.element(d)
	if n == 0 {
		return k.remark(ctx, s, in)
	}
	kind, score := form.PickedNumber(in.Choice)
	if kind != "s" {
		s.Say("common.choose")
		return k.Ask(ctx, s)
	}
	d.Set(strconv.Itoa(n), strconv.Itoa(score))
	return k.Ask(ctx, s)
}

// remark takes the remark or its absence, and hands the answers in.
func (k Survey) remark(ctx context.Context, s *session.Session, in session.Input) error {
	d := s.Data()
	act := workflow.Survey{}
	if in.Choice != form.ChoiceSkip {
		note, ok := form.Words(s, in.Text)
		if !ok {
			return k.Ask(ctx, s)
		}
		act.Comment = note
	}
	for i := range act.Scores {
		score, err := strconv.Atoi(d.Answers[strconv.Itoa(i+1)])
		if err != nil {
			return k.Ask(ctx, s)
		}
		act.Scores[i] = score
	}
	s.End()
	_, err := s.DoAsApplicant(ctx, d.Case, act)
	if err != nil {
		return err
	}
	s.Ask(s.Text("survey.thanks"), s.Likely()...)
	return nil
}

// Back asks about the element before.
func (k Survey) Back(ctx context.Context, s *session.Session) error {
	d := s.Data()
	n := k.element(d)
	switch n {
	case 0:
		n = workflow.SurveyElements + 1
	case 1:
		s.Say("common.cannot_go_back")
		return k.Ask(ctx, s)
	}
	delete(d.Answers, strconv.Itoa(n-1))
	return k.Ask(ctx, s)
}
