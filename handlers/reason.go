package handlers

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"izinbot/workflow"
)

// dialogueReason is the name of the dialogue in a chat's state.
const dialogueReason = "reason"

// reason asks why before an act that needs a note is carried out.
type reason struct{}

// maxNote is the longest note, in characters.
const maxNote = 1000

func (t *turn) askReason(ctx context.Context, p Pending) error {
	t.begin(dialogueReason, func(d *Data) { d.Case, d.Acts = p.Case, []Pending{p} })
	return reason{}.ask(ctx, t)
}

func (reason) ask(_ context.Context, t *turn) error {
	t.ask(t.text("reason.ask_"+workflow.ActName(t.data().Acts[0].Command.Act)), t.item("/batal", "menu.cancel"))
	return nil
}

func (r reason) answer(ctx context.Context, t *turn, in input) error {
	p := t.data().Acts[0]
	var note string
	var ok bool
	if _, printed := p.Command.Act.(workflow.NoteAbsent); printed {
		note, ok = t.note(in.text)
	} else {
		note, ok = t.words(in.text)
	}
	if !ok {
		return r.ask(ctx, t)
	}
	act := withNote(p.Command.Act, note)
	result, ok, err := t.do(ctx, p.Case, p.Role, act, workflow.ProofNone)
	t.end()
	if err != nil || !ok {
		return err
	}
	t.done(result.Case, act)
	return t.nextTask(ctx)
}

// withNote puts the note into an act that needs one.
func withNote(act workflow.Act, note string) workflow.Act {
	switch act.(type) {
	case workflow.Return:
		return workflow.Return{Note: note}
	case workflow.Reopen:
		return workflow.Reopen{Reason: note}
	case workflow.Revise:
		return workflow.Revise{Note: note}
	case workflow.NoteAbsent:
		return workflow.NoteAbsent{Note: note}
	}
	return act
}

// note reads a remark of a few sentences that a letter will print; what is wrong with
// it is told.
func (t *turn) note(text string) (string, bool) {
	text, ok := t.words(text)
	if !ok {
		return "", false
	}
	if bad, ok := printable(text); !ok {
		t.say("form.unprintable", "char", string(bad))
		return "", false
	}
	return text, true
}

// words reads a few sentences that no letter prints, so any sign may stand in them.
func (t *turn) words(text string) (string, bool) {
	text = strings.Join(lines(text), "\n")
	n := utf8.RuneCountInString(text)
	switch {
	case strings.ContainsFunc(text, unreadable):
		t.say("reason.unreadable")
		return "", false
	case countFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < minLetters:
		t.say("reason.too_short")
		return "", false
	case n > maxNote:
		t.say("reason.too_long", "n", n, "max", maxNote)
		return "", false
	}
	return text, true
}

// minLetters is how many letters and digits make the shortest word that says
// something; emoji alone do not.
const minLetters = 3

func countFunc(text string, is func(rune) bool) int {
	n := 0
	for _, r := range text {
		if is(r) {
			n++
		}
	}
	return n
}

// reopen lets a case go on that was closed for want of an answer.
func reopen(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	if c.End != workflow.EndUnanswered {
		t.say("case.not_reopenable", "case", string(c.ID))
		return nil
	}
	role := def.FirstCheck()
	if _, err := t.acting(ctx, def, role); err != nil {
		return t.refuse(err)
	}
	return t.askReason(ctx, Pending{Role: role, Case: c.ID, Command: workflow.Command{Act: workflow.Reopen{}}})
}
