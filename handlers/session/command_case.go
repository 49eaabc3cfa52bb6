package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"izinbot/handlers/phrases"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
	"izinbot/workflow/spelling"
)

// takesCase tells whether a case's number is all that follows the command.
func (c Command) takesCase() bool { return c.Args == "args.resi" || c.Args == "args.case" }

// findCaseCommand finds what is wanted of a case whose number stands in a text: the command
// that is named beside it, or to see it. In an open dialogue the words around may be an
// answer: there the command stands first, or the number alone.
func (s *Session) findCaseCommand(text string, open bool) (Command, string, bool) {
	code := s.Env.Desk.Library.Current().Code
	found := workflow.FindCaseID(normalize.Dashes(normalize.Digits(normalize.Text(text))), code)
	if id, err := workflow.ShortCaseID(normalize.Unmarked(normalize.Digits(text)), code, s.Now); err == nil && !open {
		found = workflow.FoundCase{ID: id}
	}
	arg := string(found.ID)
	if arg == "" && !open {
		arg = found.Slip // the command tells what is wrong with it
	}
	if arg == "" {
		return Command{}, "", false
	}
	words := strings.Fields(normalize.Plain(found.Rest))
	for i, word := range words {
		for _, c := range s.Env.Commands {
			if !c.Named(word) || c.Officers && s.Officer == nil && c.Second == "" && len(words) > 1 {
				continue
			}
			if i == 0 && !c.takesCase() {
				return c, arg, len(words) == 1 // "setuju LKS-…"
			}
			if c.takesCase() && (i == 0 || !open) {
				return c, arg, true
			}
		}
	}
	if open && len(words) > 0 {
		return Command{}, "", false
	}
	return s.named(map[bool]string{true: "buka", false: "status"}[s.Officer != nil], arg)
}

// findWithdrawal finds the command for a sentence that says that an application is to be withdrawn.
// Where an officer's work or another text is open, the sentence may be a part of that.
func (s *Session) findWithdrawal(text string) (Command, string, bool) {
	if open := s.State.Open.Dialogue(); open != nil {
		if _, draft := open.(Drafter); !draft || s.officersOnly(s.State.Open.Name) {
			return Command{}, "", false
		}
	}
	found := workflow.FindCaseID(normalize.Dashes(normalize.Digits(normalize.Text(text))), s.Env.Desk.Library.Current().Code)
	if !phrases.Withdraws(found.Rest) {
		return Command{}, "", false
	}
	return s.named("tarik", cmp.Or(string(found.ID), found.Slip))
}

// OpenCase shows an officer a case with what may be done with it.
func (s *Session) OpenCase(ctx context.Context, id workflow.CaseID) error {
	c, arg, _ := s.named("buka", string(id))
	return s.RunCommand(ctx, c, arg)
}

// named gives a command by its name.
func (s *Session) named(name, arg string) (Command, string, bool) {
	i := slices.IndexFunc(s.Env.Commands, func(c Command) bool { return c.Name == name })
	if i < 0 {
		return Command{}, "", false
	}
	return s.Env.Commands[i], arg, true
}

// leastMistyped is the least number of letters of a word that may be a mistyped command.
const leastMistyped = 5

// Mistyped finds the one command that a single word is nearest to: "statsu".
func (s *Session) Mistyped(text string) (Command, string, bool) {
	word := normalize.Plain(text)
	if len(word) < leastMistyped || strings.Contains(word, " ") || phrases.Of(word) != phrases.None {
		return Command{}, "", false
	}
	var names []string
	for _, c := range s.Env.Commands {
		if !c.Hidden && (!c.Officers || s.Officer != nil) {
			names = append(names, c.Name)
		}
	}
	name := spelling.Nearest(word, names)
	slices.Reverse(names)
	if name == "" || spelling.Nearest(word, names) != name {
		return Command{}, "", false // none, or several
	}
	return s.named(name, "")
}
