package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// giveUp tells the person why the message cannot be handled.
func (s *Session) giveUp(ctx context.Context, cause error) error {
	switch {
	case errors.Is(cause, bot.ErrDeadly):
		return s.setAside(ctx)
	case bot.Lasting(cause):
		return s.lostRecord(ctx, cause)
	}
	s.Say("common.failed")
	return nil
}

// lostInbound answers a message that was stored and cannot be decoded any more.
func (s *Session) lostInbound(ctx context.Context) error {
	s.Say("lost.inbound")
	return s.ReportLost(ctx, bot.ErrUnreadable, "inbound", "lost.admin_inbound")
}

// lostTalk tells a person that what was remembered of the chat cannot be decoded. What
// the message says is handled after that, as the first of the chat.
func (s *Session) lostTalk(ctx context.Context) error {
	s.Say("lost.talk")
	return s.ReportLost(ctx, bot.ErrUnreadable, "conversation", "lost.admin_talk")
}

// lostRecord answers a message for which something was needed that cannot be read.
func (s *Session) lostRecord(ctx context.Context, cause error) error {
	s.Say("lost.record")
	what := "data"
	if refused, ok := errors.AsType[*workflow.Error](cause); ok && refused.Field != "" {
		what = refused.Field
	} else if errors.Is(cause, fs.ErrNotExist) {
		what = "berkas"
	}
	return s.ReportLost(ctx, cause, what, "lost.admin_record", "what", what)
}

// setAside answers a message at which the program ended again and again.
func (s *Session) setAside(ctx context.Context) error {
	s.Say("lost.deadly")
	return s.tellAdmins(ctx, "lost.admin_deadly", "number", s.In.Seq, "channel", s.In.Chat.Channel())
}

// ReportLost logs that stored data cannot be read, and tells the admins.
func (s *Session) ReportLost(ctx context.Context, cause error, what, key string, args ...any) error {
	s.Env.Log.ErrorContext(ctx, "stored data cannot be read",
		slog.String("what", what), slog.Int64("message", s.In.Seq), slog.Any("reason", cause))
	return s.tellAdmins(ctx, key, args...)
}

// tellAdmins writes to the admins with the session's other effects. If they cannot be found because stored
// data cannot be read, the log alone has it.
func (s *Session) tellAdmins(ctx context.Context, key string, args ...any) error {
	text := s.Env.Texts.Say(workflow.Indonesian, key, args...)
	_, err := s.MailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, bot.Message{Text: text, Lang: string(workflow.Indonesian)})
	if bot.Lasting(ForPort(err)) {
		return nil
	}
	return err
}

// loadForFailure is [Session.load] for a message that is given up. Even the person may be
// unreadable: then the chat is answered in Indonesian, and nothing is saved but that the
// message is handled.
func (s *Session) loadForFailure(ctx context.Context, conv bot.Conversation) error {
	forgotten, err := s.load(ctx, conv)
	if err == nil && forgotten {
		return s.lostTalk(ctx)
	}
	if err == nil || !bot.Lasting(ForPort(err)) {
		return err
	}
	s.Write, s.replies = Write{}, nil
	s.Officer, s.Person = nil, store.Person{Lang: workflow.Indonesian}
	return nil
}

// ForPort says in the words of the chat port what a store said that is no fault of
// the message.
func ForPort(err error) error {
	code := workflow.CodeOf(err)
	if code == workflow.CodeFenced {
		return fmt.Errorf("%w: %w", bot.ErrNotActive, err)
	}
	if code == workflow.CodeDamaged {
		return fmt.Errorf("%w: %w", bot.ErrUnreadable, err)
	}
	if code == workflow.CodeUnavailable {
		return fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
	}
	return err
}
