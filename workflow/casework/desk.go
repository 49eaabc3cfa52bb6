// Package casework carries commands to cases. It loads the case and the procedure that
// it started with, reserves register numbers, lets workflow.Decide decide, draws letters,
// derives due instants, has the notices worded, and stages all of it as one unit of work.
// A Committer writes it, after the caller has added what is his: the chat's state and
// answers, or claims. It derives the views over cases too: tasks, estimates, recaps,
// calls, the access log.
//
// Not here: rules (workflow), wording (an Announcer), sending (a Sender).
package casework

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/store"
)

// Drawer draws a letter of a case as PDF.
type Drawer interface {
	Draw(ctx context.Context, def *workflow.SOP, c workflow.Case, l workflow.Letter, kind letters.Copy) ([]byte, error)
}

// Announcer turns the notices of a case entry into messages for chats.
type Announcer interface {
	Announce(ctx context.Context, news News) ([]bot.Delivery, error)
}

// News is an accepted entry with the notices to be worded.
type News struct {
	Def     *workflow.SOP
	Case    workflow.Case // after the entry
	Entry   workflow.Entry
	Notices []workflow.Notice
	Now     time.Time
}

// Store is the part of the store that casework reads, and reserves numbers in; all other
// writes are staged.
type Store interface {
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	EntryByKey(ctx context.Context, id workflow.CaseID, key string) (workflow.Entry, error)
	store.Registers
}

// Desk holds the dependencies of casework and begins works. It is safe for use by
// several goroutines.
type Desk struct {
	Store     Store
	Library   *Library
	Calendar  workflow.WorkingTime
	Letters   Drawer
	Office    letters.Office
	Files     bot.Files
	Announcer Announcer
}

// Work stages the commands of one inbound message or timed event. Nothing is written
// before its UnitOfWork is committed; if that meets a conflict, the work is done again
// from the start ([Work.Again]).
type Work struct {
	desk     *Desk
	key      string // prefix of the commands' idempotency keys
	now      time.Time
	count    int
	cases    map[workflow.CaseID]*staged
	order    []workflow.CaseID
	reserved map[workflow.CaseID]map[workflow.LetterID]workflow.Number
	drawn    map[drawing]workflow.LetterFile

	deliveries []bot.Delivery
}

type staged struct {
	def     *workflow.SOP
	c       workflow.Case
	entries []workflow.Entry
	numbers []workflow.NumberChange
	marks   []store.Milestone
}

// Result is the outcome of a command.
type Result struct {
	Def     *workflow.SOP
	Case    workflow.Case
	Refused *workflow.Error // nil: accepted
}

// Begin starts the work of one event. key identifies the event: the id of the
// inbound message. The n-th command of the work has the key "<key>#<n>".
func (d *Desk) Begin(key string, now time.Time) *Work {
	return &Work{
		desk: d, key: key, now: now, cases: map[workflow.CaseID]*staged{},
		reserved: map[workflow.CaseID]map[workflow.LetterID]workflow.Number{}, drawn: map[drawing]workflow.LetterFile{},
	}
}

// Again starts the same work anew after a conflict. It keeps the reserved numbers, so
// that one whose letter has died meanwhile is made void, and the letters that were
// drawn, so that each is drawn once however often the work is done.
func (w *Work) Again() *Work {
	again := w.desk.Begin(w.key, w.now)
	again.reserved, again.drawn = w.reserved, w.drawn
	return again
}

// Case gives a case as this work left it, with its procedure. CodeNotFound.
func (w *Work) Case(ctx context.Context, id workflow.CaseID) (*workflow.SOP, workflow.Case, error) {
	s, err := w.load(ctx, id)
	if err != nil {
		return nil, workflow.Case{}, err
	}
	return s.def, s.c, nil
}

func (w *Work) load(ctx context.Context, id workflow.CaseID) (*staged, error) {
	if s, ok := w.cases[id]; ok {
		return s, nil
	}
	c, err := w.desk.Store.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	def, err := w.desk.Library.Get(ctx, c.SOP)
	if err != nil {
		return nil, fmt.Errorf("load sop of case: %w", err)
	}
	s := &staged{def: def, c: c}
	w.cases[id] = s
	return s, nil
}

// Open submits an application: a number is taken for the case, and Submit is
// carried to it. key names the draft, so that a repeat gets the same number.
func (w *Work) Open(ctx context.Context, def *workflow.SOP, draft string, cmd workflow.Command, submit workflow.Submit) (Result, error) {
	n, err := w.take(ctx, workflow.RegisterIntake+"/"+def.Code, draft, func(seq int, at time.Time) string {
		return string(workflow.MakeCaseID(def.Code, at.Year(), seq))
	})
	if err != nil {
		return Result{}, err
	}
	submit.ID, submit.SOP = workflow.CaseID(n.Text), def.Ref
	cmd.Act = submit
	if _, err := w.load(ctx, submit.ID); err != nil {
		if workflow.CodeOf(err) != workflow.CodeNotFound {
			return Result{}, err
		}
		w.cases[submit.ID] = &staged{def: def}
	}
	if cmd.Numbers, err = w.agenda(ctx, w.cases[submit.ID], cmd, submit.ID); err != nil {
		return Result{}, err
	}
	return w.Do(ctx, submit.ID, cmd)
}

// Do carries a command to a case and stages its effects. A refusal is part of the
// result, and of the case's history; an error means that nothing was decided. The
// command's Key and Numbers are set here.
func (w *Work) Do(ctx context.Context, id workflow.CaseID, cmd workflow.Command) (Result, error) {
	s, err := w.load(ctx, id)
	if err != nil {
		return Result{}, err
	}
	w.count++
	cmd.Key = w.key + "#" + strconv.Itoa(w.count)
	if s.c.Version > 0 {
		before, err := w.desk.Store.EntryByKey(ctx, id, cmd.Key)
		if err == nil {
			return Result{Def: s.def, Case: s.c, Refused: before.Refused}, nil
		}
		if workflow.CodeOf(err) != workflow.CodeNotFound {
			return Result{}, err
		}
	}
	decision, refused, err := w.decide(ctx, s, &cmd)
	if err != nil {
		return Result{}, err
	}
	if refused != nil && s.c.Version == 0 {
		return Result{Def: s.def, Refused: refused}, nil // there is no case to record it in
	}
	if err := w.stage(ctx, s, cmd, decision, refused); err != nil {
		return Result{}, err
	}
	return Result{Def: s.def, Case: s.c, Refused: refused}, nil
}

// Preview decides a command without staging anything. The caller gives stand-ins for
// the numbers in the command.
func (w *Work) Preview(ctx context.Context, id workflow.CaseID, cmd workflow.Command) (workflow.Decision, error) {
	s, err := w.load(ctx, id)
	if err != nil {
		return workflow.Decision{}, err
	}
	return workflow.Decide(s.def, s.c, cmd, w.now)
}

func (w *Work) stage(ctx context.Context, s *staged, cmd workflow.Command, d workflow.Decision, refused *workflow.Error) error {
	next, facts := s.c, workflow.Facts{}
	if refused == nil {
		next = d.Case.Derive(w.desk.Calendar)
		files, err := w.draw(ctx, s.def, next, d.Redraw)
		if err != nil {
			return err
		}
		facts = workflow.Facts{Dues: next.Dues(), Files: files}
		s.numbers = append(s.numbers, d.Numbers...)
	} else {
		s.numbers = append(s.numbers, w.orphans(s.c)...)
	}
	next, entry, err := workflow.Append(next, cmd, refused, facts, w.now)
	if err != nil {
		return err
	}
	if len(s.entries) == 0 {
		w.order = append(w.order, next.ID)
	}
	s.marks = append(s.marks, Milestones(s.def, s.c, next, w.now, w.desk.Calendar)...)
	s.c, s.entries = next, append(s.entries, entry)
	return w.announce(ctx, s, entry, d.Notices)
}

func (w *Work) announce(ctx context.Context, s *staged, entry workflow.Entry, notices []workflow.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	deliveries, err := w.desk.Announcer.Announce(ctx, News{Def: s.def, Case: s.c, Entry: entry, Notices: notices, Now: w.now})
	if err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	w.deliveries = append(w.deliveries, deliveries...)
	return nil
}

// Touched tells whether the work changes a case.
func (w *Work) Touched(id workflow.CaseID) bool {
	s, ok := w.cases[id]
	return ok && len(s.entries) > 0
}

// Unit gives the staged unit of work: the cases and their deliveries.
func (w *Work) Unit() store.UnitOfWork {
	t := store.UnitOfWork{Deliveries: w.deliveries}
	for _, id := range w.order {
		s := w.cases[id]
		t.Cases = append(t.Cases, store.CaseChange{
			Case: s.c, Entries: s.entries, Numbers: s.numbers, Task: w.desk.task(s, w.now), Milestones: s.marks,
		})
	}
	return t
}
