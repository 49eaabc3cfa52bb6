package info

import (
	"context"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// Requirements tells what the permit takes: time, tariff, documents.
func Requirements(ctx context.Context, s *session.Session, _ string) error {
	def := s.Env.Desk.Library.Current()
	var b strings.Builder
	b.WriteString(s.Text("info.requirements", "permit", def.Permit.In(s.Lang()),
		"time", wording.BudgetWords(s, def.ServiceTime), "tariff", wording.Rupiah(def.Tariff), "basis", def.CharterBasis))
	for _, doc := range def.Documents {
		b.WriteString("\n• " + wording.DocName(s, doc))
		if note := needNote(s, doc); note != "" {
			b.WriteString(" (" + note + ")")
		}
	}
	b.WriteString("\n\n" + s.Text("info.how_to_send"))
	return s.Tell(ctx, b.String(), s.Choice("/ajukan", "menu.apply"), s.Choice("/mulai", "menu.start"))
}

// needNote says when a document is needed, where it is not always.
func needNote(s *session.Session, doc workflow.DocDef) string {
	switch doc.Need {
	case workflow.NeedIfProxy:
		return s.Text("info.if_proxy")
	case workflow.NeedIfExists:
		return s.Text("info.if_exists")
	case workflow.NeedAlways:
	}
	return ""
}

// Privacy tells what is kept of a person and why (UU 27/2022).
func Privacy(ctx context.Context, s *session.Session, _ string) error {
	return s.Tell(ctx, s.Text("info.privacy", "office", s.Env.Desk.Office.ShortName, "ways", wording.Ways(s)), s.Likely()...)
}
