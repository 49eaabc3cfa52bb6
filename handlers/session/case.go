package session

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// StepCase gives the case of the open dialogue. ErrAnswered: it has left the step at which
// the dialogue began.
func (s *Session) StepCase(ctx context.Context) (*workflow.SOP, workflow.Case, error) {
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil {
		return nil, c, err
	}
	if c.Step != s.State.Open.Step || !c.Open() {
		by, at := "", ""
		if m, ok := movedBy(c, s.State.Open); ok {
			by, at = m.By.Shown(), s.when(m.At.Format(time.RFC3339))
		}
		s.End()
		s.Ask(s.Text("case.moved_on", "case", string(c.ID), "by", by, "at", at), s.Choice("/tugas", "menu.tasks"))
		return def, c, ErrAnswered
	}
	return def, c, nil
}

// movedBy tells who took the case on from the step of a dialogue since that began.
func movedBy(c workflow.Case, d *Stored) (workflow.Mark, bool) {
	for _, run := range slices.Backward(c.Trail) {
		if run.Step == d.Step && !run.Clock.Stop.Before(d.Begun) {
			return workflow.Mark{By: run.By, At: run.Clock.Stop}, true
		}
	}
	if c.Asker != d.Step {
		return workflow.Mark{}, false
	}
	asked, ok := c.Letter(workflow.MakeLetterID(workflow.LetterClarification, c.Round))
	return asked.Made, ok
}

// Unreadable tells whether one case, or its procedure, cannot be read, and logs why: a
// list is shown without it. That the time for the message is over is no such fault.
func (s *Session) Unreadable(ctx context.Context, id workflow.CaseID, err error) bool {
	if err == nil || ctx.Err() != nil {
		return false
	}
	s.Env.Log.ErrorContext(ctx, "case cannot be read", slog.String("case", string(id)), slog.Any("error", err))
	return true
}

// CaseNamed finds the case that a command is about: the one named, or the one of the
// open dialogue. ErrAnswered: there is none, or it cannot be read.
func (s *Session) CaseNamed(ctx context.Context, arg string) (def *workflow.SOP, c workflow.Case, err error) {
	if arg == "" && s.State.Open != nil {
		arg = string(s.State.Open.Case)
	}
	if arg == "" {
		s.Ask(s.Text("case.which"), s.Choice("/tugas", "menu.tasks"))
		return nil, c, ErrAnswered
	}
	id, err := s.readCase(ctx, arg)
	if err != nil {
		return nil, c, err
	}
	def, c, err = s.Work.Case(ctx, id)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		s.Say("case.unknown", "case", string(id))
		return nil, c, ErrAnswered
	}
	if s.Unreadable(ctx, id, err) {
		s.Ask(s.Text("case.unreadable", "case", string(id)), s.Choice("/tugas", "menu.tasks"))
		return nil, c, ErrAnswered
	}
	return def, c, err
}

// readCase reads a case's number. ErrAnswered: it is mistyped, which was told.
func (s *Session) readCase(ctx context.Context, typed string) (workflow.CaseID, error) {
	id, err := workflow.ParseCaseID(typed)
	if err == nil {
		return id, nil
	}
	meant, err := s.MeantCase(ctx, typed)
	switch {
	case err != nil:
		return "", err
	case meant != "":
		s.Ask(s.Text("case.slip", "typed", typed, "meant", string(meant)), Choice{ID: "/buka " + string(meant), Label: string(meant)})
	default:
		s.Ask(s.Text("case.mistyped", "typed", texts.Cut(typed, 40)), s.Choice("/tugas", "menu.tasks"))
	}
	return "", ErrAnswered
}

// mostSlips is the number of likely numbers that are looked up for a wrong one.
const mostSlips = 20

// MeantCase gives the case that a mistyped number most likely stands for, "" for none: one
// that there is, and of which this person may hear, an applicant of his own alone.
func (s *Session) MeantCase(ctx context.Context, typed string) (workflow.CaseID, error) {
	slips := workflow.LikelySlips(strings.ToUpper(typed), s.Now)
	for _, id := range slips[:min(len(slips), mostSlips)] {
		_, c, err := s.Work.Case(ctx, id)
		switch {
		case workflow.CodeOf(err) == workflow.CodeNotFound:
			continue
		case err != nil:
			return "", fmt.Errorf("look up a likely number: %w", err)
		case s.Officer != nil || s.Person.Is(c.Applicant):
			return id, nil
		}
	}
	return "", nil
}
