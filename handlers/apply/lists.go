package apply

import (
	"context"
	"slices"
	"strings"

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

// list is the position in a list with pages.
type list struct {
	Group int `json:"group,omitempty"` // of fields, from 1; 0 while it is still to be picked
	From  int `json:"from,omitempty"`  // index of the first entry that is shown
}

// askField offers the groups of the form, then the fields of one.
func (a *Application) askField(s *session.Session, def *workflow.SOP) {
	group, from := a.List.Group, a.List.From
	groups := groupsOf(def.Form, s.Lang())
	if len(groups) == 1 {
		group = 1
	}
	var items []session.Choice
	if group == 0 || group > len(groups) {
		for i, g := range groups {
			items = append(items, session.Choice{ID: choiceGroup.ID(i), Label: g.name})
		}
		s.Ask(s.Text("review.which_group"), paged(s, items, from)...)
		return
	}
	for _, i := range groups[group-1].fields {
		f := def.Form[i]
		value := "–"
		if v := a.Answers[f.Key]; v != "" {
			value = wording.ShownShort(s, f, v)
		}
		items = append(items, session.Choice{ID: choiceField.ID(i), Label: f.Label.In(s.Lang()) + ": " + value})
	}
	s.Ask(s.Text("review.which_field"), paged(s, items, from)...)
}

// paged gives a page of a list, with the way to the next one and back.
func paged(s *session.Session, items []session.Choice, from int) []session.Choice {
	return append(wording.Paged(s, items, from, choicePage, 1), s.Choice(choiceBack, "review.back"))
}

func (a *Application) pickField(ctx context.Context, s *session.Session, def *workflow.SOP, in session.Input) error {
	group, isGroup := choiceGroup.Parse(in.Choice)
	field, isField := choiceField.Parse(in.Choice)
	page, isPage := choicePage.Parse(in.Choice)
	switch {
	case in.Choice == choiceBack:
		a.At = ""
	case isPage:
		a.List.From = page
	case isGroup:
		a.List = list{Group: group + 1}
	case isField && field < len(def.Form):
		a.At, a.Edit = atPicked, def.Form[field].Key
	default:
		s.Say("common.choose")
	}
	return a.Ask(ctx, s)
}

// askDocument offers the documents, to send one anew.
func (f *filling) askDocument(s *session.Session, asked []workflow.DocDef) {
	items := make([]session.Choice, len(asked))
	for i, doc := range asked {
		label := wording.DocName(s, doc)
		if _, sent := f.Sent(doc.Code); !sent {
			label = s.Text("review.not_sent", "doc", label)
		}
		items[i] = session.Choice{ID: choiceDocument.ID(doc.Code), Label: texts.Cut(label, 60)}
	}
	s.Ask(s.Text("review.which_document"), paged(s, items, f.List.From)...)
}

// pickDocument takes the choice of the document to send anew.
func (f *filling) pickDocument(s *session.Session, asked []workflow.DocDef, in session.Input) {
	if in.Choice == choiceBack {
		f.At = ""
		return
	}
	if page, ok := choicePage.Parse(in.Choice); ok {
		f.List.From = page
		return
	}
	code, picked := choiceDocument.Parse(in.Choice)
	if !picked {
		code = workflow.DocCode(strings.ToUpper(in.Text))
	}
	for _, doc := range asked {
		if doc.Code == code {
			f.At, f.Doc, f.Files = atPicked, doc.Code, nil
			return
		}
	}
	s.Say("common.choose")
}
