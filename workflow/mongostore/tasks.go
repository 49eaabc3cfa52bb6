package mongostore

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// byUrgency is the order of lists of tasks.
func byUrgency() bson.D { return bson.D{{Key: "due", Value: 1}, {Key: "_id", Value: 1}} }

// tasks reads rows of a list in an order, none of them with the document itself.
func (s *Store) tasks(ctx context.Context, filter, order bson.D, limit int) ([]store.TaskRow, error) {
	if limit <= 0 {
		return nil, nil
	}
	opts := options.Find().SetSort(order).SetLimit(int64(limit)).SetProjection(bson.D{{Key: "doc", Value: 0}, {Key: "words", Value: 0}, {Key: "fresh", Value: 0}, {Key: "keys", Value: 0}})
	docs, err := list[caseDoc](ctx, s, cases, filter, opts)
	if err != nil {
		return nil, err
	}
	rows := make([]store.TaskRow, len(docs))
	for i, d := range docs {
		rows[i] = d.task()
	}
	return rows, nil
}

func (d *caseDoc) task() store.TaskRow {
	return store.TaskRow{
		ID: workflow.CaseID(d.ID), SOP: workflow.SOPRef{Name: d.SOP, Version: d.SOPAt}, Step: int(d.Step),
		Stage: workflow.Stage(d.Stage), Role: workflow.Role(d.Role), Holder: workflow.OfficerID(d.Holder),
		Due: kept.Deadline(d.Due), Label: d.Label, End: d.End, Submitted: kept.Instant(d.Submitted),
	}
}

// Tasks implements [store.Cases].
func (s *Store) Tasks(ctx context.Context, q store.TaskQuery) ([]store.TaskRow, error) {
	var roles []string
	for _, r := range q.Roles {
		if r != "" {
			roles = append(roles, string(r))
		}
	}
	if len(roles) == 0 {
		return nil, nil
	}
	filter := bson.D{
		{Key: "role", Value: bson.D{{Key: "$in", Value: roles}}},
		{Key: "holder", Value: bson.D{{Key: "$in", Value: []string{"", string(q.Holder)}}}},
	}
	if q.After != nil {
		filter = append(filter, after(kept.Due(q.After.Due), string(q.After.ID))...)
	}
	return s.tasks(ctx, filter, byUrgency(), q.Limit)
}

// after finds what comes after a row of a list by urgency.
func after(due int64, id string) bson.D {
	return bson.D{
		{Key: "due", Value: bson.D{{Key: "$gte", Value: due}}},
		{Key: "$or", Value: bson.A{
			bson.D{{Key: "due", Value: bson.D{{Key: "$gt", Value: due}}}},
			bson.D{{Key: "due", Value: due}, {Key: "_id", Value: bson.D{{Key: "$gt", Value: id}}}},
		}},
	}
}

// ByApplicant implements [store.Cases].
func (s *Store) ByApplicant(ctx context.Context, p workflow.PersonID, limit int) ([]store.TaskRow, error) {
	order := bson.D{{Key: "submitted", Value: -1}, {Key: "n", Value: -1}}
	return s.tasks(ctx, bson.D{{Key: "applicant", Value: string(p)}}, order, limit)
}

// Find implements [store.Cases]. Each word must begin a word of the id or of the
// keywords; so many words as a person types count.
func (s *Store) Find(ctx context.Context, words string, limit int) ([]store.TaskRow, error) {
	var all bson.A
	for _, w := range soughtIn(words) {
		all = append(all, bson.D{{Key: "words", Value: bson.D{{Key: "$regex", Value: "^" + w}}}})
	}
	if len(all) == 0 {
		return nil, nil
	}
	return s.tasks(ctx, bson.D{{Key: "$and", Value: all}}, bson.D{{Key: "n", Value: -1}}, limit)
}

// DueForCheck implements [store.Cases].
func (s *Store) DueForCheck(ctx context.Context, now time.Time, limit int) ([]workflow.CaseID, error) {
	filter := bson.D{{Key: "check", Value: bson.D{{Key: "$lte", Value: kept.Nanos(now)}}}}
	opts := options.Find().SetSort(bson.D{{Key: "check", Value: 1}, {Key: "_id", Value: 1}}).SetLimit(int64(limit)).
		SetProjection(bson.D{{Key: "_id", Value: 1}})
	docs, err := find[idDoc](ctx, s.table(cases), filter, opts)
	return caseIDs(docs), err
}

// Overdue implements [store.Cases].
func (s *Store) Overdue(ctx context.Context, role workflow.Role, now time.Time, limit int) ([]store.TaskRow, error) {
	filter := bson.D{{Key: "role", Value: string(role)}, {Key: "due", Value: bson.D{{Key: "$lt", Value: kept.Nanos(now)}}}}
	if role == "" {
		filter[0].Value = bson.D{{Key: "$gt", Value: ""}}
	}
	return s.tasks(ctx, filter, byUrgency(), limit)
}
