package registers

import (
	"context"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// mostMilestones is how many milestones are read at once.
const mostMilestones = 2000

// done gives rows for what was done in the period, in order of time: line makes them for each
// milestone that wanted picks.
func (r *reading) done(ctx context.Context, wanted func([]*workflow.SOP, store.Milestone) bool, line func(context.Context, file, time.Time) (more bool, err error)) error {
	all, err := r.Procedures.All(ctx)
	if err != nil {
		return err
	}
	var before store.Milestone
	for m, err := range r.milestones(ctx) {
		if err != nil {
			return err
		}
		if !wanted(all, m) || m.Case == before.Case && m.At.Equal(before.At) {
			continue
		}
		before = m
		f, err := r.open(ctx, m.Case)
		if err != nil {
			return err
		}
		if f.err != nil {
			continue // reported by the watch and by audit verify
		}
		if more, err := line(ctx, f, m.At); err != nil || !more {
			return err
		}
	}
	return nil
}

// milestones gives those of the period, the oldest first. A stretch with too many to be read at
// once is read in halves.
func (r *reading) milestones(ctx context.Context) func(yield func(store.Milestone, error) bool) {
	return func(yield func(store.Milestone, error) bool) {
		for from, size := r.period.From, r.period.To.Sub(r.period.From); from.Before(r.period.To); {
			to := from.Add(size)
			if to.After(r.period.To) {
				to = r.period.To
			}
			list, err := r.Store.Milestones(ctx, from, to, mostMilestones)
			if err == nil && len(list) == mostMilestones && size > 1 {
				size /= 2
				continue
			}
			if err != nil {
				yield(store.Milestone{}, err)
				return
			}
			for _, m := range list {
				if !yield(m, nil) {
					return
				}
			}
			from, size = to, 2*size
		}
	}
}

// stepOf tells whether a milestone was reached at a step of a kind, in any version of its
// procedure.
func stepOf(all []*workflow.SOP, m store.Milestone, kind workflow.Kind) bool {
	for _, def := range all {
		if st, ok := def.Step(m.Step); ok && def.Ref.Name == m.SOP && st.Kind == kind {
			return true
		}
	}
	return false
}
