package session

import (
	"context"
	"fmt"
	"strings"

	"izinbot/bot"
)

// answer answers the message: by a command, by the open dialogue, or with the choices
// that are likeliest meant.
func (s *Session) answer(ctx context.Context) error {
	void, err := s.closeVoid(ctx)
	if err != nil {
		return err
	}
	in, stale := s.read()
	if stale && void == "" {
		return s.answerStale(ctx)
	}
	if strings.HasPrefix(in.Choice, "/") {
		in.Text, in.Choice = in.Choice, ""
	}
	if in.Other != "" {
		return s.other(ctx, in.Other)
	}
	d := s.State.Open.Dialogue()
	if d == nil {
		d = s.sequel().Dialogue() // for its files
	}
	if cmd, arg, ok := s.captioned(ctx, in, d); ok {
		if !cmd.Files {
			s.Say("common.file_beside")
		}
		return s.RunCommand(ctx, cmd, arg)
	}
	d = s.State.Open.Dialogue()
	if cmd, arg, ok := s.meantCommand(&in, d); ok {
		return s.RunCommand(ctx, cmd, arg)
	}
	if d == nil && void == "" {
		d = s.takeSequel(ctx, in)
	}
	switch {
	case d != nil && s.greets(in, d):
		return s.Repeat(ctx)
	case d != nil:
		if err := s.gather(ctx, d, &in); err != nil {
			return err
		}
		if done, err := s.replaced(ctx, d, in); done || err != nil {
			return err
		}
		return d.Answer(ctx, s, in)
	case void != "":
		s.Ask(s.Text(void), s.Likely()...)
		return nil
	}
	return s.Env.NotUnderstood(ctx, s, in)
}

// meantCommand finds the command that a message names. Words that are none, but begin
// a choice on offer, choose it.
func (s *Session) meantCommand(in *Input, open Dialogue) (Command, string, bool) {
	if in.Choice != "" || len(in.Files) > 0 || in.Location != nil {
		return Command{}, "", false
	}
	if s.Officer != nil {
		in.Choice = s.State.Menu.opened(in.Text) // "setuju" for "Setujui", before the command of applicants
	}
	if cmd, arg, ok := s.findCommand(in.Text, open != nil); ok && in.Choice == "" {
		return cmd, arg, true
	}
	if in.Choice == "" {
		in.Choice = s.State.Menu.begun(in.Text)
	}
	if strings.HasPrefix(in.Choice, "/") {
		in.Text, in.Choice = in.Choice, ""
		return s.findCommand(in.Text, open != nil)
	}
	if p, ok := open.(Picker); ok && in.Choice == "" && !strings.Contains(in.Text, " ") && !p.Takes(s, in.Text) {
		if cmd, arg, ok := s.findCommand(in.Text, false); ok || s.Officer == nil {
			return cmd, arg, ok
		}
		return s.Mistyped(in.Text)
	}
	return Command{}, "", false
}

// captioned finds the command that stands below files which the open question does not take.
func (s *Session) captioned(ctx context.Context, in Input, open Dialogue) (Command, string, bool) {
	taker, ok := open.(FileTaker)
	if len(in.Files) == 0 || in.Text == "" || ok && taker.TakesFiles(ctx, s) {
		return Command{}, "", false
	}
	return s.findCommand(in.Text, open != nil)
}

// other answers a kind of message that is not understood.
func (s *Session) other(ctx context.Context, kind string) error {
	switch kind {
	case bot.OtherGroup:
		s.Say("common.group")
		return nil
	case bot.OtherEdited:
		return s.edited(ctx)
	case bot.OtherUnreadable:
		s.Say("common.unreadable")
	case bot.OtherLost:
		if err := s.lostInbound(ctx); err != nil {
			return err
		}
	case bot.OtherViewOnce:
		s.Say("common.view_once")
	case bot.OtherContact:
		s.Say("common.foreign_contact")
	default:
		s.Say("common.other_kind")
	}
	return s.Repeat(ctx)
}

// RunCommand checks, in this one place, that the person may use the command.
func (s *Session) RunCommand(ctx context.Context, c Command, arg string) error {
	allowed, err := s.may(ctx, c)
	if err != nil {
		return err
	}
	if !allowed {
		s.Say("common.not_for_you")
		return s.Repeat(ctx)
	}
	return c.Run(ctx, s, arg)
}

// closeVoid closes a dialogue that cannot go on, since the chats were linked or
// parted meanwhile, or the officer's rights were taken away. It gives the key of what to tell, "" if none was closed.
func (s *Session) closeVoid(ctx context.Context) (key string, err error) {
	s.keepOwn()
	open := s.State.Open
	switch {
	case open == nil:
		return "", nil
	case !s.inChat(open, s.In.Chat):
		s.PutAside() // it is good again should the chats be parted
		key = "link.draft_moved"
	case s.Officer == nil && s.officersOnly(open.Name):
		key = "common.not_for_you"
	case s.Officer != nil && s.officersOnly(open.Name) && !s.Officer.Since(open.Begun):
		key = "staff.begin_again"
	case open.Case != "" && !s.officersOnly(open.Name):
		_, c, err := s.Work.Case(ctx, open.Case)
		if err != nil {
			return "", fmt.Errorf("load case: %w", err)
		}
		if !s.Person.Is(c.Applicant) {
			key = "link.case_gone"
		}
	}
	if key != "" {
		s.End()
	}
	return key, nil
}

// officersOnly tells whether a dialogue is one that only officers have.
func (s *Session) officersOnly(name string) bool { return s.Env.Dialogues[name].OfficersOnly }
