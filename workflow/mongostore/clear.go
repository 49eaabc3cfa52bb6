package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// patience is how often whoever meets a lock looks whether it is gone before he takes
// its turn for dead: with the pauses in between, some three seconds, which is longer
// than a turn takes on a slow network. A living turn that is given up is only made
// again.
const patience = 80

// clear gets a lock out of the way. A committed turn is completed, one without a
// record never happened, and one that is still being made is waited for.
func (s *Store) clear(ctx context.Context, locked *lockedError) error {
	for try := range s.patience {
		rec, err := s.turn(ctx, locked.turn)
		switch {
		case missing(err):
			gone, err := s.gone(ctx, locked.turn)
			if err != nil {
				return err
			}
			if gone {
				return s.unlock(ctx, locked.at, locked.turn)
			}
		case err != nil:
			return err
		case rec.Committed:
			_, err := s.finish(ctx, rec)
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	return s.settleTurn(ctx, locked.turn)
}

// settleTurn ends a turn that nobody seems to make any more: completes it if it was
// decided, and gives it up if not.
func (s *Store) settleTurn(ctx context.Context, id string) error {
	rec, err := s.turn(ctx, id)
	switch {
	case missing(err):
		return nil
	case err != nil:
		return err
	case !rec.Committed:
		return s.giveUp(ctx, rec)
	}
	_, err = s.finish(ctx, rec)
	return err
}

func (s *Store) turn(ctx context.Context, id string) (*record, error) {
	rec := &record{}
	return rec, s.table(turns).one(ctx, byID(id), rec)
}

// gone tells whether there surely is no record of a turn. A read does not tell: just
// after a server has taken over from another one it may show what was there some
// moments ago, when the record of a turn that has locks by now was still to come. So
// it is asked by a write that changes nothing, which goes by what is there.
func (s *Store) gone(ctx context.Context, id string) (bool, error) {
	nothing := bson.D{{Key: "$unset", Value: bson.D{{Key: "none", Value: ""}}}}
	there, err := s.table(turns).update(ctx, byID(id), nothing)
	return !there, err
}

// giveUp takes back a turn that is not decided. That its record goes is what decides
// it; if it was decided otherwise meanwhile, it is completed.
func (s *Store) giveUp(ctx context.Context, rec *record) error {
	gone, err := s.table(turns).remove(ctx, bson.D{{Key: "_id", Value: rec.ID}, {Key: "committed", Value: false}})
	if err != nil {
		return err
	}
	if !gone {
		if gone, err = s.gone(ctx, rec.ID); err != nil || !gone {
			return err // it was committed: whoever meets it completes it
		}
	}
	for _, d := range rec.Docs {
		if err := s.unlock(ctx, d.At, rec.ID); err != nil {
			return err
		}
	}
	if rec.Talk == nil {
		return nil
	}
	return s.unlock(ctx, place{chats, rec.Talk.Chat}, rec.ID)
}

// unlock takes the lock of a turn that never happened from a document. A document
// that was nothing but the lock goes with it.
func (s *Store) unlock(ctx context.Context, at place, turn string) error {
	if at.Table == chats {
		return s.change(ctx, at.ID, func(c *chatDoc) (bool, error) {
			locked := c.Lock == turn
			c.Lock = ""
			return locked, nil
		})
	}
	if _, err := s.table(at.Table).remove(ctx, append(lockedBy(at.ID, turn), bson.E{Key: "v", Value: 0})); err != nil {
		return err
	}
	change := bson.D{{Key: "$unset", Value: bson.D{{Key: "lock", Value: ""}}}}
	_, err := s.table(at.Table).update(ctx, lockedBy(at.ID, turn), change)
	return err
}
