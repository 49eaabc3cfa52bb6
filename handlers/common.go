package handlers

import (
	"context"
	"slices"
	"strings"

	"izinbot/workflow"
)

// help tells in the middle of a dialogue how to go on there, and else what can be
// done here.
func help(ctx context.Context, t *turn, arg string) error {
	if t.state.Open == nil {
		return helpAll(ctx, t, arg)
	}
	key := "help.here_other"
	switch {
	case t.state.Open.Name == dialogueApply:
		key = "help.here"
	case t.officersOnly(t.state.Open.Name):
		key = "help.here_officer"
	}
	t.say(key, "ways", t.ways())
	return t.askAgain(ctx)
}

// helpAll lists the commands that the person may use.
func helpAll(ctx context.Context, t *turn, _ string) error {
	var b strings.Builder
	b.WriteString(t.text("help.head"))
	commands := slices.Clone(t.app.commands)
	slices.SortStableFunc(commands, func(a, b command) int { return rank(a) - rank(b) })
	for _, c := range commands {
		allowed, err := t.may(ctx, c)
		if err != nil {
			return err
		}
		if !allowed || c.hidden {
			continue
		}
		b.WriteString("\n/" + c.nameIn(t.lang()))
		if c.args != "" {
			b.WriteString(" " + t.text(c.args))
		}
		b.WriteString(" – " + t.text("help."+c.name))
	}
	b.WriteString("\n\n" + t.text("help.foot"))
	t.ask(b.String(), t.likely()...)
	return t.askAgain(ctx)
}

// rank puts an officer's own commands before those that everybody has.
func rank(c command) int {
	switch {
	case c.officers:
		return 1
	case slices.ContainsFunc(basicCommands(), func(common command) bool { return common.name == c.name }):
		return 0
	}
	return 2
}

// likely are the choices offered where nothing is going on.
func (t *turn) likely() []Item {
	if t.state.Open != nil {
		return nil
	}
	if t.officer != nil {
		return []Item{t.item("/tugas", "menu.tasks"), t.item("/mulai", "menu.start")}
	}
	return []Item{t.item("/mulai", "menu.start")}
}

// cancel leaves the open dialogue; what is half filled in is kept, and so is what was
// recorded of a visit.
func cancel(_ context.Context, t *turn, _ string) error {
	if t.state.Open == nil {
		t.ask(t.text("common.nothing_to_cancel"), t.likely()...)
		return nil
	}
	key := "common.cancelled"
	switch open := t.state.Open; {
	case open.Name == dialogueApply:
		key = "common.put_aside"
	case open.Name == dialogueMend && len(open.Documents)+len(open.Files) > 0:
		key = "mend.put_aside"
	case open.Name == dialogueVisit:
		key = "visit.put_aside"
	case open.Name == dialogueCheck:
		key = "check.put_aside"
	}
	t.putAside()
	t.ask(t.text(key), t.likely()...)
	return nil
}

func goBack(ctx context.Context, t *turn, _ string) error {
	d, open := t.dialogue()
	if !open {
		t.ask(t.text("common.nothing_to_go_back"), t.likely()...)
		return nil
	}
	if b, ok := d.(backer); ok {
		return b.back(ctx, t)
	}
	t.say("common.cannot_go_back")
	return d.ask(ctx, t)
}

// fieldName gives the name that people know for what a refusal is about: a role, a
// field or a line of a check table by its name, document codes as they are.
func (t *turn) fieldName(field string) string {
	def := t.app.Desk.Library.Current()
	if rd, ok := def.RoleDef(workflow.Role(field)); ok {
		return rd.Name.In(t.lang())
	}
	if name := fieldLabel(def, field, t.lang()); name != "" {
		return name
	}
	switch field {
	case "location", "photos", "conclusion", "recipient", "identity_checked":
		return t.text("field." + field)
	}
	return field
}

// fieldLabel finds the label of a form's or step's field, or of a check item.
func fieldLabel(def *workflow.SOP, key string, lang workflow.Lang) string {
	fields := slices.Clone(def.Form)
	for _, s := range def.Steps {
		fields = append(fields, s.Fields...)
		for _, item := range s.Checklist {
			if item.Key == key {
				return item.Text
			}
		}
	}
	for _, f := range fields {
		if f.Key == key {
			return f.Label.In(lang)
		}
	}
	return ""
}
