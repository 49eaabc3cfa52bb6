package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/info"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
)

// run answers the message: by a command, by the open dialogue, or with the choices
// that are likeliest meant.
func run(ctx context.Context, s *session.Session) error {
	void, err := closeVoid(ctx, s)
	if err != nil {
		return err
	}
	in, stale := s.Read()
	if stale && void == "" {
		s.Say("common.stale_button")
		return s.Repeat(ctx)
	}
	if strings.HasPrefix(in.Choice, "/") {
		in.Text, in.Choice = in.Choice, ""
	}
	if in.Other != "" {
		return other(ctx, s, in.Other)
	}
	d := s.State.Open.Dialogue()
	if cmd, arg, ok := meantCommand(s, &in, d); ok {
		return runCommand(ctx, s, cmd, arg)
	}
	switch {
	case d != nil:
		return d.Answer(ctx, s, in)
	case void != "":
		s.Ask(s.Text(void), s.Likely()...)
		return nil
	}
	return notUnderstood(ctx, s, in)
}

// meantCommand finds the command that a message names. Words that are none, but begin
// a choice on offer, choose it.
func meantCommand(s *session.Session, in *session.Input, open session.Dialogue) (session.Command, string, bool) {
	if in.Choice != "" || len(in.Files) > 0 || in.Location != nil {
		return session.Command{}, "", false
	}
	if cmd, arg, ok := s.FindCommand(in.Text, open != nil); ok {
		return cmd, arg, true
	}
	if in.Choice = s.State.Menu.Begun(in.Text); strings.HasPrefix(in.Choice, "/") {
		in.Text, in.Choice = in.Choice, ""
		return s.FindCommand(in.Text, open != nil)
	}
	if p, ok := open.(session.Picker); ok && in.Choice == "" && !strings.Contains(in.Text, " ") && !p.Takes(s, in.Text) {
		if cmd, arg, ok := s.FindCommand(in.Text, false); ok || s.Officer == nil {
			return cmd, arg, ok
		}
		return s.Mistyped(in.Text)
	}
	return session.Command{}, "", false
}

// other answers a kind of message that is not understood.
func other(ctx context.Context, s *session.Session, kind string) error {
	switch kind {
	case bot.OtherGroup:
		s.Say("common.group")
		return nil
	case bot.OtherEdited:
		s.Say("common.edited")
	case bot.OtherUnreadable:
		s.Say("common.unreadable")
	case bot.OtherLost:
		if err := s.LostInbound(ctx); err != nil {
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

// runCommand checks, in this one place, that the person may use the command.
func runCommand(ctx context.Context, s *session.Session, c session.Command, arg string) error {
	allowed, err := s.May(ctx, c)
	if err != nil {
		return err
	}
	if !allowed {
		s.Say("common.not_for_you")
		return s.Repeat(ctx)
	}
	return c.Run(ctx, s, arg)
}

// notUnderstood answers what was not understood with the likeliest choices, not a lecture.
func notUnderstood(ctx context.Context, s *session.Session, in session.Input) error {
	head := "common.lost"
	if len(in.Files) > 0 {
		head = "common.file_unasked"
	}
	if s.Officer == nil && len(in.Files) == 0 {
		if guessed, err := info.Guess(ctx, s, in.Text); guessed || err != nil {
			return err
		}
	}
	if cmd, arg, ok := s.Mistyped(in.Text); ok {
		return runCommand(ctx, s, cmd, arg)
	}
	switch phrases.Of(in.Text) { //nolint:exhaustive // the others ask for something
	case phrases.Greeting, phrases.Thanks, phrases.Yes, phrases.Wait:
		head = "common.greeted"
	}
	if s.Officer != nil {
		s.Ask(s.Text(head), s.Choice("/tugas", "menu.tasks"), s.Choice("/bantuan", "menu.help"))
		return nil
	}
	return welcome(ctx, s, head)
}

// closeVoid closes a dialogue that cannot go on, since the chats were linked or
// parted meanwhile, or the officer's rights were taken away. It gives the key of what to tell, "" if none was closed.
func closeVoid(ctx context.Context, s *session.Session) (key string, err error) {
	s.KeepOwn()
	open := s.State.Open
	switch {
	case open == nil:
		return "", nil
	case !s.InChat(open, s.In.Chat):
		s.PutAside() // it is good again should the chats be parted
		key = "link.draft_moved"
	case s.Officer == nil && s.OfficersOnly(open.Name):
		key = "common.not_for_you"
	case s.Officer != nil && s.OfficersOnly(open.Name) && !s.Officer.Since(open.Begun):
		key = "staff.begin_again"
	case open.Case != "" && !s.OfficersOnly(open.Name):
		_, c, err := s.Work.Case(ctx, open.Case)
		if err != nil {
			return "", fmt.Errorf("load case: %w", err)
		}
		if !s.Owns(c) {
			key = "link.case_gone"
		}
	}
	if key != "" {
		s.End()
	}
	return key, nil
}
