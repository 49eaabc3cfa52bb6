package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/bot"
)

// run answers the message: by a command, by the open dialogue, or with the choices
// that are likeliest meant.
func run(ctx context.Context, t *turn) error {
	void, err := closeVoid(ctx, t)
	if err != nil {
		return err
	}
	in, stale := t.read()
	if stale && void == "" {
		t.say("common.stale_button")
		return t.askAgain(ctx)
	}
	if strings.HasPrefix(in.choice, "/") {
		in.text, in.choice = in.choice, ""
	}
	if in.other != "" {
		return other(ctx, t, in.other)
	}
	d, open := t.dialogue()
	if cmd, arg, ok := meantCommand(t, &in, d); ok {
		return runCommand(ctx, t, cmd, arg)
	}
	switch {
	case open:
		return d.answer(ctx, t, in)
	case void != "":
		t.ask(t.text(void), t.likely()...)
		return nil
	}
	return notUnderstood(ctx, t, in)
}

// meantCommand finds the command that a message names. Words that are none, but begin
// a choice on offer, choose it.
func meantCommand(t *turn, in *input, open dialogue) (command, string, bool) {
	if in.choice != "" || len(in.files) > 0 || in.location != nil {
		return command{}, "", false
	}
	if cmd, arg, ok := t.command(in.text, open != nil); ok {
		return cmd, arg, true
	}
	if in.choice = t.state.Menu.begun(in.text); strings.HasPrefix(in.choice, "/") {
		in.text, in.choice = in.choice, ""
		return t.command(in.text, open != nil)
	}
	if p, ok := open.(picker); ok && in.choice == "" && !strings.Contains(in.text, " ") && !p.takes(t, in.text) {
		return t.command(in.text, false)
	}
	return command{}, "", false
}

// other answers a kind of message that is not understood.
func other(ctx context.Context, t *turn, kind string) error {
	switch kind {
	case bot.OtherGroup:
		t.say("common.group")
		return nil
	case bot.OtherEdited:
		t.say("common.edited")
	case bot.OtherUnreadable:
		t.say("common.unreadable")
	case bot.OtherLost:
		if err := t.lostInbound(ctx); err != nil {
			return err
		}
	case bot.OtherViewOnce:
		t.say("common.view_once")
	case bot.OtherContact:
		t.say("common.foreign_contact")
	default:
		t.say("common.other_kind")
	}
	return t.askAgain(ctx)
}

// runCommand checks, in this one place, that the person may use the command.
func runCommand(ctx context.Context, t *turn, c command, arg string) error {
	allowed, err := t.may(ctx, c)
	if err != nil {
		return err
	}
	if !allowed {
		t.say("common.not_for_you")
		return t.askAgain(ctx)
	}
	return c.run(ctx, t, arg)
}

// notUnderstood answers what was not understood with the likeliest choices, not a lecture.
func notUnderstood(ctx context.Context, t *turn, in input) error {
	head := "common.lost"
	if len(in.files) > 0 {
		head = "common.file_unasked"
	}
	if t.officer != nil {
		t.ask(t.text(head), t.item("/tugas", "menu.tasks"), t.item("/bantuan", "menu.help"))
		return nil
	}
	if len(in.files) == 0 {
		if guessed, err := t.guess(ctx, in.text); guessed || err != nil {
			return err
		}
	}
	return t.welcome(ctx, head)
}

// closeVoid closes a dialogue that cannot go on, since the chats were linked or
// parted meanwhile, or the officer's rights were taken away. It gives the key of what to tell, "" if none was closed.
func closeVoid(ctx context.Context, t *turn) (key string, err error) {
	t.keepOwn()
	open := t.state.Open
	switch {
	case open == nil:
		return "", nil
	case !t.inChat(open, string(t.in.Chat)):
		t.putAside() // it is good again should the chats be parted
		key = "link.draft_moved"
	case t.officer == nil && t.officersOnly(open.Name):
		key = "common.not_for_you"
	case t.officer != nil && t.officersOnly(open.Name) && !t.officer.Since(open.Begun):
		key = "staff.begin_again"
	case open.Case != "" && !t.officersOnly(open.Name):
		_, c, err := t.work.Case(ctx, open.Case)
		if err != nil {
			return "", fmt.Errorf("load case: %w", err)
		}
		if !t.owns(c) {
			key = "link.case_gone"
		}
	}
	if key != "" {
		t.end()
	}
	return key, nil
}
