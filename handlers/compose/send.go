package compose

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
)

// act makes the act of the step from what was filled in.
func (k *Composition) act(ctx context.Context, s *session.Session, def *workflow.SOP, step workflow.Step) (workflow.Act, error) {
	switch step.Kind {
	case workflow.KindCoordinate:
		team, err := team(ctx, s, def, step, k.Answers)
		return workflow.Propose{Fields: k.Answers, Team: team}, err
	case workflow.KindDraft:
		return workflow.Draft{Fields: k.Answers}, nil
	case workflow.KindRecommend:
		return workflow.Recommend{Outcome: k.Outcome, Fields: k.Answers}, nil
	case workflow.KindIssue, workflow.KindSubmit, workflow.KindCheck, workflow.KindVisit, workflow.KindInitial,
		workflow.KindSign, workflow.KindNumber, workflow.KindDeliver, workflow.KindReceive:
	}
	return workflow.Issue{Fields: k.Answers}, nil
}

// team gives the officers named in the form as the letters print them.
func team(ctx context.Context, s *session.Session, def *workflow.SOP, step workflow.Step, answers workflow.Answers) ([]workflow.Actor, error) {
	var team []workflow.Actor
	for _, f := range step.Fields {
		if f.Type != workflow.FieldOfficers {
			continue
		}
		rd, _ := def.RoleDef(f.Role)
		for id := range strings.FieldsSeq(answers[f.Key]) {
			o, err := s.Env.Store.Officer(ctx, workflow.OfficerID(id))
			if err != nil {
				return nil, fmt.Errorf("load team member: %w", err)
			}
			member, err := o.As(f.Role, rd.Title, nil, s.Now)
			if err != nil {
				return nil, err
			}
			team = append(team, member)
		}
	}
	return team, nil
}

func (k *Composition) send(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step) error {
	act, err := k.act(ctx, s, def, step)
	if err != nil {
		return s.Refuse(err)
	}
	if step.Kind == workflow.KindDraft || step.Kind == workflow.KindRecommend {
		if ok, err := k.acceptable(ctx, s, def, c, step, act); err != nil || !ok {
			return err
		}
		return tasks.Confirm(ctx, s, tasks.Pending{Role: step.Role, Case: c.ID, Command: workflow.Command{Act: act}})
	}
	err = tasks.Finish(ctx, s, c.ID, step.Role, act)
	if errors.Is(err, session.ErrAnswered) {
		return k.askSend(ctx, s, def, c, step)
	}
	return err
}

// namedTeam gives the answers with officers by name.
func (k *Composition) namedTeam(ctx context.Context, s *session.Session, fields []workflow.Field) (workflow.Answers, error) {
	answers := maps.Clone(k.Answers)
	for _, f := range fields {
		if f.Type != workflow.FieldOfficers || answers[f.Key] == "" {
			continue
		}
		var names []string
		for id := range strings.FieldsSeq(answers[f.Key]) {
			o, err := s.Env.Store.Officer(ctx, workflow.OfficerID(id))
			if err != nil {
				return nil, fmt.Errorf("load team member: %w", err)
			}
			names = append(names, o.Name)
		}
		answers[f.Key] = strings.Join(names, ", ")
	}
	return answers, nil
}
