package session

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"izinbot/workflow"
)

// PastQuestion tells which case a question was about, so that its buttons can still be understood
// when it is over.
type PastQuestion struct {
	Nonce string          `json:"nonce"` // of its menu
	Case  workflow.CaseID `json:"case"`
	Step  int             `json:"step"`
}

// mostPast is the number of past questions that a chat remembers.
const mostPast = 20

// notePast remembers the case of the present question.
func (s *State) notePast() {
	if s.Open == nil || s.Open.Case == "" || len(s.Past) > 0 && s.Past[len(s.Past)-1].Nonce == s.Menu.Nonce {
		return
	}
	s.Past = append(s.Past, PastQuestion{s.Menu.Nonce, s.Open.Case, s.Open.Step})
	s.Past = s.Past[max(0, len(s.Past)-mostPast):]
}

// pastQuestion gives the question that the pressed or quoted choice belongs to.
func (s *Session) pastQuestion() (PastQuestion, bool) {
	choice := s.In.Choice
	if choice == "" && len(s.In.Asked) > 0 {
		choice = s.In.Asked[0].ID
	}
	nonce, _, _ := strings.Cut(choice, ":")
	i := slices.IndexFunc(s.State.Past, func(q PastQuestion) bool { return q.Nonce == nonce })
	if i < 0 {
		return PastQuestion{}, false
	}
	return s.State.Past[i], true
}

// answerStale answers a choice of a question that is over. Where nothing else is open, the case that
// it was about is shown: its step is opened if it is still the person's, else he is told what became
// of it. Where something is, that case is offered besides.
func (s *Session) answerStale(ctx context.Context) error {
	s.Say("common.stale_button")
	q, ok := s.pastQuestion()
	if open := s.State.Open; !ok || open != nil && open.Case == q.Case {
		return s.Repeat(ctx)
	}
	name, arg := "status", string(q.Case)
	if s.Officer != nil {
		name, arg = "buka", arg+" "+strconv.Itoa(q.Step)
	}
	if s.State.Open != nil {
		label := s.Text("menu.status")
		if s.Officer != nil {
			label = s.Text("form.show_case", "case", string(q.Case))
		}
		s.Meant = append(s.Meant, Choice{ID: "/" + name + " " + arg, Label: label})
		return s.Repeat(ctx)
	}
	c, arg, ok := s.named(name, arg)
	if !ok {
		return nil
	}
	return s.RunCommand(ctx, c, arg)
}
