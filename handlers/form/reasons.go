package form

import (
	"slices"
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
	var first, last []session.Choice
	if offered != "" && len(d.Picked) == 0 {
		first = append(first, s.Choice(choiceDefault, "form.use", "value", wording.ShownShort(s, field, offered)))
	}
	if d.From > 0 {
		last = append(last, s.Choice(choicePage.ID(0), "review.back"))
	}
	if len(d.Picked) > 0 {
		last = append(last, s.Choice(ChoiceDone, "form.picked_done"))
	} else if field.Optional {
		last = append(last, s.Choice(ChoiceSkip, "form.skip"))
	}
	ready := wording.Paged(s, readyReasons(s, d), d.From, choicePage, len(first)+len(last))
	var text strings.Builder
	text.WriteString(question + "\n" + s.Text("form.reasons"))
	for i, line := range d.Picked {
		text.WriteString("\n" + strconv.Itoa(i+1) + ". " + wording.Shown(s, field, line))
	}
	s.Ask(text.String(), slices.Concat(first, ready, last)...)
}

// readyReasons lists the ready-made reasons that were not picked yet.
func readyReasons(s *session.Session, d *State) (items []session.Choice) {
	for i, r := range s.Env.Desk.Library.Current().Reasons {
		if !slices.Contains(d.Picked, reasonValue(r)) {
			items = append(items, session.Choice{ID: choiceReason.ID(i), Label: texts.Cut(r.Text, 60)})
		}
	}
	return items
}

// reasonValue writes a ready-made reason as a line of its field.
func reasonValue(r workflow.Reason) string { return r.Text + " | " + r.Article }

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
		d.Picked, d.From = nil, 0
		return
	}
	if from, ok := choicePage.Parse(in.Choice); ok {
		d.From = from
		return
	}
	if n, ok := choiceReason.Parse(in.Choice); ok {
		reasons := s.Env.Desk.Library.Current().Reasons
		if n < len(reasons) {
			d.Picked = append(d.Picked, reasonValue(reasons[n]))
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
