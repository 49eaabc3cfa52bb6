package registers

import (
	"context"
	"fmt"
	"iter"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/store"
)

// Store is the part of the store that books are read from.
type Store interface {
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error)
	NumbersTaken(ctx context.Context, q store.NumberQuery) ([]store.NumberRow, error)
	Milestones(ctx context.Context, from, to time.Time, limit int) ([]store.Milestone, error)
}

// Procedures are the procedures that cases started with.
type Procedures interface {
	Get(ctx context.Context, ref workflow.SOPRef) (*workflow.SOP, error)
	All(ctx context.Context) ([]*workflow.SOP, error)
}

// Source reads books. It is safe for use by several goroutines.
type Source struct {
	Store      Store
	Procedures Procedures
	Office     letters.Office
}

// Books lists the books that there are.
func (s Source) Books(ctx context.Context) ([]Book, error) {
	all, err := s.Procedures.All(ctx)
	return Books(all), err
}

// Rows gives the rows of a book in a period, in its order. It holds one page of them in
// memory. A case that cannot be read has a row that says so; any other error ends the rows.
func (s Source) Rows(ctx context.Context, b Book, p Period) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := &reading{Source: s, period: p, yield: yield}
		if err := r.book(ctx, b); err != nil {
			yield(Row{}, fmt.Errorf("read %s: %w", b.Kind, err))
		}
	}
}

// reading is one pass through a book. yield tells whether more rows are wanted.
type reading struct {
	Source
	period Period
	yield  func(Row, error) bool
	n      int // rows given
	file   file
}

// file is a case with its procedure.
type file struct {
	id  workflow.CaseID
	def *workflow.SOP
	c   workflow.Case
	err error // why it cannot be read
}

func (r *reading) book(ctx context.Context, b Book) error {
	switch b.Kind {
	case Incoming:
		return r.incoming(ctx)
	case Permits:
		return r.numbers(ctx, string(b.Kind), r.permit)
	case Courier:
		return r.done(ctx, r.delivers, r.courier)
	case Applications:
		return r.applications(ctx)
	case Clarifications:
		return r.done(ctx, r.asks, r.clarification)
	case Outgoing:
	}
	return r.numbers(ctx, string(b.Kind), r.outgoing)
}

// give hands a row on.
func (r *reading) give(row Row) (more bool) {
	r.n++
	return r.yield(row, nil)
}

// open gives a case, if it can be read. The last one is remembered: rows of a case often
// follow each other.
func (r *reading) open(ctx context.Context, id workflow.CaseID) (file, error) {
	if r.file.id == id {
		return r.file, nil
	}
	f := file{id: id}
	f.c, f.err = r.Store.Case(ctx, id)
	if f.err == nil {
		f.def, f.err = r.Procedures.Get(ctx, f.c.SOP)
	}
	if code := workflow.CodeOf(f.err); ctx.Err() != nil || code == workflow.CodeUnavailable {
		return f, f.err
	}
	r.file = f
	return f, nil
}

// answer is what the applicant answered to the question with a meaning.
func (f file) answer(m workflow.Meaning) string { return f.c.Form.Of(f.def.Form, m) }

// body is the body that applies.
func (f file) body() string { return f.answer(workflow.MeansBody) }

// Signers gives the titles of those who sign a printed book under a procedure: who keeps it, and
// his superior.
func Signers(def *workflow.SOP) (keeper, superior string) {
	by, _ := def.RoleDef(def.BookKeeper())
	above, _ := def.RoleDef(by.Superior)
	return title(by), title(above)
}

func title(r workflow.RoleDef) string {
	if r.Title != "" {
		return r.Title
	}
	return r.Name.ID
}
