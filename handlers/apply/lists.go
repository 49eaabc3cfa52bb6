package apply

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// fieldGroup is the fields that a summary shows under one heading.
type fieldGroup struct {
	name   string
	fields []int // indices into the form
}

func groupsOf(fields []workflow.Field, lang workflow.Lang) []fieldGroup {
	var groups []fieldGroup
	for i, f := range fields {
		name := f.Group.In(lang)
		at := slices.IndexFunc(groups, func(g fieldGroup) bool { return g.name == name })
		if at < 0 {
			at, groups = len(groups), append(groups, fieldGroup{name: name})
		}
		groups[at].fields = append(groups[at].fields, i)
	}
	return groups
}

// askField offers the groups of the form, then the fields of one: At is
// "edit:<group>,<first shown>", the group empty while it is picked.
func (Application) askField(s *session.Session, def *workflow.SOP) {
	group, from := listAt(strings.TrimPrefix(s.Data().At, atEdit))
	groups := groupsOf(def.Form, s.Lang())
	if len(groups) == 1 {
		group = 0
	}
	var items []session.Choice
	if group < 0 || group >= len(groups) {
		for i, g := range groups {
			items = append(items, session.Choice{ID: "g." + strconv.Itoa(i), Label: g.name})
		}
		s.Ask(s.Text("review.which_group"), paged(s, items, from)...)
		return
	}
	for _, i := range groups[group].fields {
		f := def.Form[i]
		value := "–"
		if v := s.Data().Answers[f.Key]; v != "" {
			value = wording.ShownShort(s, f, v)
		}
		items = append(items, session.Choice{ID: "f." + strconv.Itoa(i), Label: f.Label.In(s.Lang()) + ": " + value})
	}
	s.Ask(s.Text("review.which_field"), paged(s, items, from)...)
}

// listAt reads what is shown of a list: "<group>,<first>".
func listAt(s string) (group, from int) {
	first, second, _ := strings.Cut(s, ",")
	group, err := strconv.Atoi(first)
	if err != nil {
		group = -1
	}
	from, _ = strconv.Atoi(second)
	return group, max(from, 0)
}

// paged gives a page of a list, with the way to the next one and back.
func paged(s *session.Session, items []session.Choice, from int) []session.Choice {
	if from >= len(items) {
		from = 0
	}
	shown := slices.Clone(items[from:min(from+wording.Page, len(items))])
	if rest := from + len(shown); rest < len(items) {
		shown = append(shown, s.Choice("m."+strconv.Itoa(rest), "review.more"))
	}
	return append(shown, s.Choice(choiceBack, "review.back"))
}

func (a Application) pickField(ctx context.Context, s *session.Session, def *workflow.SOP, in session.Input) error {
	d := s.Data()
	group, _ := listAt(strings.TrimPrefix(d.At, atEdit))
	kind, n := form.PickedNumber(in.Choice)
	switch {
	case in.Choice == choiceBack:
		d.At = ""
	case kind == "m" && group < 0:
		d.At = fmt.Sprintf("%s,%d", atEdit, n)
	case kind == "m":
		d.At = fmt.Sprintf("%s%d,%d", atEdit, group, n)
	case kind == "g":
		d.At = fmt.Sprintf("%s%d,0", atEdit, n)
	case kind == "f" && n < len(def.Form):
		d.At, d.Edit = atPicked, def.Form[n].Key
	default:
		s.Say("common.choose")
	}
	return a.Ask(ctx, s)
}

// askDocument offers the documents: At is "replace:,<first shown>".
func (Application) askDocument(s *session.Session, def *workflow.SOP) {
	_, from := listAt(strings.TrimPrefix(s.Data().At, atReplace))
	askWhichDocument(s, ApplicationUploads(def, s.Data()).Asked, from)
}

func askWhichDocument(s *session.Session, asked []workflow.DocDef, from int) {
	items := make([]session.Choice, len(asked))
	for i, doc := range asked {
		label := wording.DocName(s, doc)
		if _, sent := s.Data().SentDoc(doc.Code); !sent {
			label = s.Text("review.not_sent", "doc", label)
		}
		items[i] = session.Choice{ID: "d." + string(doc.Code), Label: texts.Cut(label, 60)}
	}
	s.Ask(s.Text("review.which_document"), paged(s, items, from)...)
}

func (a Application) pickDocument(ctx context.Context, s *session.Session, def *workflow.SOP, in session.Input) error {
	pickReplacement(s, ApplicationUploads(def, s.Data()).Asked, in)
	return a.Ask(ctx, s)
}

// pickReplacement takes the choice of the document to send anew.
func pickReplacement(s *session.Session, asked []workflow.DocDef, in session.Input) {
	d := s.Data()
	if in.Choice == choiceBack {
		d.At = ""
		return
	}
	if kind, n := form.PickedNumber(in.Choice); kind == "m" {
		d.At = fmt.Sprintf("%s,%d", atReplace, n)
		return
	}
	code, picked := strings.CutPrefix(in.Choice, "d.")
	if !picked {
		code = strings.ToUpper(in.Text)
	}
	for _, doc := range asked {
		if string(doc.Code) == code {
			d.At, d.Doc, d.Files = atPicked, doc.Code, nil
			return
		}
	}
	s.Say("common.choose")
}
