package mongostore

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow/internal/kept"
)

// purgePage is how many documents one step of a purge removes, so that none takes
// long.
const purgePage = 500

// Purge implements [store.Store].
func (s *Store) Purge(ctx context.Context, before time.Time) (int, error) {
	in, err := s.purge(ctx, s.table(inbox), kept.Nanos(before))
	if err != nil {
		return in, err
	}
	out, err := s.purge(ctx, s.table(outbox), kept.Nanos(before))
	return in + out, err
}

func (s *Store) purge(ctx context.Context, t table, before int64) (int, error) {
	old := bson.D{{Key: "at", Value: bson.D{{Key: "$lt", Value: before}}}}
	opts := options.Find().SetSort(bson.D{{Key: "at", Value: 1}}).SetLimit(purgePage).SetProjection(bson.D{{Key: "_id", Value: 1}})
	for total := 0; ; {
		docs, err := find[idDoc](ctx, t, old, opts)
		if err != nil || len(docs) == 0 {
			return total, err
		}
		ids := make([]string, len(docs))
		for i, d := range docs {
			ids[i] = d.ID
		}
		n, err := t.removeAll(ctx, ids)
		if total += n; err != nil {
			return total, err
		}
	}
}
