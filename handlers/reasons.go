package handlers

import (
	"strconv"
	"strings"

	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// askReasons asks for the reasons of a refusal, one after the other: ready-made
// ones of the procedure, or typed as "reason | article".
func (t *turn) askReasons(question string, field workflow.Field, offered string) {
	picked := t.data().Picked
	var items []Item
	if offered != "" && len(picked) == 0 {
		items = append(items, t.item(choiceDefault, "form.use", "value", t.shownShort(field, offered)))
	}
	for i, r := range t.app.Desk.Library.Current().Reasons {
		items = append(items, Item{ID: "a." + strconv.Itoa(i), Label: texts.Cut(r.Text, 60)})
	}
	if len(picked) > 0 {
		items = append(items, t.item(choiceDone, "form.picked_done"))
	} else if field.Optional {
		items = append(items, t.item(choiceSkip, "form.skip"))
	}
	var text strings.Builder
	text.WriteString(question + "\n" + t.text("form.reasons"))
	for i, line := range picked {
		text.WriteString("\n" + strconv.Itoa(i+1) + ". " + t.shown(field, line))
	}
	t.ask(text.String(), items...)
}

func (t *turn) pickReason(field workflow.Field, offered string, in input) {
	d := t.data()
	switch {
	case in.choice == choiceDefault && offered != "":
		d.set(field.Key, offered)
		return
	case in.choice == choiceSkip && field.Optional && len(d.Picked) == 0:
		d.skip(field.Key)
		return
	case (in.choice == choiceDone || strings.EqualFold(in.text, "selesai")) && len(d.Picked) > 0:
		d.set(field.Key, strings.Join(d.Picked, "\n"))
		d.Picked = nil
		return
	}
	if i, ok := strings.CutPrefix(in.choice, "a."); ok {
		reasons := t.app.Desk.Library.Current().Reasons
		if n, err := strconv.Atoi(i); err == nil && n < len(reasons) {
			d.Picked = append(d.Picked, reasons[n].Text+" | "+reasons[n].Article)
		}
		return
	}
	value, problem := t.parse(field, in)
	if problem != "" {
		t.replyText(problem)
		return
	}
	d.Picked = append(d.Picked, strings.Split(value, "\n")...)
}
