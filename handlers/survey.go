package handlers

import (
	"context"
	"strconv"

	"izinbot/workflow"
)

// dialogueSurvey is the name of the dialogue in a chat's state.
const dialogueSurvey = "survey"

// survey asks how the service was, after the end: nine elements one by one and an
// optional remark (sop.md rule 12; Permenpan RB 14/2017).
type survey struct{}

// offerSurvey asks, after lead, whether the person wants to say how it was.
func (t *turn) offerSurvey(lead string, c workflow.Case) {
	t.ask(remarked(lead, t.text("survey.offer", "n", workflow.SurveyElements)),
		t.item("/survei "+string(c.ID), "survey.start"), t.item("/mulai", "survey.decline"))
}

func surveyCommand(ctx context.Context, t *turn, arg string) error {
	c, ok, err := t.ownCase(ctx, arg, "survei", func(_ *workflow.SOP, c workflow.Case) bool { return !c.Open() && c.Survey == nil })
	if err != nil || !ok {
		return err
	}
	if c.Open() || c.Survey != nil {
		t.ask(t.text("own.none.survei"), t.item("/status "+string(c.ID), "menu.status"))
		return t.askAgain(ctx)
	}
	t.begin(dialogueSurvey, func(d *Data) { d.Case = c.ID })
	return t.askAgain(ctx)
}

// element gives the element to ask about, from 1; 0 once all have a score.
func (survey) element(d *Data) int {
	for n := 1; n <= workflow.SurveyElements; n++ {
		if d.Answers[strconv.Itoa(n)] == "" {
			return n
		}
	}
	return 0
}

func (k survey) ask(_ context.Context, t *turn) error {
	n := k.element(t.data())
	if n == 0 {
		t.ask(t.text("survey.comment"), t.item(choiceSkip, "survey.no_comment"))
		return nil
	}
	var items []Item
	for score := workflow.WorstScore; score <= workflow.BestScore; score++ {
		items = append(items, t.item("s."+strconv.Itoa(score), "survey.score."+strconv.Itoa(score)))
	}
	t.ask(t.text("survey.element", "n", n, "total", workflow.SurveyElements,
		"element", t.text("survey.elements."+strconv.Itoa(n))), items...)
	return nil
}

func (k survey) answer(ctx context.Context, t *turn, in input) error {
	d := t.data()
	n := k.element(d)
	if n == 0 {
		return k.remark(ctx, t, in)
	}
	kind, score := pickedNumber(in.choice)
	if kind != "s" {
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	d.set(strconv.Itoa(n), strconv.Itoa(score))
	return k.ask(ctx, t)
}

// remark takes the remark or its absence, and hands the answers in.
func (k survey) remark(ctx context.Context, t *turn, in input) error {
	d := t.data()
	act := workflow.Survey{}
	if in.choice != choiceSkip {
		note, ok := t.words(in.text)
		if !ok {
			return k.ask(ctx, t)
		}
		act.Comment = note
	}
	for i := range act.Scores {
		score, err := strconv.Atoi(d.Answers[strconv.Itoa(i+1)])
		if err != nil {
			return k.ask(ctx, t)
		}
		act.Scores[i] = score
	}
	t.end()
	_, ok, err := t.doApplicant(ctx, d.Case, act)
	if err != nil || !ok {
		return err
	}
	t.ask(t.text("survey.thanks"), t.likely()...)
	return nil
}

// back asks about the element before.
func (k survey) back(ctx context.Context, t *turn) error {
	d := t.data()
	n := k.element(d)
	switch n {
	case 0:
		n = workflow.SurveyElements + 1
	case 1:
		t.say("common.cannot_go_back")
		return k.ask(ctx, t)
	}
	delete(d.Answers, strconv.Itoa(n-1))
	return k.ask(ctx, t)
}
