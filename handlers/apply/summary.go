package apply

import (
	"context"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// Ids of the choices of a summary and of its lists.
const (
	choiceGroup    session.Numbered                = "g"
	choiceField    session.Numbered                = "f"
	choicePage     session.Numbered                = "m"
	choiceDocument session.Keyed[workflow.DocCode] = "d"

	choiceSend    = "send"
	choiceEdit    = "edit"
	choiceReplace = "replace"
	choiceSave    = "save"
	choiceBack    = "back"
)

func (a *Application) askSummary(s *session.Session, def *workflow.SOP) {
	s.Ask(s.Text("review.head", "permit", def.Permit.In(s.Lang()))+"\n"+formOf(def).Summary(s, &a.State)+
		"\n"+a.documentSummary(s, a.Uploads(def).Asked)+"\n\n"+s.Text("review.ask"), summaryChoices(s)...)
}

func summaryChoices(s *session.Session) []session.Choice {
	return []session.Choice{
		s.Choice(choiceSend, "review.send"), s.Choice(choiceEdit, "review.edit"),
		s.Choice(choiceReplace, "review.replace"), s.Choice(choiceSave, "review.save"),
	}
}

// documentSummary lists what was sent for the documents.
func (f *filling) documentSummary(s *session.Session, asked []workflow.DocDef) string {
	var b strings.Builder
	b.WriteString("\n" + strings.ToUpper(s.Text("review.documents")))
	for _, doc := range asked {
		sent, there := f.Sent(doc.Code)
		if !there {
			continue
		}
		b.WriteString("\n• " + texts.Cut(wording.DocName(s, doc), 60) + ": " + wording.FileWords(s, sent.Files))
		if sent.Expiry != "" {
			b.WriteString(", " + s.Text("review.until", "date", wording.Expiry(s, sent.Expiry)))
		}
	}
	return b.String()
}

// answerSummary takes what is chosen under the summary.
func (a *Application) answerSummary(ctx context.Context, s *session.Session, def *workflow.SOP, in session.Input) error {
	switch in.Choice {
	case choiceSend:
		return a.submit(ctx, s, def)
	case choiceEdit:
		a.At, a.List = atEdit, list{}
		return a.Ask(ctx, s)
	case choiceReplace:
		a.At, a.List = atReplace, list{}
		return a.Ask(ctx, s)
	case choiceSave:
		return Save(ctx, s, "")
	}
	if len(in.Files) > 0 {
		s.Say("review.no_file")
	}
	s.Ask(s.Text("common.choose"), summaryChoices(s)...)
	return nil
}
