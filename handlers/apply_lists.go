package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
func (application) askField(t *turn, def *workflow.SOP) {
	group, from := listAt(strings.TrimPrefix(t.data().At, atEdit))
	groups := groupsOf(def.Form, t.lang())
	if len(groups) == 1 {
		group = 0
	}
	var items []Item
	if group < 0 || group >= len(groups) {
		for i, g := range groups {
			items = append(items, Item{ID: "g." + strconv.Itoa(i), Label: g.name})
		}
		t.ask(t.text("review.which_group"), t.paged(items, from)...)
		return
	}
	for _, i := range groups[group].fields {
		f := def.Form[i]
		value := "–"
		if v := t.data().Answers[f.Key]; v != "" {
			value = t.shownShort(f, v)
		}
		items = append(items, Item{ID: "f." + strconv.Itoa(i), Label: f.Label.In(t.lang()) + ": " + value})
	}
	t.ask(t.text("review.which_field"), t.paged(items, from)...)
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
func (t *turn) paged(items []Item, from int) []Item {
	if from >= len(items) {
		from = 0
	}
	shown := slices.Clone(items[from:min(from+page, len(items))])
	if rest := from + len(shown); rest < len(items) {
		shown = append(shown, t.item("m."+strconv.Itoa(rest), "review.more"))
	}
	return append(shown, t.item(reviewBack, "review.back"))
}

func (a application) pickField(ctx context.Context, t *turn, def *workflow.SOP, in input) error {
	d := t.data()
	group, _ := listAt(strings.TrimPrefix(d.At, atEdit))
	kind, n := pickedNumber(in.choice)
	switch {
	case in.choice == reviewBack:
		d.At = ""
	case kind == "m" && group < 0:
		d.At = fmt.Sprintf("%s,%d", atEdit, n)
	case kind == "m":
		d.At = fmt.Sprintf("%s%d,%d", atEdit, group, n)
	case kind == "g":
		d.At = fmt.Sprintf("%s%d,0", atEdit, n)
	case kind == "f" && n < len(def.Form):
		d.At, d.Edit = atReview, def.Form[n].Key
	default:
		t.say("common.choose")
	}
	return a.ask(ctx, t)
}

// pickedNumber reads a choice such as "f.3".
func pickedNumber(choice string) (kind string, n int) {
	kind, number, _ := strings.Cut(choice, ".")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return "", 0
	}
	return kind, n
}

// askDocument offers the documents: At is "replace:,<first shown>".
func (application) askDocument(t *turn, def *workflow.SOP) {
	_, from := listAt(strings.TrimPrefix(t.data().At, atReplace))
	t.askWhichDocument(applicationUploads(def, t.data()).asked, from)
}

func (t *turn) askWhichDocument(asked []workflow.DocDef, from int) {
	items := make([]Item, len(asked))
	for i, doc := range asked {
		label := t.docName(doc)
		if _, sent := t.data().sentDoc(doc.Code); !sent {
			label = t.text("review.not_sent", "doc", label)
		}
		items[i] = Item{ID: "d." + string(doc.Code), Label: texts.Cut(label, 60)}
	}
	t.ask(t.text("review.which_document"), t.paged(items, from)...)
}

func (a application) pickDocument(ctx context.Context, t *turn, def *workflow.SOP, in input) error {
	t.pickReplacement(applicationUploads(def, t.data()).asked, in)
	return a.ask(ctx, t)
}

// pickReplacement takes the choice of the document to send anew.
func (t *turn) pickReplacement(asked []workflow.DocDef, in input) {
	d := t.data()
	if in.choice == reviewBack {
		d.At = ""
		return
	}
	if kind, n := pickedNumber(in.choice); kind == "m" {
		d.At = fmt.Sprintf("%s,%d", atReplace, n)
		return
	}
	code, picked := strings.CutPrefix(in.choice, "d.")
	if !picked {
		code = strings.ToUpper(in.text)
	}
	for _, doc := range asked {
		if string(doc.Code) == code {
			d.At, d.Doc, d.Files = atReview, doc.Code, nil
			return
		}
	}
	t.say("common.choose")
}
