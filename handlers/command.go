package handlers

import (
	"context"
	"slices"
	"strings"

	"izinbot/workflow"
)

// command is something that can be asked for at any time.
type command struct {
	name     string            // as bantuan shows it
	english  string            // as it shows it in English; "" for name
	aliases  []string          // other words for it, in both languages
	second   string            // a word that belongs to the name where it follows it: "siapa melihat"
	args     string            // what bantuan shows after the name, a catalogue key; "" for none
	officers bool              // only officers
	admins   bool              // only admins
	oversees bool              // only admins and roles that may see who was shown identities
	kinds    []workflow.Kind   // only officers who have a part in a step of one of these kinds
	always   bool              // works as a bare word in the middle of a dialogue
	coded    func(string) bool // tells a one-time code behind the name, with which it works there too; nil: there is none
	common   bool              // a word that others use in another sense: to them it is no command without a slash
	hidden   bool              // bantuan does not list it
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

func commandIn(commands []command, lang workflow.Lang, name string) string {
	for _, c := range commands {
		if c.name == name {
			return c.nameIn(lang)
		}
	}
	return name
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
		if c.coded != nil && c.coded(arg) {
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

// overseesIdentity tells whether one of the roles may see who was shown identities.
func overseesIdentity(def *workflow.SOP, roles []workflow.Role) bool {
	return slices.Contains(roles, workflow.RoleAdmin) || slices.ContainsFunc(roles, def.OverseesIdentity)
}
