package mongostore

import (
	"context"
	"errors"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

const (
	// sweepEvery is the interval at which the records of units of work are looked at. One that
	// is still there the next time lost its process: a living one takes milliseconds.
	sweepEvery = 10 * time.Second
	// locksEvery is after how many intervals locks are looked at, twice in a row. One whose unit
	// of work was not decided only costs its readers a query.
	locksEvery = 60
	// sweepPage is the number that is read in one query.
	sweepPage = 1000
)

// sweep ends, until ctx does, the units of work that a crash has left behind, so that what
// was decided happens even if nobody meets its locks.
func (s *Store) sweep(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	seen := map[leftBehind]bool{}
	for round := 0; ; round++ {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		next, err := s.sweepOnce(ctx, seen, round%locksEvery >= locksEvery-2)
		if err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "units of work that were left behind could not be ended", "error", err)
		}
		seen = next
		timer.Reset(sweepEvery)
	}
}

// leftBehind is a unit of work with the document that it was found by.
type leftBehind struct {
	at   place
	unit string
}

// sweepOnce ends the units of work that were seen before, and tells which are there now. One
// that cannot be ended holds up no other, unless it is the server that is away.
func (s *Store) sweepOnce(ctx context.Context, seen map[leftBehind]bool, locks bool) (map[leftBehind]bool, error) {
	tables := []string{records, chats}
	if locks {
		tables = append(tables, guardedTables()...)
	}
	now := map[leftBehind]bool{}
	var errs []error
	for _, table := range tables {
		if err := s.sweepTable(ctx, table, seen, now); err != nil {
			errs = append(errs, err)
			if err := s.ping(ctx); err != nil {
				break
			}
		}
	}
	return now, errors.Join(errs...)
}

// sweepTable does it for one collection, page by page.
func (s *Store) sweepTable(ctx context.Context, table string, seen, now map[leftBehind]bool) error {
	field := map[string]string{records: "_id", chats: "unit._id"}[table]
	if field == "" {
		field = "lock"
	}
	order := bson.D{{Key: field, Value: 1}}
	opts := options.Find().SetSort(order).SetLimit(s.sweepPage).SetProjection(bson.D{{Key: field, Value: 1}})
	var errs []error
	for last := ""; ; {
		list, err := find[bson.Raw](ctx, s.table(table), bson.D{{Key: field, Value: bson.D{{Key: "$gt", Value: last}}}}, opts)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, doc := range list {
			id, _ := doc.Lookup("_id").StringValueOK()
			last, _ = doc.Lookup(strings.Split(field, ".")...).StringValueOK()
			u := leftBehind{at: place{table, id}, unit: last}
			if !seen[u] {
				now[u] = true
				continue
			}
			if err := s.end(ctx, u.at, u.unit); err != nil {
				now[u] = true
				errs = append(errs, err)
				if err := s.ping(ctx); err != nil {
					return errors.Join(errs...)
				}
			}
		}
		if int64(len(list)) < s.sweepPage {
			return errors.Join(errs...)
		}
	}
}
