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

// Survey asks how the service was, after the end: nine elements one by one and an
// optional remark (Permenpan RB 14/2017).
type Survey struct{ form.State }

const choiceScore session.Numbered = "s"

// Name implements [session.Dialogue].
func (*Survey) Name() string { return "survey" }

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
	return s.BeginAt(ctx, new(Survey), c.ID, c.Step)
}

// element gives the element to ask about, from 1; 0 once all have a score.
func (k *Survey) element() int {
	for n := 1; n <= workflow.SurveyElements; n++ {
		if k.Answers[strconv.Itoa(n)] == "" {
			return n
		}
	}
	return 0
}

// Ask implements [session.Dialogue].
func (k *Survey) Ask(_ context.Context, s *session.Session) error {
	n := k.element()
	if n == 0 {
		s.Ask(s.Text("survey.comment"), s.Choice(form.ChoiceSkip, "survey.no_comment"))
		return nil
	}
	var items []session.Choice
	for score := workflow.WorstScore; score <= workflow.BestScore; score++ {
		items = append(items, s.Choice(choiceScore.ID(score), "survey.score."+strconv.Itoa(score)))
	}
	s.Ask(s.Text("survey.element", "n", n, "total", workflow.SurveyElements,
		"element", s.Text("survey.elements."+strconv.Itoa(n))), items...)
	return nil
}

// Answer implements [session.Dialogue].
func (k *Survey) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	n := k.element()
	if n == 0 {
		return k.remark(ctx, s, in)
	}
	score, ok := choiceScore.Parse(in.Choice)
	if !ok {
		return s.Choose(ctx)
	}
	k.Set(strconv.Itoa(n), strconv.Itoa(score))
	return k.Ask(ctx, s)
}

// remark takes the remark or its absence, and hands the answers in.
func (k *Survey) remark(ctx context.Context, s *session.Session, in session.Input) error {
	act := workflow.Survey{}
	if in.Choice != form.ChoiceSkip {
		note, ok := form.Opinion(s, in)
		if !ok {
			return k.Ask(ctx, s)
		}
		act.Comment = note
	}
	for i := range act.Scores {
		score, err := strconv.Atoi(k.Answers[strconv.Itoa(i+1)])
		if err != nil {
			return k.Ask(ctx, s)
		}
		act.Scores[i] = score
	}
	id := s.State.Open.Case
	s.Typed("comment")
	s.End()
	_, err := s.DoAsApplicant(ctx, id, act)
	if err != nil {
		return err
	}
	s.Ask(s.Text("survey.thanks"), s.Likely()...)
	return nil
}

// TakesWords implements [session.WordsTaker].
func (k *Survey) TakesWords(context.Context, *session.Session, string) bool { return k.element() == 0 }

// Back asks about the element before.
func (k *Survey) Back(ctx context.Context, s *session.Session) error {
	n := k.element()
	switch n {
	case 0:
		n = workflow.SurveyElements + 1
	case 1:
		s.Say("common.cannot_go_back")
		return k.Ask(ctx, s)
	}
	delete(k.Answers, strconv.Itoa(n-1))
	return k.Ask(ctx, s)
}
