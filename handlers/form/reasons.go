package form

import (
	"strconv"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// askReasons asks for the reasons of a refusal, one after the other: ready-made
// ones of the procedure, or typed as "reason | article".
func askReasons(s *session.Session, d *State, question string, field workflow.Field, offered string) {
	var items []session.Choice
	if offered != "" && len(d.Picked) == 0 {
		items = append(items, s.Choice(choiceDefault, "form.use", "value", wording.ShownShort(s, field, offered)))
	}
	for i, r := range s.Env.Desk.Library.Current().Reasons {
		items = append(items, session.Choice{ID: choiceReason.ID(i), Label: texts.Cut(r.Text, 60)})
	}
	if len(d.Picked) > 0 {
		items = append(items, s.Choice(ChoiceDone, "form.picked_done"))
	} else if field.Optional {
		items = append(items, s.Choice(ChoiceSkip, "form.skip"))
	}
	var text strings.Builder
	text.WriteString(question + "\n" + s.Text("form.reasons"))
	for i, line := range d.Picked {
		text.WriteString("\n" + strconv.Itoa(i+1) + ". " + wording.Shown(s, field, line))
	}
	s.Ask(text.String(), items...)
}

func pickReason(s *session.Session, d *State, field workflow.Field, offered string, in session.Input) {
	switch {
	case in.Choice == choiceDefault && offered != "":
		d.Set(field.Key, offered)
		return
	case in.Choice == ChoiceSkip && field.Optional && len(d.Picked) == 0:
		d.Skip(field.Key)
		return
	case (in.Choice == ChoiceDone || strings.EqualFold(in.Text, "selesai")) && len(d.Picked) > 0:
		d.Set(field.Key, strings.Join(d.Picked, "\n"))
		d.Picked = nil
		return
	}
	if n, ok := choiceReason.Parse(in.Choice); ok {
		reasons := s.Env.Desk.Library.Current().Reasons
		if n < len(reasons) {
			d.Picked = append(d.Picked, reasons[n].Text+" | "+reasons[n].Article)
		}
		return
	}
	value, problem := Parse(s, field, in)
	if problem != "" {
		s.SayText(problem)
		return
	}
	d.Picked = append(d.Picked, strings.Split(value, "\n")...)
	s.TypedMore(field.Key)
}
