package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// leaseDoc is the lease.
type leaseDoc struct {
	ID     string `bson:"_id"` // officeLease
	Holder string `bson:"owner"`
	Term   int64  `bson:"term"`
	Beat   int64  `bson:"beat"`
}

const officeLease = "office"

// Lease implements [store.Leases].
func (s *Store) Lease(ctx context.Context) (store.Lease, error) {
	var doc leaseDoc
	err := s.table(leases).one(ctx, byID(officeLease), &doc)
	if missing(err) {
		err = nil
	}
	return store.Lease{Holder: doc.Holder, Term: doc.Term, Beat: doc.Beat}, err
}

// TakeLease implements [store.Leases].
func (s *Store) TakeLease(ctx context.Context, seen store.Lease, holder string) (store.Lease, error) {
	next := seen.Take(holder)
	taken, err := s.saveLease(ctx, seen, leaseDoc{officeLease, next.Holder, next.Term, next.Beat})
	if err == nil && !taken {
		err = workflow.Refuse(workflow.CodeConflict, "lease")
	}
	if err != nil {
		return store.Lease{}, err
	}
	return next, nil
}

func (s *Store) saveLease(ctx context.Context, seen store.Lease, next leaseDoc) (bool, error) {
	if seen.Beat == 0 {
		return s.table(leases).insert(ctx, next)
	}
	asSeen := bson.D{
		{Key: "_id", Value: officeLease},
		{Key: "owner", Value: seen.Holder},
		{Key: "term", Value: seen.Term},
		{Key: "beat", Value: seen.Beat},
	}
	return s.table(leases).replace(ctx, asSeen, next)
}

// fence refuses a unit of work whose term is over.
func (s *Store) fence(ctx context.Context, term int64) error {
	if term == 0 {
		return nil
	}
	now, err := s.Lease(ctx)
	if err == nil && now.Term != term {
		err = workflow.Refuse(workflow.CodeFenced, "lease")
	}
	return err
}

// prefixed finds ids that begin with a prefix.
func prefixed(prefix string) bson.D {
	return bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: prefix}, {Key: "$lt", Value: prefix + afterAll}}}}
}

// afterAll sorts after every text that begins with what it is added to.
const afterAll = "\U0010FFFF"
