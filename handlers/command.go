package handlers

import (
	"context"
	"slices"
	"strings"

	"izinbot/workflow"
)

// command is something that can be asked for at any time.
type command struct {
	name     string          // as bantuan shows it
	english  string          // as it shows it in English; "" for name
	aliases  []string        // other words for it, in both languages
	second   string          // a word that belongs to the name where it follows it: "siapa melihat"
	args     string          // what bantuan shows after the name, a catalogue key; "" for none
	officers bool            // only officers
	admins   bool            // only admins
	oversees bool            // only admins and roles that may see who was shown identities
	kinds    []workflow.Kind // only officers who have a part in a step of one of these kinds
	always   bool            // works as a bare word in the middle of a dialogue
	coded    bool            // so it does with a one-time code behind it
	common   bool            // a word that others use in another sense: to them it is no command without a slash
	hidden   bool            // bantuan does not list it
	run      func(ctx context.Context, t *turn, arg string) error
}

// open tells whether who may act in these roles, if any, may use the command under a
// procedure. An officer is who holds roles; others have none.
func (c command) open(def *workflow.SOP, roles []workflow.Role) bool {
	switch {
	case !c.officers:
		return true
	case c.admins:
		return slices.Contains(roles, workflow.RoleAdmin)
	case c.oversees:
		return overseesIdentity(def, roles)
	case len(c.kinds) == 0:
		return len(roles) > 0
	}
	return slices.ContainsFunc(def.Steps, func(s workflow.Step) bool {
		return slices.Contains(c.kinds, s.Kind) && (slices.Contains(roles, s.Role) || slices.Contains(roles, s.Signer))
	})
}

func (c command) named(word string) bool {
	return word != "" && (c.name == word || c.english == word || slices.Contains(c.aliases, word))
}

// cutSecond takes the command's second word from what follows its name. said tells
// whether it was there.
func (c command) cutSecond(arg string) (rest string, said bool) {
	word, rest, _ := strings.Cut(strings.TrimSpace(arg), " ")
	if c.second == "" || !strings.EqualFold(word, c.second) {
		return arg, false
	}
	return strings.TrimSpace(rest), true
}

// nameIn gives the command's name in a language.
func (c command) nameIn(lang workflow.Lang) string {
	if lang == workflow.English && c.english != "" {
		return c.english
	}
	return c.name
}

// CommandIn gives what a command is called in a language, for texts that offer it.
func CommandIn(lang workflow.Lang, name string) string { return commandIn(commandTable(), lang, name) }

func commandIn(commands []command, lang workflow.Lang, name string) string {
	for _, c := range commands {
		if c.name == name {
			return c.nameIn(lang)
		}
	}
	return name
}
