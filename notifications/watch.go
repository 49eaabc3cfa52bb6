package notifications

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// WatchStore is the part of the store that a Watch uses.
type WatchStore interface {
	store.People
	store.Reminders
	DueForCheck(ctx context.Context, now time.Time, limit int) ([]workflow.CaseID, error)
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	Tasks(ctx context.Context, q store.TaskQuery) ([]store.TaskRow, error)
	Overdue(ctx context.Context, role workflow.Role, now time.Time, limit int) ([]store.TaskRow, error)
}

// Watch does what the clock demands: reminders by the ladder, closing of files
// whose clarification was not answered (rule 9), new estimates, tasks of officers
// who are gone, digests and recaps. See the package's comment.
type Watch struct {
	Store    WatchStore
	Desk     *casework.Desk
	Calendar workflow.WorkingTime
	Texts    *texts.Catalogue
	Commits  *casework.Committer
	// Files takes the recap's chart; Chart draws it as PNG. Without it a recap is
	// text alone.
	Files bot.Files
	Chart func(casework.Recap) ([]byte, error)
	Log   *slog.Logger
	// CommandIn gives what a command is called in a language; nil: what it is called.
	CommandIn func(lang workflow.Lang, name string) string
	// Jobs are further work at the clock's ticks. Each is done
	// in every run, before the rest.
	Jobs []Job
	// After are jobs that no reminder waits for: they are done after the rest.
	After []Job

	empty bot.Episodes // roles in which nobody works

	mu      sync.Mutex // one run at a time
	runs    int
	begun   time.Time // the first run
	morning string    // the last day whose digests are done
	staff   string    // as of the last release
	swept   time.Time
}

// Job is something that is looked at every minute. It does nothing if nothing is due.
type Job func(ctx context.Context, now time.Time) error

// What one run does at most in one write.
const (
	lookAtOnce = 200 // cases; others wait for the write meanwhile
	mostPages  = 100
	badAgain   = time.Hour // a case that cannot be read is tried again then
	// catchUp is the time that networks may take to bring what they kept while the program
	// stood still.
	catchUp = 15 * time.Minute
)

// RunOnce does what is due at now. A case that cannot be looked at is reported and
// stops no other. What could not be written is due again at the next run.
func (w *Watch) RunOnce(ctx context.Context, now time.Time) error {
	if !w.active() {
		return nil
	}
	var errs []error
	for _, job := range w.Jobs {
		errs = append(errs, unlessFenced(job(ctx, now)))
	}
	errs = append(errs, unlessFenced(w.runOnce(ctx, now)))
	for _, job := range w.After {
		errs = append(errs, unlessFenced(job(ctx, now)))
	}
	return errors.Join(errs...)
}

func (w *Watch) runOnce(ctx context.Context, now time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.begun.IsZero() || now.Before(w.begun) { // a clock that was put back begins anew
		w.begun, w.swept = now, time.Time{}
	}
	dir, err := openDirectory(ctx, w.Store, now)
	if err != nil {
		return err
	}
	return errors.Join(w.release(ctx, dir, now), w.cases(ctx, dir, now), w.staffing(ctx, dir), w.greet(ctx, dir, now))
}

// cases looks at all that are due, page by page.
func (w *Watch) cases(ctx context.Context, dir *directory, now time.Time) error {
	for range mostPages {
		ids, err := w.Store.DueForCheck(ctx, now, lookAtOnce)
		if err != nil {
			return fmt.Errorf("list cases to look at: %w", err)
		}
		again, err := w.page(ctx, dir, ids, now)
		if err != nil {
			return err
		}
		if len(ids) < lookAtOnce && !again {
			return nil
		}
	}
	return nil
}

// page looks at cases and writes all that follows in one unit of work, so that a person
// gets one message. A case that somebody else changes meanwhile is left to the next run.
func (w *Watch) page(ctx context.Context, dir *directory, ids []workflow.CaseID, now time.Time) (again bool, err error) {
	err = casework.InBatches(ids, func(some []workflow.CaseID) error {
		changed, err := w.write(ctx, dir, some, now)
		again = again || changed && err == nil
		return err
	}, func(id workflow.CaseID, _ error) error {
		w.Log.InfoContext(ctx, "case is left to the next run", slog.String("case", string(id)))
		return nil
	})
	return again, err
}

// write looks at cases and commits what follows; changed says that cases were
// changed, which are due for another look.
func (w *Watch) write(ctx context.Context, dir *directory, ids []workflow.CaseID, now time.Time) (changed bool, err error) {
	w.runs++
	key := "watch/" + strconv.FormatInt(now.UnixNano(), 36) + "/" + strconv.Itoa(w.runs)
	r := &round{
		Watch: w, dir: dir, now: now, open: w.Calendar.NextOpen(now).Equal(now), work: w.Desk.Begin(key, now),
		estimator: &casework.Estimator{Store: w.Store, Calendar: w.Calendar}, bundles: map[workflow.PersonID]*bundle{},
	}
	for _, id := range ids {
		r.checkSafely(ctx, id)
	}
	unit := r.work.Unit()
	unit.Claims, unit.Looks = r.claims, r.looks
	unit.Deliveries = append(unit.Deliveries, r.deliveries()...)
	return len(unit.Cases) > 0, w.commit(ctx, now, unit)
}

func (w *Watch) commit(ctx context.Context, now time.Time, unit store.UnitOfWork) error {
	if err := w.bind(&unit); err != nil {
		return err
	}
	return w.Commits.Commit(ctx, now, unit)
}

// say words something for an officer.
func (w *Watch) say(key string, args ...any) string {
	return w.Texts.Say(workflow.Indonesian, key, args...)
}

func (w *Watch) roleName(role workflow.Role) string {
	if rd, ok := w.Desk.Library.Current().RoleDef(role); ok {
		return rd.Name.ID
	}
	return string(role)
}
