package mongostore

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

const (
	// sweepEvery is the interval at which the turns are looked at that are being made. One that
	// is still there the next time lost its process: a living one takes milliseconds.
	sweepEvery = 10 * time.Second
	// sweepPage is the number that is read in one query.
	sweepPage = 1000
)

// sweep ends, until ctx does, the turns that a crash has left behind, so that what
// was decided happens even if nobody meets its locks.
func (s *Store) sweep(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	seen := map[string]bool{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		next, err := s.sweepOnce(ctx, seen)
		if err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "turns that were left behind could not be ended", "error", err)
		}
		seen = next
		timer.Reset(sweepEvery)
	}
}

// sweepOnce ends the turns that were seen before, and tells which are there now. One
// that cannot be ended holds up no other, unless it is the server that is away.
func (s *Store) sweepOnce(ctx context.Context, seen map[string]bool) (map[string]bool, error) {
	now := map[string]bool{}
	var errs []error
	opts := options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(s.sweepPage).SetProjection(bson.D{{Key: "_id", Value: 1}})
	for last := ""; ; {
		list, err := find[idDoc](ctx, s.table(turns), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: last}}}}, opts)
		if err != nil {
			return seen, errors.Join(append(errs, err)...)
		}
		for _, t := range list {
			last = t.ID
			if !seen[t.ID] {
				now[t.ID] = true
				continue
			}
			if err := s.settleTurn(ctx, t.ID); err != nil {
				now[t.ID] = true
				errs = append(errs, err)
				if err := s.ping(ctx); err != nil {
					return now, errors.Join(errs...)
				}
			}
		}
		if int64(len(list)) < s.sweepPage {
			return now, errors.Join(errs...)
		}
	}
}
