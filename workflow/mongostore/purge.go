package mongostore

import (
	"context"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow/internal/kept"
)

// purgePage is the number of documents that one step of a purge removes, so that none takes
// long.
const purgePage = 500

// Purge implements [store.Store].
func (s *Store) Purge(ctx context.Context, before time.Time) (int, error) {
	in, err := s.purge(ctx, s.table(inbox), kept.Nanos(before))
	if err != nil {
		return in, err
	}
	out, err := s.purge(ctx, s.table(outbox), kept.Nanos(before))
	if err != nil {
		return in + out, err
	}
	left, err := s.purgeChats(ctx, kept.Nanos(before))
	return in + out + left, err
}

// purgeChats removes what is over and was not archived.
func (s *Store) purgeChats(ctx context.Context, before int64) (total int, err error) {
	old := bson.D{{Key: "over", Value: bson.D{{Key: "$gt", Value: int64(0)}, {Key: "$lt", Value: before}}}}
	opts := options.Find().SetSort(bson.D{{Key: "over", Value: 1}}).SetLimit(purgePage).SetProjection(bson.D{{Key: "_id", Value: 1}})
	for {
		docs, err := find[idDoc](ctx, s.table(chats), old, opts)
		if err != nil || len(docs) == 0 {
			return total, err
		}
		for _, d := range docs {
			n := 0
			err := s.change(ctx, d.ID, func(c *chatDoc) (bool, error) {
				n = c.purge(before)
				return n > 0, nil
			})
			if err != nil {
				return total, err
			}
			total += n
		}
	}
}

func (c *chatDoc) purge(before int64) int {
	n := len(c.Past) + len(c.Gone)
	c.Past = slices.DeleteFunc(c.Past, func(m handledDoc) bool { return m.At < before })
	c.Gone = slices.DeleteFunc(c.Gone, func(d settledDoc) bool { return d.At < before })
	return n - len(c.Past) - len(c.Gone)
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
