package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
)

// patience is the number of looks at a lock that is met, before its unit of
// work is taken for dead: with the pauses in between, some three seconds, which is longer
// than a unit of work takes on a slow network. A living one that is given up is only made
// again.
const patience = 80

// clear gets a lock out of the way. A unit of work that was decided is completed, one that
// never will be is given up, and one that is still being made is waited for.
func (s *Store) clear(ctx context.Context, locked *lockedError) error {
	for try := range s.patience {
		rec, err := s.record(ctx, locked.unit)
		switch {
		case missing(err):
			gone, err := s.gone(ctx, locked.unit)
			if err != nil {
				return err
			}
			if gone {
				return s.unlock(ctx, locked.at, locked.unit)
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
	return s.end(ctx, locked.at, locked.unit)
}

// end ends a unit of work that nobody seems to make any more: it is completed if it was
// decided, and given up if not. at is a document that it has locked.
func (s *Store) end(ctx context.Context, at place, unit string) error {
	rec, err := s.record(ctx, unit)
	if missing(err) {
		chat, ok := decidedIn(unit)
		if !ok {
			if gone, err := s.gone(ctx, unit); err != nil || !gone {
				return err
			}
			return s.unlock(ctx, at, unit)
		}
		if rec, err = s.forestall(ctx, chat, unit); rec == nil && err == nil {
			return s.unlock(ctx, at, unit)
		}
	}
	switch {
	case err != nil:
		return err
	case !rec.Committed:
		return s.giveUp(ctx, rec)
	}
	if _, err = s.finish(ctx, rec); err != nil {
		return err
	}
	if chat, ok := decidedIn(unit); ok {
		return s.dropRecord(ctx, chat, unit) // the next write of the chat may be long in coming
	}
	return nil
}

// forestall writes to the chat that is to decide a unit of work, so that it never will. If
// it has been decided, it gives the record.
func (s *Store) forestall(ctx context.Context, chat, unit string) (decided *record, err error) {
	err = s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		decided = nil
		if c.Unit != nil && c.Unit.ID == unit {
			decided = c.Unit
		}
		return decided == nil, nil
	})
	return decided, err
}

// record reads the record of a unit of work: CodeNotFound. That of one which a chat decides
// is there from the decision on.
func (s *Store) record(ctx context.Context, unit string) (*record, error) {
	rec := &record{}
	id, ok := decidedIn(unit)
	if !ok {
		return rec, s.table(records).one(ctx, byID(unit), rec)
	}
	c, err := s.chat(ctx, id)
	if err == nil && (c.Unit == nil || c.Unit.ID != unit) {
		err = workflow.Refuse(workflow.CodeNotFound, chats)
	}
	return c.Unit, err
}

// gone tells whether there surely is no record of a unit of work that its record decides,
// so that it never happened. A read does not tell: just after a server has taken over from
// another one it may show what was there some moments ago, when the record of a unit of work
// that has locks by now was still to come. So it is asked by a write that changes nothing,
// which goes by what is there.
func (s *Store) gone(ctx context.Context, unit string) (bool, error) {
	if _, ok := decidedIn(unit); ok {
		return false, nil
	}
	nothing := bson.D{{Key: "$unset", Value: bson.D{{Key: "none", Value: ""}}}}
	there, err := s.table(records).update(ctx, byID(unit), nothing)
	return !there, err
}

// giveUp takes back a unit of work that is not decided. That its record goes is what decides
// it; if it was decided otherwise meanwhile, it is completed.
func (s *Store) giveUp(ctx context.Context, rec *record) error {
	gone, err := s.table(records).remove(ctx, bson.D{{Key: "_id", Value: rec.ID}, {Key: "committed", Value: false}})
	if err != nil {
		return err
	}
	if !gone {
		if gone, err = s.gone(ctx, rec.ID); err != nil || !gone {
			return err // it was committed: whoever meets it completes it
		}
	}
	if err := s.unlockAll(ctx, rec); err != nil || rec.Talk == nil {
		return err
	}
	return s.unlock(ctx, place{chats, rec.Talk.Chat}, rec.ID)
}

// unlockAll takes the locks of a unit of work that will never happen.
func (s *Store) unlockAll(ctx context.Context, rec *record) error {
	for _, d := range rec.Docs {
		if err := s.unlock(ctx, d.At, rec.ID); err != nil {
			return err
		}
	}
	return nil
}

// unlock takes the lock of a unit of work that will never happen from a document. A document
// that was nothing but the lock goes with it.
func (s *Store) unlock(ctx context.Context, at place, unit string) error {
	if at.Table == chats { // of an earlier version of the program
		return s.change(ctx, at.ID, func(c *chatDoc) (bool, error) {
			locked := c.Lock == unit
			c.Lock = ""
			return locked, nil
		})
	}
	if _, err := s.table(at.Table).remove(ctx, append(lockedBy(at.ID, unit), bson.E{Key: "v", Value: 0})); err != nil {
		return err
	}
	change := bson.D{{Key: "$unset", Value: bson.D{{Key: "lock", Value: ""}}}}
	_, err := s.table(at.Table).update(ctx, lockedBy(at.ID, unit), change)
	return err
}
