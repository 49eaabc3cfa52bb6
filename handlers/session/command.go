package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/phrases"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Command is something that can be asked for at any time.
type Command struct {
	Name     string            // as bantuan shows it
	English  string            // as it shows it in English; "" for name
	Aliases  []string          // other words for it, in both languages
	Second   string            // a word that belongs to the name where it follows it: "siapa melihat"
	Args     string            // what bantuan shows after the name, a catalogue key; "" for none
	Officers bool              // only officers
	Admins   bool              // only admins
	Oversees bool              // only admins and roles that may see who was shown identities
	Books    bool              // only admins and roles that keep the registers, or are above those
	Kinds    []workflow.Kind   // only officers who have a part in a step of one of these kinds
	Always   bool              // works as a bare word in the middle of a dialogue
	Coded    func(string) bool // tells a one-time code behind the name, with which it works there too; nil: there is none
	Common   bool              // a word that others use in another sense: to them it is no command without a slash
	Hidden   bool              // bantuan does not list it
	Files    bool              // takes the files under which it stands
	Run      func(ctx context.Context, s *Session, arg string) error
}

// open tells whether who may act in these roles, if any, may use the command under a
// procedure. Only officers hold roles.
func (c Command) open(def *workflow.SOP, roles []workflow.Role) bool {
	switch {
	case !c.Officers:
		return true
	case c.Admins:
		return slices.Contains(roles, workflow.RoleAdmin)
	case c.Oversees:
		return OverseesIdentity(def, roles)
	case c.Books:
		return slices.Contains(roles, workflow.RoleAdmin) || slices.ContainsFunc(roles, def.KeepsBooks)
	case len(c.Kinds) == 0:
		return len(roles) > 0
	}
	return slices.ContainsFunc(def.Steps, func(s workflow.Step) bool {
		return slices.Contains(c.Kinds, s.Kind) && (slices.Contains(roles, s.Role) || slices.Contains(roles, s.Signer))
	})
}

// Named tells whether a word is a name of the command.
func (c Command) Named(word string) bool {
	return word != "" && (c.Name == word || c.English == word || slices.Contains(c.Aliases, word))
}

// cutSecond takes the command's second word from what follows its name. said tells
// whether it was there.
func (c Command) cutSecond(arg string) (rest string, said bool) {
	word, rest, _ := strings.Cut(strings.TrimSpace(arg), " ")
	if c.Second == "" || !strings.EqualFold(word, c.Second) {
		return arg, false
	}
	return strings.TrimSpace(rest), true
}

// NameIn gives the command's name in a language.
func (c Command) NameIn(lang workflow.Lang) string {
	if lang == workflow.English && c.English != "" {
		return c.English
	}
	return c.Name
}

// CommandIn gives the name of a command in a language.
func CommandIn(commands []Command, lang workflow.Lang, name string) string {
	for _, c := range commands {
		if c.Name == name {
			return c.NameIn(lang)
		}
	}
	return name
}

// findCommand finds the command that a text names. In an open dialogue a bare word is
// an answer, unless it is one of the words that always work, or names a case too.
func (s *Session) findCommand(text string, open bool) (Command, string, bool) {
	slash := strings.HasPrefix(text, "/")
	bare := text
	if !slash {
		if c, arg, ok := s.findWithdrawal(text); ok {
			return c, arg, true
		}
		if c, arg, ok := s.findCaseCommand(text, open); ok {
			return c, arg, true
		}
		bare = cmp.Or(normalize.Unmarked(text), text)
	}
	for _, whole := range []string{cmp.Or(normalize.Plain(text), text), phrases.Bare(text), phrases.Wished(text)} { // "bukan saya", "batal saja", "saya mau batal"
		for _, c := range s.Env.Commands {
			if c.Always && !slash && c.Named(whole) {
				return c, "", true
			}
		}
	}
	word, after, _ := strings.Cut(bare, " ")
	_, as, _ := strings.Cut(text, " ")
	word = strings.ToLower(strings.TrimPrefix(word, "/"))
	for _, c := range s.Env.Commands {
		arg := after
		if c.freeWords() {
			arg = as
		}
		if !c.Named(word) {
			continue
		}
		arg, full := c.cutSecond(arg)
		_, err := workflow.ParseCaseID(arg)
		if c.Coded != nil && c.Coded(arg) {
			err = nil
		}
		if c.Officers && s.Officer == nil && !slash && !full && err != nil && arg != "" {
			continue // "berkas saya sudah sampai mana" is no officer's command
		}
		if c.Common && s.Officer == nil && !slash && !full {
			continue // "petugas" asks for a human
		}
		if slash || !open || full || err == nil || c.Always && strings.TrimSpace(arg) == "" {
			return c, strings.TrimSpace(arg), true
		}
	}
	return Command{}, "", false
}

// freeWords tells that a person's own words may follow the command: they stay as they are.
func (c Command) freeWords() bool { return c.Args == "" && c.Coded == nil && c.Second == "" }

// may tells whether the person may use a command.
func (s *Session) may(ctx context.Context, c Command) (bool, error) {
	if !c.Officers {
		return true, nil
	}
	roles, err := s.Roles(ctx)
	if err != nil {
		return false, err
	}
	return c.open(s.Env.Desk.Library.Current(), roles), nil
}

// OverseesIdentity tells whether one of the roles may see who was shown identities.
func OverseesIdentity(def *workflow.SOP, roles []workflow.Role) bool {
	return slices.Contains(roles, workflow.RoleAdmin) || slices.ContainsFunc(roles, def.OverseesIdentity)
}

// WithoutCommand gives what stands behind the command that a text names; of any other all.
func (s *Session) WithoutCommand(text string) string {
	if _, arg, ok := s.findCommand(text, false); ok {
		return arg
	}
	return text
}

// Likely gives the choices offered where nothing is going on.
func (s *Session) Likely() []Choice {
	if s.State.Open != nil {
		return nil
	}
	if s.Officer != nil {
		return []Choice{s.Choice("/tugas", "menu.tasks"), s.Choice("/mulai", "menu.start")}
	}
	return []Choice{s.Choice("/mulai", "menu.start")}
}

// CommandMenu gives the commands that a person may use, worded in his language, in the
// order of bantuan. Only officers hold roles.
func (e *Env) CommandMenu(lang workflow.Lang, roles []workflow.Role) []bot.Command {
	var out []bot.Command
	for _, c := range e.Commands {
		if c.Hidden || !c.open(e.Desk.Library.Current(), roles) {
			continue
		}
		out = append(out, bot.Command{Name: c.NameIn(lang), Text: e.Texts.Say(lang, "help."+c.Name)})
	}
	return out
}

// Commands lists the commands that the person may use and that bantuan shows.
func (s *Session) Commands(ctx context.Context) ([]Command, error) {
	roles, err := s.Roles(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(s.Env.Commands), func(c Command) bool {
		return c.Hidden || !c.open(s.Env.Desk.Library.Current(), roles)
	}), nil
}

// OfferMenu has the last answer bring the commands in the person's language.
func (s *Session) OfferMenu(ctx context.Context) error {
	roles, err := s.Roles(ctx)
	if err != nil {
		return err
	}
	s.replies[len(s.replies)-1].Menu = s.Env.CommandMenu(s.Lang(), roles)
	return nil
}
