package mongostore

import (
	"context"
	"maps"
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

// LastClaimed implements [store.Reminders].
func (s *Store) LastClaimed(ctx context.Context, prefix string) (string, error) {
	opts := options.Find().SetSort(bson.D{{Key: "_id", Value: -1}}).SetLimit(1)
	docs, err := list[claimDoc](ctx, s, claims, prefixed(prefix), opts)
	if err != nil {
		return "", err
	}
	if len(docs) == 0 {
		return "", workflow.Refuse(workflow.CodeNotFound, "claim")
	}
	return docs[0].ID, nil
}

// Held implements [store.Reminders].
func (s *Store) Held(ctx context.Context, role workflow.Role, holder workflow.OfficerID, limit int) ([]store.TaskRow, error) {
	if role == "" {
		return nil, nil
	}
	filter := bson.D{{Key: "role", Value: string(role)}, {Key: "holder", Value: string(holder)}}
	return s.tasks(ctx, filter, byUrgency(), limit)
}

// TaskCounts implements [store.Reminders]. The server counts.
func (s *Store) TaskCounts(ctx context.Context, now time.Time) ([]store.TaskCount, error) {
	open := bson.D{{Key: "role", Value: bson.D{{Key: "$gt", Value: ""}}}}
	all, err := s.table(cases).countBy(ctx, "role", open)
	if err != nil {
		return nil, err
	}
	late, err := s.table(cases).countBy(ctx, "role", append(open, bson.E{Key: "due", Value: bson.D{{Key: "$lt", Value: kept.Nanos(now)}}}))
	if err != nil {
		return nil, err
	}
	list := make([]store.TaskCount, 0, len(all))
	for _, role := range slices.Sorted(maps.Keys(all)) {
		list = append(list, store.TaskCount{Role: workflow.Role(role), Open: all[role], Late: min(late[role], all[role])})
	}
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
