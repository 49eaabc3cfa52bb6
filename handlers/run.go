package handlers

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// run answers the message: by a command, by the open dialogue, or with the choices
// that are likeliest meant.
func (t *turn) run(ctx context.Context) error {
	void, err := t.closeVoid(ctx)
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
		return t.other(ctx, in.other)
	}
	d, open := t.dialogue()
	if cmd, arg, ok := t.meantCommand(&in, d); ok {
		return t.runCommand(ctx, cmd, arg)
	}
	switch {
	case open:
		return d.answer(ctx, t, in)
	case void != "":
		t.ask(t.text(void), t.likely()...)
		return nil
	}
	return t.lost(ctx, in)
}

// meantCommand finds the command that a message names. Words that are none, but begin
// a choice on offer, choose it.
func (t *turn) meantCommand(in *input, open dialogue) (command, string, bool) {
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

// picker is a dialogue with questions to which free words are no answer, so that the
// bare word of a command is one there.
type picker interface {
	// takes tells whether the text may be an answer to the present question.
	takes(t *turn, text string) bool
}

// other answers a kind of message that is not understood.
func (t *turn) other(ctx context.Context, kind string) error {
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

// command finds the command that a text names. In an open dialogue a bare word is
// an answer, unless it is one of the words that always work, or names a case too.
func (t *turn) command(text string, open bool) (command, string, bool) {
	word, arg, _ := strings.Cut(text, " ")
	slash := strings.HasPrefix(word, "/")
	word = strings.Trim(strings.ToLower(strings.TrimPrefix(word, "/")), ".,!")
	whole := strings.ToLower(text) // "bukan saya"
	for _, c := range t.app.commands {
		if c.always && c.named(whole) {
			return c, "", true
		}
		if !c.named(word) {
			continue
		}
		arg, full := c.cutSecond(arg)
		_, err := workflow.ParseCaseID(arg)
		if c.coded && isCode(arg) {
			err = nil
		}
		if c.officers && t.officer == nil && !slash && !full && err != nil && arg != "" {
			continue // "berkas saya sudah sampai mana" is no officer's command
		}
		if c.common && t.officer == nil && !slash && !full {
			continue // "petugas" asks for a human
		}
		if slash || !open || full || err == nil || c.always && strings.TrimSpace(arg) == "" {
			return c, strings.TrimSpace(arg), true
		}
	}
	return command{}, "", false
}

// runCommand checks, in this one place, that the person may use the command.
func (t *turn) runCommand(ctx context.Context, c command, arg string) error {
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

func (t *turn) may(ctx context.Context, c command) (bool, error) {
	if !c.officers {
		return true, nil
	}
	roles, err := t.roles(ctx)
	if err != nil {
		return false, err
	}
	return c.open(t.app.Desk.Library.Current(), roles), nil
}

// lost answers what was not understood with the likeliest choices, not a lecture.
func (t *turn) lost(ctx context.Context, in input) error {
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
