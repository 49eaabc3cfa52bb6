package mycases

import (
	"context"
	"fmt"
	"slices"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// ownCases is the number of a person's cases that are looked at, the newest first.
const ownCases = 20

// OwnRows lists the cases of the person who writes.
func OwnRows(ctx context.Context, s *session.Session) ([]store.TaskRow, error) {
	return RowsOf(ctx, s, s.Person)
}

// RowsOf lists a person's cases under every id that he was met by, the newest first.
func RowsOf(ctx context.Context, s *session.Session, p store.Person) ([]store.TaskRow, error) {
	var rows []store.TaskRow
	for _, id := range p.Known() {
		more, err := s.Env.Store.ByApplicant(ctx, id, ownCases)
		if err != nil {
			return nil, fmt.Errorf("list cases: %w", err)
		}
		rows = append(rows, more...)
	}
	slices.SortStableFunc(rows, func(a, b store.TaskRow) int { return b.Submitted.Compare(a.Submitted) })
	return rows[:min(len(rows), ownCases)], nil
}

// OwnCase finds the case of the person that a command is about: the one named in
// arg, else the only one that fits. ErrAnswered: there is none, or several, which was
// told. A stranger's case is never touched.
func OwnCase(ctx context.Context, s *session.Session, arg, verb string, fits func(*workflow.SOP, workflow.Case) bool) (c workflow.Case, err error) {
	if arg != "" {
		return ownNamed(ctx, s, arg)
	}
	rows, err := OwnRows(ctx, s)
	if err != nil {
		return c, err
	}
	var items []session.Choice
	for _, row := range rows {
		def, own, err := s.Work.Case(ctx, row.ID)
		if s.Unreadable(ctx, row.ID, err) {
			continue
		}
		if err != nil {
			return c, fmt.Errorf("load own case: %w", err)
		}
		if fits(def, own) {
			c = own
			items = append(items, session.Choice{ID: "/" + verb + " " + string(row.ID), Label: CaseLabel(s, def, own)})
		}
	}
	switch len(items) {
	case 0:
		s.Ask(s.Text("own.none."+verb), s.Choice("/status", "menu.status"))
		return c, answered(ctx, s)
	case 1:
		return c, nil
	}
	s.Ask(s.Text("own.which"), items[:min(len(items), wording.Page)]...)
	return c, session.ErrAnswered
}

// answered goes on with the open dialogue after the person was told something.
func answered(ctx context.Context, s *session.Session) error {
	if err := s.Repeat(ctx); err != nil {
		return err
	}
	return session.ErrAnswered
}

func ownNamed(ctx context.Context, s *session.Session, arg string) (workflow.Case, error) {
	id, _ := workflow.ParseCaseID(arg)
	if id == "" {
		s.Ask(s.Text("status.mistyped", "typed", texts.Cut(arg, 40), "sample", SampleCase(s)), s.Choice("/status", "menu.status"))
		return workflow.Case{}, answered(ctx, s)
	}
	_, c, err := s.Work.Case(ctx, id)
	known := workflow.CodeOf(err) != workflow.CodeNotFound
	if known && err != nil {
		return c, fmt.Errorf("load own case: %w", err)
	}
	if !known || !s.Person.Is(c.Applicant) {
		s.Ask(s.Text("own.not_yours"), s.Choice("/status", "menu.status"))
		return c, answered(ctx, s)
	}
	return c, nil
}

// SampleCase is a number of the right form, for people who mistyped theirs.
func SampleCase(s *session.Session) string {
	return string(workflow.MakeCaseID(s.Env.Desk.Library.Current().Code, s.Now.In(workflow.WIB()).Year(), 42))
}

// Registered tells whether the file was found complete, so that the applicant has
// his resi and the charter's clock has started.
func Registered(c workflow.Case) bool { return !c.ServiceClock.Start.IsZero() }

// CaseLabel is a case as its applicant knows it: the resi if there is one, else
// when it was handed in.
func CaseLabel(s *session.Session, def *workflow.SOP, c workflow.Case) string {
	body := c.Named(def, workflow.MeansBody)
	if body == "" {
		body = def.Permit.In(s.Lang())
	}
	if Registered(c) {
		return string(c.ID) + " · " + body
	}
	return body + " · " + calendar.ShortDateTime(c.Submitted, s.Lang())
}
