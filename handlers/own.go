package handlers

import (
	"context"
	"fmt"
	"slices"

	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// ownCases is how many of a person's cases are looked at, the newest first.
const ownCases = 20

// ownRows lists the cases of the person who writes.
func (t *turn) ownRows(ctx context.Context) ([]store.TaskRow, error) { return t.rowsOf(ctx, t.person) }

// rowsOf lists a person's cases under every id that he was met by, the newest first.
func (t *turn) rowsOf(ctx context.Context, p workflow.Person) ([]store.TaskRow, error) {
	var rows []store.TaskRow
	for _, id := range p.Known() {
		more, err := t.app.Store.ByApplicant(ctx, id, ownCases)
		if err != nil {
			return nil, fmt.Errorf("list cases: %w", err)
		}
		rows = append(rows, more...)
	}
	slices.SortStableFunc(rows, func(a, b store.TaskRow) int { return b.Submitted.Compare(a.Submitted) })
	return rows[:min(len(rows), ownCases)], nil
}

// owns tells whether a case is the person's own.
func (t *turn) owns(c workflow.Case) bool { return t.person.Is(c.Applicant) }

// ownCase finds the case of the person that a command is about: the one named in
// arg, else the only one that fits. If there is none, or several, that was told and
// ok is false. A stranger's case is never touched.
func (t *turn) ownCase(ctx context.Context, arg, verb string, fits func(*workflow.SOP, workflow.Case) bool) (c workflow.Case, ok bool, err error) {
	if arg != "" {
		return t.ownNamed(ctx, arg)
	}
	rows, err := t.ownRows(ctx)
	if err != nil {
		return c, false, err
	}
	var items []Item
	for _, row := range rows {
		def, own, err := t.work.Case(ctx, row.ID)
		if t.unreadable(ctx, row.ID, err) {
			continue
		}
		if err != nil {
			return c, false, fmt.Errorf("load own case: %w", err)
		}
		if fits(def, own) {
			c = own
			items = append(items, Item{ID: "/" + verb + " " + string(row.ID), Label: t.caseLabel(def, own)})
		}
	}
	switch len(items) {
	case 0:
		t.ask(t.text("own.none."+verb), t.item("/status", "menu.status"))
		return c, false, t.askAgain(ctx)
	case 1:
		return c, true, nil
	}
	t.ask(t.text("own.which"), items[:min(len(items), page)]...)
	return c, false, nil
}

// waiting offers what the office waits for from the person: documents, the approval
// of a report, the receipt of a letter.
func (t *turn) waiting(ctx context.Context) ([]Item, error) {
	rows, err := t.ownRows(ctx)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, row := range rows {
		if row.End != "" || len(items) > 2 {
			continue
		}
		def, c, err := t.work.Case(ctx, row.ID)
		if err != nil {
			continue // a damaged case must not keep the menu from anybody
		}
		items = append(items, t.awaited(def, c)...)
	}
	return items, nil
}

// awaited offers what the office waits for from the applicant of a case.
func (t *turn) awaited(def *workflow.SOP, c workflow.Case) []Item {
	switch id := string(c.ID); {
	case awaitsAnswer(c):
		return []Item{t.item("/lengkapi "+id, "menu.mend")}
	case awaitsAgreement(def, c):
		return []Item{t.item("/setuju "+id, "menu.agree"), t.item("/keberatan "+id, "menu.object")}
	case awaitsReceipt(def, c):
		return []Item{t.item("/terima "+id, "menu.received")}
	}
	return nil
}

func (t *turn) ownNamed(ctx context.Context, arg string) (workflow.Case, bool, error) {
	id, _ := workflow.ParseCaseID(arg)
	if id == "" {
		t.ask(t.text("status.mistyped", "typed", texts.Cut(arg, 40), "sample", t.sampleCase()), t.item("/status", "menu.status"))
		return workflow.Case{}, false, t.askAgain(ctx)
	}
	_, c, err := t.work.Case(ctx, id)
	known := workflow.CodeOf(err) != workflow.CodeNotFound
	if known && err != nil {
		return c, false, fmt.Errorf("load own case: %w", err)
	}
	if !known || !t.owns(c) {
		t.ask(t.text("own.not_yours"), t.item("/status", "menu.status"))
		return c, false, t.askAgain(ctx)
	}
	return c, true, nil
}

// sampleCase is a number of the right form, for people who mistyped theirs.
func (t *turn) sampleCase() string {
	return string(workflow.MakeCaseID(t.app.Desk.Library.Current().Code, t.now.In(workflow.WIB()).Year(), 42))
}

// registered tells whether the file was found complete, so that the applicant has
// his resi and the charter's clock has started (sop.md rules 1 and 2).
func registered(c workflow.Case) bool { return !c.ServiceClock.Start.IsZero() }

// caseLabel is a case as its applicant knows it: the resi if there is one, else
// when it was handed in.
func (t *turn) caseLabel(def *workflow.SOP, c workflow.Case) string {
	body := c.Form.Of(def.Form, workflow.MeansBody)
	if body == "" {
		body = def.Permit.In(t.lang())
	}
	if registered(c) {
		return string(c.ID) + " · " + body
	}
	return body + " · " + calendar.ShortDateTime(c.Submitted, t.lang())
}
