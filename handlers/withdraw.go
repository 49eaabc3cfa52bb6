package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/handlers/apply"
	"izinbot/handlers/mycases"
	"izinbot/handlers/respond"
	"izinbot/handlers/session"
)

// withdrawDraft is what stands behind "tarik" for the application that was not sent yet.
const withdrawDraft = "draf"

// withdraw ends an application at the applicant's wish: the one named in arg, the one that was not
// sent yet, or the only one there is.
func withdraw(ctx context.Context, s *session.Session, arg string) error {
	if !strings.ContainsAny(arg, "0123456789") && arg != withdrawDraft {
		arg = "" // "tarik permohonan saya" names no number
	}
	if arg != "" && arg != withdrawDraft {
		return respond.BeginWithdrawal(ctx, s, arg)
	}
	if _, filling := s.State.Open.Dialogue().(*apply.Application); filling {
		s.PutAside()
	}
	draft, err := mycases.Draft(ctx, s)
	if err != nil {
		return err
	}
	if arg == withdrawDraft || draft == nil {
		if draft == nil {
			return respond.BeginWithdrawal(ctx, s, "")
		}
		return apply.BeginDiscard(ctx, s)
	}
	return whichToWithdraw(ctx, s, draft)
}

// whichToWithdraw asks whether the draft or a case under way is meant; where there is no case, the
// draft is.
func whichToWithdraw(ctx context.Context, s *session.Session, draft *session.Stored) error {
	rows, err := mycases.OwnRows(ctx, s)
	if err != nil {
		return err
	}
	items := []session.Choice{s.Choice("/tarik "+withdrawDraft, "discard.draft", "body", apply.BodyOf(s, draft))}
	for _, row := range rows {
		if row.End != "" {
			continue
		}
		def, c, err := s.Work.Case(ctx, row.ID)
		if s.Unreadable(ctx, row.ID, err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("load own case: %w", err)
		}
		items = append(items, session.Choice{ID: "/tarik " + string(row.ID), Label: mycases.CaseLabel(s, def, c)})
	}
	if len(items) == 1 {
		return apply.BeginDiscard(ctx, s)
	}
	s.Ask(s.Text("own.which"), items...)
	return nil
}
