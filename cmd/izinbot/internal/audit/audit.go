// Package audit reads all that an office keeps, records and files, and tells what of it
// is damaged or missing. A fault in one place hides none in another.
//
// A file is wanted by a case, in any version of its documents, its letters or its visit,
// by what a chat has open, by a message that waits to be handled and by a delivery that
// waits to be sent. Messages and deliveries that are over refer to nothing any more.
//
// A case is what its history leads to, by the procedure that it started with. So the case as
// it is kept, its row in the lists, its numbers in the registers and its milestones are
// compared with the replayed history: any of them that was written behind the program's back
// differs from it. Histories in turn are compared with the office's log, and the log with its
// signed checkpoints: who rewrites a history as a whole, or takes away its end or all of it,
// does not have the key that signs another log.
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
	"izinbot/workflow/ledger"
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
	// Spare are numbers that no history explains and that break nothing: reserved, or void
	// before a letter bore them, as a crash leaves them.
	Spare []string
	// Log is what was found of the office's log; zero where it was not looked at.
	Log Logged
}

// Problems of a file, as they are printed.
const (
	Missing    = "berkas tidak ada"
	Unreadable = "berkas rusak atau bukan yang disimpan"
)

// Records checks that every history, case and other record of a store is there and whole, and
// gives the files that they want. It fails only if the store cannot be asked.
func Records(ctx context.Context, s store.Store) (Report, Wanted, error) {
	return newAuditing(ctx, s).all()
}

// Verify is Records that also replays every history, and compares with it the case, its row in
// the lists, its numbers and its milestones, and every history with the office's log.
func Verify(ctx context.Context, s store.Store, trust Trust) (Report, Wanted, error) {
	a := newAuditing(ctx, s)
	a.replays = true
	if err := a.readLog(trust); err != nil {
		return a.report, a.wanted, err
	}
	return a.all()
}

func newAuditing(ctx context.Context, s store.Store) *auditing {
	return &auditing{ctx: ctx, store: s, wanted: Wanted{}, sops: map[workflow.SOPRef]procedure{}, told: map[workflow.CaseID]*told{}}
}

func (a *auditing) all() (Report, Wanted, error) {
	err := a.cases()
	if err == nil {
		a.deleted()
	}
	if p, ok := a.store.(store.Portable); ok && err == nil {
		err = a.beside(p)
	}
	return a.report, a.wanted, err
}

// beside checks what is kept beside the cases.
func (a *auditing) beside(p store.Portable) (err error) {
	checks := []func(store.Portable) error{a.others}
	if a.replays {
		checks = []func(store.Portable) error{a.tasks, a.numbers, a.milestones, a.others}
	}
	for _, check := range checks {
		if err := check(p); err != nil {
			return err
		}
	}
	a.report.Doubles, err = Doubles(a.ctx, p)
	return err
}

type auditing struct {
	ctx    context.Context //nolint:containedctx // of this one audit
	store  store.Store
	report Report
	wanted Wanted
	sops   map[workflow.SOPRef]procedure

	replays bool                      // every history is replayed
	told    map[workflow.CaseID]*told // of every case that there is
	runs    map[workflow.CaseID][]ledger.Run
}

// procedure is a version of a procedure, or why it cannot be had.
type procedure struct {
	def   *workflow.SOP
	fault string
}

func (a *auditing) fault(where, problem string, args ...any) {
	a.report.Faults = append(a.report.Faults, Fault{Where: where, Problem: fmt.Sprintf(problem, args...)})
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

// rereads limits how often a case that does not fit its history is read again: an office that
// runs on MongoDB may have written between the two reads.
const rereads = 3

// oneCase checks the chain of a case's history, that it ends where the case says it
// does, and that it leads to the case; that its procedure is there.
func (a *auditing) oneCase(id workflow.CaseID) error {
	r, err := a.read(id)
	for n := 0; n < rereads && err == nil && len(r.faults) > 0; n++ {
		r, err = a.read(id)
	}
	if err != nil {
		return err
	}
	a.report.Cases++
	a.report.Entries += len(r.entries)
	a.report.Log.Waiting += r.waiting
	a.told[id] = r.told
	for _, problem := range r.faults {
		a.fault(string(id), "%s", problem)
	}
	for _, e := range r.entries {
		a.wanted.caseFiles(string(id), e.Command)
		a.wanted.factFiles(string(id), e.Facts)
	}
	if !r.there {
		return nil
	}
	a.wanted.value(string(id), r.c)
	for _, l := range r.c.Letters {
		if l.File.SHA256 != "" {
			a.report.Letters++
		}
	}
	return nil
}

// procedure reads the version that a case started with.
func (a *auditing) procedure(ref workflow.SOPRef) (procedure, error) {
	if p, known := a.sops[ref]; known {
		return p, nil
	}
	var p procedure
	source, err := a.store.SOPSource(a.ctx, ref)
	switch {
	case err != nil && !a.lasting(err):
		return p, fmt.Errorf("procedure %s %s: %w", ref.Name, ref.Version, err)
	case err != nil:
		p.fault = fmt.Sprintf("prosedur %s versi %.12s tidak ada", ref.Name, ref.Version)
	default:
		p.def, err = sop.Parse(source)
		switch {
		case err != nil:
			p.fault = fmt.Sprintf("prosedur %s versi %.12s tidak terbaca", ref.Name, ref.Version)
		case p.def.Ref != ref:
			p = procedure{fault: fmt.Sprintf("prosedur %s versi %.12s diubah setelah disimpan", ref.Name, ref.Version)}
		}
	}
	a.sops[ref] = p
	return p, nil
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
