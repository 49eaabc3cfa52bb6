package handlers

import (
	"context"
	"strconv"
	"strings"

	"izinbot/workflow"
)

// requirements tells what the permit takes: time, tariff, documents.
func requirements(ctx context.Context, t *turn, _ string) error {
	def := t.app.Desk.Library.Current()
	var b strings.Builder
	b.WriteString(t.text("info.requirements", "permit", def.Permit.In(t.lang()),
		"time", t.budgetWords(def.ServiceTime), "tariff", rupiah(def.Tariff), "basis", def.CharterBasis))
	for _, doc := range def.Documents {
		b.WriteString("\n• " + t.docName(doc))
		if note := t.needNote(doc); note != "" {
			b.WriteString(" (" + note + ")")
		}
	}
	b.WriteString("\n\n" + t.text("info.how_to_send"))
	if t.state.Open != nil {
		t.remark(b.String())
		return t.askAgain(ctx)
	}
	t.ask(b.String(), t.item("/ajukan", "menu.apply"), t.item("/mulai", "menu.start"))
	return nil
}

// needNote says when a document is needed, where it is not always.
func (t *turn) needNote(doc workflow.DocDef) string {
	switch doc.Need {
	case workflow.NeedIfProxy:
		return t.text("info.if_proxy")
	case workflow.NeedIfExists:
		return t.text("info.if_exists")
	case workflow.NeedAlways:
	}
	return ""
}

// privacy tells what is kept of a person and why (UU 27/2022).
func privacy(ctx context.Context, t *turn, _ string) error {
	text := t.text("info.privacy", "office", t.app.Desk.Office.ShortName, "ways", t.ways())
	if t.state.Open != nil {
		t.remark(text)
		return t.askAgain(ctx)
	}
	t.ask(text, t.likely()...)
	return nil
}

// budgetWords writes an amount of working time for an applicant: "10 hari kerja".
func (t *turn) budgetWords(b workflow.Budget) string {
	return t.text("budget."+string(b.Unit), "n", b.N)
}

// rupiah writes an amount as people do: "Rp 1.250.000".
func rupiah(amount int64) string {
	digits := strconv.FormatInt(amount, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return "Rp " + digits
}
