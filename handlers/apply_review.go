package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// Ids of the choices of a summary.
const (
	reviewSend    = "send"
	reviewEdit    = "edit"
	reviewReplace = "replace"
	reviewSave    = "save"
	reviewBack    = "back"
)

func (application) askSummary(t *turn, def *workflow.SOP) {
	d := t.data()
	t.ask(t.text("review.head", "permit", def.Permit.In(t.lang()))+"\n"+form{fields: def.Form}.summary(t)+
		"\n"+t.documentSummary(applicationUploads(def, d).asked)+"\n\n"+t.text("review.ask"), t.reviewItems()...)
}

func (t *turn) reviewItems() []Item {
	return []Item{
		t.item(reviewSend, "review.send"), t.item(reviewEdit, "review.edit"),
		t.item(reviewReplace, "review.replace"), t.item(reviewSave, "review.save"),
	}
}

// documentSummary lists what was sent for the documents.
func (t *turn) documentSummary(asked []workflow.DocDef) string {
	var b strings.Builder
	b.WriteString("\n" + strings.ToUpper(t.text("review.documents")))
	for _, doc := range asked {
		sent, there := t.data().sentDoc(doc.Code)
		if !there {
			continue
		}
		b.WriteString("\n• " + cut(t.docName(doc), 60) + ": " + t.fileWords(sent.Files))
		if sent.Expiry != "" {
			b.WriteString(", " + t.text("review.until", "date", t.shown(workflow.Field{Type: workflow.FieldDate}, sent.Expiry)))
		}
	}
	return b.String()
}

// review takes what is chosen under the summary.
func (a application) review(ctx context.Context, t *turn, def *workflow.SOP, in input) error {
	switch in.choice {
	case reviewSend:
		return a.submit(ctx, t, def)
	case reviewEdit:
		t.data().At = atEdit
		return a.ask(ctx, t)
	case reviewReplace:
		t.data().At = atReplace
		return a.ask(ctx, t)
	case reviewSave:
		return saveApplication(ctx, t, "")
	}
	if len(in.files) > 0 {
		t.say("review.no_file")
	}
	t.ask(t.text("common.choose"), t.reviewItems()...)
	return nil
}

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
		items[i] = Item{ID: "d." + string(doc.Code), Label: cut(label, 60)}
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

// submit hands the application in. The number that the case gets is not told
// before the file is complete (sop.md rule 1).
func (a application) submit(ctx context.Context, t *turn, def *workflow.SOP) error {
	d := t.data()
	t.nameFrom(def, d.Answers)
	result, err := t.work.Open(ctx, def, d.Key, workflow.Command{Actor: t.applicant()}, workflow.Submit{
		Lang: t.lang(), Form: d.Answers, Documents: wanted(applicationUploads(def, d), d), Started: d.Begun,
	})
	if err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	if result.Refused != nil {
		if err := t.refuse(result.Refused); err != nil {
			return err
		}
		if result.Refused.Code == workflow.CodeAlreadyDone {
			t.end()
			return nil
		}
		return a.ask(ctx, t)
	}
	t.end()
	t.tellSubmitted(result)
	return nil
}

// wanted gives the documents that are asked for; one that is not any more, such as
// that of a proxy who was taken back, stays behind.
func wanted(u uploads, d *Data) []workflow.Document {
	var out []workflow.Document
	for _, doc := range u.asked {
		if sent, there := d.sentDoc(doc.Code); there {
			out = append(out, sent)
		}
	}
	return out
}

// nameFrom calls the person what the form says: the proxy, or the head of the body.
func (t *turn) nameFrom(def *workflow.SOP, answers workflow.Answers) {
	for _, m := range []workflow.Meaning{workflow.MeansProxy, workflow.MeansHead} {
		if name := answers.Of(def.Form, m); name != "" {
			t.person.Name = name
			t.savePerson()
			return
		}
	}
}

func (t *turn) tellSubmitted(r casework.Result) {
	role := t.roleName(r.Def, r.Case.Turn(r.Def))
	t.ask(t.text("apply.submitted", "role", role, "at", calendar.Time(r.Case.Submitted)+" WIB",
		"due", t.byWhen(r.Case.StepClock.Due)), t.item("/status", "menu.status"))
}

// roleName gives a role's name in the procedure of a case.
func (t *turn) roleName(def *workflow.SOP, role workflow.Role) string {
	rd, _ := def.RoleDef(role)
	return rd.Name.In(t.lang())
}

// byWhen shows a deadline: the time if it is today, else the day too.
func (t *turn) byWhen(due time.Time) string {
	if calendar.Date(due, t.lang()) == calendar.Date(t.now, t.lang()) {
		return calendar.Time(due) + " WIB"
	}
	return calendar.ShortDateTime(due, t.lang()) + " WIB"
}
