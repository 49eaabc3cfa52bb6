package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// leaseDoc is a lease.
type leaseDoc struct {
	Name  string `bson:"_id"`
	Owner string `bson:"owner"`
	Term  int64  `bson:"term"`
	Beat  int64  `bson:"beat"`
}

// Leases implements [store.Leases].
func (s *Store) Leases(ctx context.Context, prefix string) ([]store.Lease, error) {
	docs, err := find[leaseDoc](ctx, s.table(leases), prefixed(prefix), options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	list := make([]store.Lease, len(docs))
	for i, d := range docs {
		list[i] = store.Lease(d)
	}
	return list, err
}

// TakeLease implements [store.Leases].
func (s *Store) TakeLease(ctx context.Context, seen store.Lease, owner string) (store.Lease, error) {
	next := seen
	next.Owner, next.Beat = owner, seen.Beat+1
	if owner != "" && owner != seen.Owner {
		next.Term++
	}
	taken, err := s.saveLease(ctx, seen, next)
	if err == nil && !taken {
		err = workflow.Refuse(workflow.CodeConflict, "lease")
	}
	if err != nil {
		return store.Lease{}, err
	}
	return next, nil
}

func (s *Store) saveLease(ctx context.Context, seen, next store.Lease) (bool, error) {
	if seen.Beat == 0 {
		return s.table(leases).insert(ctx, leaseDoc(next))
	}
	asSeen := bson.D{
		{Key: "_id", Value: seen.Name},
		{Key: "owner", Value: seen.Owner},
		{Key: "term", Value: seen.Term},
		{Key: "beat", Value: seen.Beat},
	}
	return s.table(leases).replace(ctx, asSeen, leaseDoc(next))
}

// fence refuses a turn whose term is over.
func (s *Store) fence(ctx context.Context, f store.Fence) error {
	if f.Lease == "" {
		return nil
	}
	var doc leaseDoc
	err := s.table(leases).one(ctx, byID(f.Lease), &doc)
	if err != nil && !missing(err) {
		return err
	}
	if doc.Term != f.Term {
		return workflow.Refuse(workflow.CodeFenced, f.Lease)
	}
	return nil
}

// prefixed finds ids that begin with a prefix.
func prefixed(prefix string) bson.D {
	return bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: prefix}, {Key: "$lt", Value: prefix + afterAll}}}}
}

// afterAll sorts after every text that begins with what it is added to.
const afterAll = "\U0010FFFF"
