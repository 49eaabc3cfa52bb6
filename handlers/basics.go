package handlers

import (
	"context"
	"slices"
	"strings"

	"izinbot/handlers/apply"
	"izinbot/handlers/mycases"
	"izinbot/handlers/review"
	"izinbot/handlers/session"
	"izinbot/handlers/visit"
	"izinbot/handlers/wording"
)

// help tells in the middle of a dialogue how to go on there, and else what can be
// done here.
func help(ctx context.Context, s *session.Session, arg string) error {
	if s.State.Open == nil {
		return helpAll(ctx, s, arg)
	}
	key := "help.here_other"
	switch {
	case s.State.Open.Name == mycases.Application:
		key = "help.here"
	case s.Env.Dialogues[s.State.Open.Name].OfficersOnly:
		key = "help.here_officer"
	}
	s.Say(key, "ways", wording.Ways(s))
	return s.Repeat(ctx)
}

// helpAll lists the commands that the person may use.
func helpAll(ctx context.Context, s *session.Session, _ string) error {
	var b strings.Builder
	b.WriteString(s.Text("help.head"))
	commands, err := s.Commands(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(commands, func(a, b session.Command) int { return rank(a) - rank(b) })
	for _, c := range commands {
		b.WriteString("\n/" + c.NameIn(s.Lang()))
		if c.Args != "" {
			b.WriteString(" " + s.Text(c.Args))
		}
		b.WriteString(" – " + s.Text("help."+c.Name))
	}
	b.WriteString("\n\n" + s.Text("help.foot"))
	s.Ask(b.String(), s.Likely()...)
	return s.Repeat(ctx)
}

// rank puts an officer's own commands before those that everybody has.
func rank(c session.Command) int {
	switch {
	case c.Officers:
		return 1
	case slices.ContainsFunc(basicCommands(), func(common session.Command) bool { return common.Name == c.Name }):
		return 0
	}
	return 2
}

// cancel leaves the open dialogue; what is half filled in is kept, and so is what was
// recorded of a visit.
func cancel(_ context.Context, s *session.Session, _ string) error {
	if s.State.Open == nil {
		s.Ask(s.Text("common.nothing_to_cancel"), s.Likely()...)
		return nil
	}
	key := "common.cancelled"
	switch d := s.State.Open.Dialogue().(type) {
	case *apply.Application:
		key = "common.put_aside"
	case *apply.Clarification:
		if d.Started() {
			key = "mend.put_aside"
		}
	case *visit.FieldVisit:
		key = "visit.put_aside"
	case *review.Check:
		key = "check.put_aside"
	}
	s.PutAside()
	s.Ask(s.Text(key), s.Likely()...)
	return nil
}

func goBack(ctx context.Context, s *session.Session, _ string) error {
	d := s.State.Open.Dialogue()
	if d == nil {
		s.Ask(s.Text("common.nothing_to_go_back"), s.Likely()...)
		return nil
	}
	if b, ok := d.(session.Backer); ok {
		return b.Back(ctx, s)
	}
	s.Say("common.cannot_go_back")
	return d.Ask(ctx, s)
}
