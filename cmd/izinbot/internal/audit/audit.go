// Package audit reads all that an office keeps, records and files, and tells what of it
// is damaged or missing. A fault in one place hides none in another.
//
// A file is wanted by a case, in any version of its documents, its letters or its visit,
// by what a chat has open, by a message that waits to be handled and by a delivery that
// waits to be sent. Messages and deliveries that are over refer to nothing any more.
//
// It changes nothing. What nothing refers to is removed by storage.Sweep, and what is damaged
// is brought back by backup.
package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sop"
	"izinbot/workflow/store"
)

// Fault is something that is damaged or missing.
type Fault struct {
	Where   string // a case, a chat, or what else has it
	What    string // the document, letter or record; may be empty
	Problem string
	Key     string // of the file that it is about; empty for a record
}

func (f Fault) String() string {
	s := f.Where
	if f.What != "" {
		s += ": " + f.What
	}
	return s + ": " + f.Problem
}

// Report is the result of an audit: counts and faults.
type Report struct {
	Cases, Entries, Letters int
	// Files are those that were read to their end.
	Files  int
	Faults []Fault
	// Doubles are no faults: nothing can or must be done about them.
	Doubles []Double
}

// Problems of a file, as they are printed.
const (
	Missing    = "berkas tidak ada"
	Unreadable = "berkas rusak atau bukan yang disimpan"
)

// Records checks every history, case and other record of a store, and gives the files
// that they want. It fails only if the store cannot be asked.
func Records(ctx context.Context, s store.Store) (Report, Wanted, error) {
	a := auditing{ctx: ctx, store: s, wanted: Wanted{}, sops: map[workflow.SOPRef]string{}}
	err := a.cases()
	if p, ok := s.(store.Portable); ok && err == nil {
		if err = a.others(p); err == nil {
			a.report.Doubles, err = Doubles(ctx, p)
		}
	}
	return a.report, a.wanted, err
}

type auditing struct {
	ctx    context.Context //nolint:containedctx // of this one audit
	store  store.Store
	report Report
	wanted Wanted
	sops   map[workflow.SOPRef]string // fault of each version; empty: none
}

func (a *auditing) fault(where, problem string) {
	a.report.Faults = append(a.report.Faults, Fault{Where: where, Problem: problem})
}

// lasting tells whether an error is about what is kept, not about the asking.
func (a *auditing) lasting(err error) bool {
	return a.ctx.Err() == nil && workflow.CodeOf(err) != workflow.CodeUnavailable
}

// batch is the number of cases listed at once.
const batch = 500

func (a *auditing) cases() error {
	after := workflow.CaseID("")
	for {
		ids, err := a.store.CaseIDs(a.ctx, after, batch)
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		for _, id := range ids {
			after = id
			if err := a.oneCase(id); err != nil {
				return err
			}
		}
		if len(ids) < batch {
			return nil
		}
	}
}

// oneCase checks the chain of a case's history, that it ends where the case says it
// does, and that its procedure is there.
func (a *auditing) oneCase(id workflow.CaseID) error {
	a.report.Cases++
	entries, err := a.store.History(a.ctx, id)
	if err != nil {
		if !a.lasting(err) {
			return fmt.Errorf("history of %s: %w", id, err)
		}
		a.fault(string(id), fmt.Sprintf("the history cannot be read: %v", err))
	}
	a.report.Entries += len(entries)
	for _, e := range entries {
		a.wanted.caseFiles(string(id), e.Command)
		a.wanted.factFiles(string(id), e.Facts)
	}
	c, err := a.store.Case(a.ctx, id)
	if err != nil {
		if !a.lasting(err) {
			return fmt.Errorf("case %s: %w", id, err)
		}
		a.fault(string(id), fmt.Sprintf("the case cannot be read: %v", err))
		if seq, reason := workflow.VerifyHistory(id, entries); seq > 0 {
			a.fault(string(id), fmt.Sprintf("entry %d %s", seq, reason))
		}
		return nil
	}
	if seq, reason := c.VerifyHistory(entries); seq > 0 && !a.holdsAgain(id) {
		a.fault(string(id), fmt.Sprintf("entry %d %s", seq, reason))
	}
	a.wanted.value(string(id), c)
	for _, l := range c.Letters {
		if l.File.SHA256 != "" {
			a.report.Letters++
		}
	}
	return a.procedure(c)
}

// rereads limits how often a case that does not fit its history is read again.
const rereads = 3

// holdsAgain reads a case and its history again: an office that runs on MongoDB may have
// written between the two reads.
func (a *auditing) holdsAgain(id workflow.CaseID) bool {
	for range rereads {
		entries, err := a.store.History(a.ctx, id)
		if err != nil {
			return false
		}
		c, err := a.store.Case(a.ctx, id)
		if err != nil {
			return false
		}
		if seq, _ := c.VerifyHistory(entries); seq == 0 {
			return true
		}
	}
	return false
}

// procedure sees to it that the version that a case started with can be read.
func (a *auditing) procedure(c workflow.Case) error {
	problem, known := a.sops[c.SOP]
	if !known {
		source, err := a.store.SOPSource(a.ctx, c.SOP)
		switch {
		case err != nil && !a.lasting(err):
			return fmt.Errorf("procedure %s %s: %w", c.SOP.Name, c.SOP.Version, err)
		case err != nil:
			problem = fmt.Sprintf("prosedur %s versi %.12s tidak ada", c.SOP.Name, c.SOP.Version)
		default:
			if _, err := sop.Parse(source); err != nil {
				problem = fmt.Sprintf("prosedur %s versi %.12s tidak terbaca", c.SOP.Name, c.SOP.Version)
			}
		}
		a.sops[c.SOP] = problem
	}
	if problem != "" {
		a.fault(string(c.ID), problem)
	}
	return nil
}

// Read reads every file that is wanted or there to its end, but for those that may be
// missing, and adds to the report. said is told how many of all were read by now. An
// error names files that cannot be read now, by a fault of the disk or the network: they
// may be whole. All others were read.
func (r *Report) Read(ctx context.Context, files storage.Files, wanted Wanted, spare []string, said func(done, all int)) error {
	there, err := names(ctx, files)
	if err != nil {
		return err
	}
	keys := maps.Clone(wanted)
	for _, name := range there {
		if _, ok := keys[name]; !ok {
			keys[name] = []Use{{Where: "tidak dirujuk permohonan mana pun", What: "berkas " + name[:12]}}
		}
	}
	var unread []error
	for i, key := range slices.Sorted(maps.Keys(keys)) {
		said(i, len(keys))
		err := storage.ReadThrough(ctx, files, key)
		switch {
		case err == nil:
			r.Files++
			continue
		case ctx.Err() != nil:
			return err
		case errors.Is(err, fs.ErrNotExist) && slices.Contains(spare, key):
			continue
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, filestore.ErrDamaged):
			if unread = append(unread, fmt.Errorf("%s, %s: %w", keys[key][0].Where, keys[key][0].What, err)); len(unread) == mostUnread {
				return errors.Join(unread...)
			}
			continue
		}
		for _, use := range keys[key] {
			r.Faults = append(r.Faults, Fault{Where: use.Where, What: use.What, Problem: problemOf(err), Key: key})
		}
	}
	slices.SortStableFunc(r.Faults, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.What, b.What)) })
	return errors.Join(unread...)
}

// mostUnread is after how many files that cannot be read now the place counts as away.
const mostUnread = 20

func problemOf(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return Missing
	}
	return Unreadable
}

func names(ctx context.Context, files storage.Files) ([]string, error) {
	var all []string
	for after := ""; ; after = all[len(all)-1] {
		page, err := files.Names(ctx, after, batch)
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
	}
}
