package handlers

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"

	"izinbot/bot"
	"izinbot/workflow"
)

// giveUp says why a message cannot be handled.
func (t *turn) giveUp(ctx context.Context, cause error) error {
	switch {
	case errors.Is(cause, bot.ErrDeadly):
		return t.setAside(ctx)
	case bot.Lasting(cause):
		return t.lostRecord(ctx, cause)
	}
	t.say("common.failed")
	return nil
}

// lostInbound answers a message that was stored and cannot be decoded any more.
func (t *turn) lostInbound(ctx context.Context) error {
	t.say("lost.inbound")
	return t.reportLost(ctx, bot.ErrUnreadable, "inbound", "lost.admin_inbound")
}

// lostTalk tells a person that what was remembered of the chat cannot be decoded. What
// the message says is handled after that, as the first of the chat.
func (t *turn) lostTalk(ctx context.Context) error {
	t.say("lost.talk")
	return t.reportLost(ctx, bot.ErrUnreadable, "conversation", "lost.admin_talk")
}

// lostRecord answers a message for which something was needed that cannot be read.
func (t *turn) lostRecord(ctx context.Context, cause error) error {
	t.say("lost.record")
	what := "data"
	if refused, ok := errors.AsType[*workflow.Error](cause); ok && refused.Field != "" {
		what = refused.Field
	} else if errors.Is(cause, fs.ErrNotExist) {
		what = "berkas"
	}
	return t.reportLost(ctx, cause, what, "lost.admin_record", "what", what)
}

// lostUpload reports a stored upload that cannot be read.
func (t *turn) lostUpload(ctx context.Context, f bot.File, cause error) error {
	return t.reportLost(ctx, cause, "upload "+f.Key, "lost.admin_record", "what", "berkas masuk")
}

// setAside answers a message at which the program ended again and again.
func (t *turn) setAside(ctx context.Context) error {
	t.say("lost.deadly")
	return t.tellAdmins(ctx, "lost.admin_deadly", "number", t.in.Seq, "channel", t.in.Chat.Channel())
}

// reportLost logs that stored data cannot be read, and writes to the admins with the turn.
func (t *turn) reportLost(ctx context.Context, cause error, what, key string, args ...any) error {
	t.app.Log.ErrorContext(ctx, "stored data cannot be read",
		slog.String("what", what), slog.Int64("message", t.in.Seq), slog.Any("reason", cause))
	return t.tellAdmins(ctx, key, args...)
}

// tellAdmins writes to the admins with the turn. If they cannot be found because stored
// data cannot be read, the log alone has it.
func (t *turn) tellAdmins(ctx context.Context, key string, args ...any) error {
	text := t.app.Texts.Say(workflow.Indonesian, key, args...)
	_, err := t.mailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, bot.Message{Text: text, Lang: string(workflow.Indonesian)})
	if bot.Lasting(forPort(err)) {
		return nil
	}
	return err
}

// loadForFailure is load where even the person may be unreadable: then the chat is
// answered in Indonesian, and nothing is saved but that the message is handled.
func (t *turn) loadForFailure(ctx context.Context, conv bot.Conversation) error {
	forgotten, err := t.load(ctx, conv)
	if err == nil && forgotten {
		return t.lostTalk(ctx)
	}
	if err == nil || !bot.Lasting(forPort(err)) {
		return err
	}
	t.persons, t.replies, t.mail = nil, nil, nil
	t.officer, t.person = nil, workflow.Person{Lang: workflow.Indonesian}
	return nil
}
