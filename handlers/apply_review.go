package handlers

import (
	"context"
	"strings"

	"izinbot/notifications/texts"
	"izinbot/workflow"
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
		b.WriteString("\n• " + texts.Cut(t.docName(doc), 60) + ": " + t.fileWords(sent.Files))
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
