package mongostore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// Claimed implements [store.Reminders].
func (s *Store) Claimed(ctx context.Context, prefix string) ([]string, error) {
	opts := options.Find().SetSort(bson.D{{Key: "_id", Value: 1}})
	docs, err := list[claimDoc](ctx, s, claims, prefixed(prefix), opts)
	names := make([]string, len(docs))
	for i, d := range docs {
		names[i] = d.ID
	}
	return names, err
}

// Held implements [store.Reminders].
func (s *Store) Held(ctx context.Context, role workflow.Role, holder workflow.OfficerID, limit int) ([]store.TaskRow, error) {
	if role == "" {
		return nil, nil
	}
	filter := bson.D{{Key: "role", Value: string(role)}, {Key: "holder", Value: string(holder)}}
	return s.tasks(ctx, filter, byUrgency(), limit)
}

// TaskCounts implements [store.Reminders]. Role and due instant of all open tasks
// stand in one index and are counted here.
func (s *Store) TaskCounts(ctx context.Context, now time.Time) ([]store.TaskCount, error) {
	open := bson.D{{Key: "role", Value: bson.D{{Key: "$gt", Value: ""}}}}
	opts := options.Find().SetProjection(bson.D{{Key: "_id", Value: 0}, {Key: "role", Value: 1}, {Key: "due", Value: 1}})
	docs, err := find[caseDoc](ctx, s.table(cases), open, opts)
	if err != nil {
		return nil, err
	}
	counts := map[string]store.TaskCount{}
	for _, d := range docs {
		c := counts[d.Role]
		c.Role = workflow.Role(d.Role)
		c.Open++
		if d.Due < kept.Nanos(now) {
			c.Late++
		}
		counts[d.Role] = c
	}
	list := make([]store.TaskCount, 0, len(counts))
	for _, c := range counts {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b store.TaskCount) int { return cmp.Compare(a.Role, b.Role) })
	return list, nil
}

// Milestones implements [store.Reminders].
func (s *Store) Milestones(ctx context.Context, from, to time.Time, limit int) ([]store.Milestone, error) {
	filter := bson.D{{Key: "at", Value: bson.D{{Key: "$gte", Value: kept.Nanos(from)}, {Key: "$lt", Value: kept.Nanos(to)}}}}
	opts := options.Find().SetSort(bson.D{{Key: "at", Value: 1}, {Key: "_id", Value: 1}}).SetLimit(int64(limit))
	docs, err := find[milestoneDoc](ctx, s.table(milestones), filter, opts)
	list := make([]store.Milestone, len(docs))
	for i, d := range docs {
		list[i] = store.Milestone{
			Case: workflow.CaseID(d.Case), SOP: d.SOP, Kind: store.MilestoneKind(d.Kind), Step: int(d.Step),
			Outcome: d.Outcome, At: kept.Instant(d.At), Used: time.Duration(d.Used),
		}
	}
	return list, err
}

// StepTimes implements [store.Reminders].
func (s *Store) StepTimes(ctx context.Context, sop string, step, limit int) ([]time.Duration, error) {
	filter := bson.D{
		{Key: "sop", Value: sop}, {Key: "kind", Value: string(store.MilestoneRun)}, {Key: "step", Value: int64(step)},
	}
	opts := options.Find().SetSort(bson.D{{Key: "at", Value: -1}}).SetLimit(int64(limit)).
		SetProjection(bson.D{{Key: "used", Value: 1}})
	docs, err := find[milestoneDoc](ctx, s.table(milestones), filter, opts)
	list := make([]time.Duration, len(docs))
	for i, d := range docs {
		list[i] = time.Duration(d.Used)
	}
	return list, err
}
