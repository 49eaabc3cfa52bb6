package mongostore

import (
	"context"
	"errors"
	"maps"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/bot"
)

// ErrOldNodes says that nodes of a version before the one lease run on the database. They
// would not respect it, so that two nodes would be active.
var ErrOldNodes = errors.New("nodes of an older version still run on this database: stop all of them first")

// oldLease is a lease of a version that divided the work: "node/00" and so on show that a
// node lives, others what it does.
type oldLease struct {
	ID    string `bson:"_id"`
	Owner string `bson:"owner"`
	Beat  int64  `bson:"beat"`
}

// oldBeat is the time that old leases are watched: twice what such a node takes from one
// beat to the next.
const oldBeat = 6 * time.Second

// refuseOldNodes fails with [ErrOldNodes] if a node of an older version lives.
func (s *Store) refuseOldNodes(ctx context.Context) error {
	before, err := s.oldBeats(ctx)
	if err != nil || len(before) == 0 {
		return err
	}
	if !bot.Pause(ctx, s.oldBeat) {
		return ctx.Err()
	}
	after, err := s.oldBeats(ctx)
	if err == nil && !maps.Equal(before, after) {
		err = ErrOldNodes
	}
	return err
}

// oneLease removes the leases of older versions.
func (s *Store) oneLease(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	for _, side := range []string{"$lt", "$gt"} {
		filter := bson.D{{Key: "_id", Value: bson.D{{Key: side, Value: officeLease}}}}
		if _, err := s.db.Collection(leases).DeleteMany(ctx, filter); err != nil {
			return translate(leases, err)
		}
	}
	return nil
}

// oldBeats gives the heartbeats of the nodes of older versions that did not end cleanly.
func (s *Store) oldBeats(ctx context.Context) (map[string]int64, error) {
	list, err := find[oldLease](ctx, s.table(leases), prefixed("node/"), options.Find())
	beats := map[string]int64{}
	for _, l := range list {
		if l.Owner != "" {
			beats[l.ID] = l.Beat
		}
	}
	return beats, err
}
