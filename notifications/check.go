package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// round is one look at some cases, and what is to be written after it.
type round struct {
	*Watch
	dir       *directory
	now       time.Time
	open      bool // the office is
	work      *casework.Work
	estimator *casework.Estimator

	claims  []string
	looks   []store.Look
	pending []pending // of the case that is being looked at
	bundles map[workflow.PersonID]*bundle
	order   []workflow.PersonID
}

// checkSafely looks at a case. One that cannot be is reported and put off.
func (r *round) checkSafely(ctx context.Context, id workflow.CaseID) {
	claims, err := len(r.claims), error(nil)
	func() {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("panic of type %T: %s", v, debug.Stack())
			}
		}()
		err = r.check(ctx, id)
	}()
	if err == nil {
		r.bundle()
		return
	}
	r.claims, r.pending = r.claims[:claims], nil
	r.Log.ErrorContext(ctx, "case cannot be looked at", slog.String("case", string(id)), slog.Any("error", err))
	if err := r.reportBad(ctx, id); err != nil {
		r.Log.ErrorContext(ctx, "bad case is not reported", slog.String("case", string(id)), slog.Any("error", err))
	}
	r.bundle()
	r.looks = append(r.looks, store.Look{Case: id, At: r.now.Add(badAgain)})
}

// reportBad tells the admins and the heads of the office, once a day and inside
// working hours, that a case has no reminders.
func (r *round) reportBad(ctx context.Context, id workflow.CaseID) error {
	key := "bad/" + string(id) + "/" + day(r.now)
	claimed, err := r.Store.Claimed(ctx, key)
	if err != nil || len(claimed) > 0 || !r.open {
		return err
	}
	def := r.Desk.Library.Current()
	listeners := r.dir.inRole(workflow.RoleAdmin)
	for _, role := range def.Heads() {
		listeners = append(listeners, r.dir.inRole(role)...)
	}
	for _, o := range listeners {
		if err := r.add(ctx, o.Person, line{key: key, id: id, text: r.say("remind.bad", "case", string(id))}); err != nil {
			return err
		}
	}
	r.claims = append(r.claims, key)
	return nil
}

// day writes the date on which claims of a day are made.
func day(t time.Time) string { return t.In(workflow.WIB()).Format(time.DateOnly) }

func (r *round) check(ctx context.Context, id workflow.CaseID) error {
	def, c, err := r.work.Case(ctx, id)
	if err != nil {
		return fmt.Errorf("load case: %w", err)
	}
	if !c.Open() {
		r.looks = append(r.looks, store.Look{Case: id, Version: c.Version})
		return nil
	}
	if due := c.ReplyClock.Due; !due.IsZero() && !due.After(r.now) {
		return r.expire(ctx, c)
	}
	next, err := r.remind(ctx, def, c)
	if err != nil {
		return err
	}
	again, err := r.estimate(ctx, def, c)
	if err != nil || r.work.Touched(id) {
		return err // its commit sets when it is looked at
	}
	next = casework.Earlier(casework.Earlier(next, again), c.ReplyClock.Due)
	r.looks = append(r.looks, store.Look{Case: id, Version: c.Version, At: next})
	return nil
}

// expire closes a file whose clarification was not answered. If that was due while the
// program stood still, it waits a little: what the applicant said in time may be coming in
// just now, from a network that kept it.
func (r *round) expire(ctx context.Context, c workflow.Case) error {
	if from := r.begun.Add(catchUp); c.ReplyClock.Due.Before(r.begun) && r.now.Before(from) {
		r.looks = append(r.looks, store.Look{Case: c.ID, Version: c.Version, At: from})
		return nil
	}
	return r.act(ctx, c.ID, workflow.Expire{})
}

// act does what the system does to a case.
func (r *round) act(ctx context.Context, id workflow.CaseID, act workflow.Act) error {
	result, err := r.work.Do(ctx, id, workflow.Command{Actor: workflow.System(), Act: act})
	if err == nil && result.Refused != nil {
		err = result.Refused
	}
	if err != nil {
		return fmt.Errorf("%s: %w", workflow.ActName(act), err)
	}
	return nil
}

// remind puts the rungs that are due into the bundles: of each clock the latest
// only, should several have been missed. It gives when the next is due.
func (r *round) remind(ctx context.Context, def *workflow.SOP, c workflow.Case) (next time.Time, err error) {
	all := def.Reminders(c, r.Calendar)
	n, _ := slices.BinarySearchFunc(all, r.now, func(m workflow.Reminder, now time.Time) int {
		if m.At.After(now) {
			return 1
		}
		return -1
	})
	due := all[:n]
	if n < len(all) {
		next = all[n].At
	}
	if len(due) == 0 {
		return next, nil
	}
	claimed, err := r.Store.Claimed(ctx, workflow.ReminderPrefix(c.ID))
	if err != nil {
		return next, fmt.Errorf("read claims: %w", err)
	}
	fresh := func(m workflow.Reminder) bool { return !slices.Contains(claimed, m.Key) }
	if !r.open {
		if slices.ContainsFunc(due, fresh) {
			next = casework.Earlier(next, r.Calendar.NextOpen(r.now))
		}
		return next, nil
	}
	done := map[workflow.ClockName]bool{}
	for _, m := range slices.Backward(due) {
		if !fresh(m) {
			continue
		}
		r.claims = append(r.claims, m.Key)
		if done[m.Clock] {
			continue
		}
		done[m.Clock] = true
		if err := r.send(ctx, def, c, m); err != nil {
			return next, err
		}
	}
	return next, nil
}

// estimate records and tells a new estimate once it has moved enough. It gives
// when it may have, if nothing happens.
func (r *round) estimate(ctx context.Context, def *workflow.SOP, c workflow.Case) (again time.Time, err error) {
	est, ok, err := r.estimator.Estimate(ctx, def, c, r.now)
	if err != nil || !ok {
		return again, err
	}
	if r.open && casework.Moved(r.Calendar, c.Expected, est) {
		return again, r.act(ctx, c.ID, workflow.Expect{At: est.At, Late: est.Late})
	}
	if !r.open {
		return r.Calendar.NextOpen(r.now), nil
	}
	const more = int(casework.HalfDay/time.Minute) + 1
	return r.Calendar.Due(est.Step, workflow.Budget{N: more, Unit: workflow.Minute}, nil), nil
}
