package mongostore

import (
	"cmp"
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
)

// transact makes a turn happen: its record, then a lock on every guarded document,
// then the one write that decides it, then the changes. Locks are taken in one order
// by everybody, so that no two turns wait for each other.
func (s *Store) transact(ctx context.Context, rec *record) ([]bot.Delivery, error) {
	slices.SortFunc(rec.Docs, func(a, b docPart) int {
		return cmp.Or(cmp.Compare(a.At.Table, b.At.Table), cmp.Compare(a.At.ID, b.At.ID))
	})
	rec.Committed = len(rec.Docs) == 0 && rec.Talk == nil // nothing can be in its way
	if _, err := s.table(turns).insert(ctx, rec); err != nil {
		return nil, err
	}
	if !rec.Committed {
		if err := s.commitRecord(ctx, rec); err != nil {
			return nil, err
		}
	}
	// What is decided is also done, even if nobody waits for it any more.
	return s.finish(context.WithoutCancel(ctx), rec)
}

// commitRecord takes the locks of a turn and decides it. It fails with
// errForestalled if another turn was faster; then nothing of it is left.
func (s *Store) commitRecord(ctx context.Context, rec *record) error {
	taken, err := s.lockAll(ctx, rec)
	if err == nil && taken {
		undecided := bson.D{{Key: "_id", Value: rec.ID}, {Key: "committed", Value: false}}
		rec.Committed, err = s.table(turns).update(ctx, undecided, set("committed", true))
	}
	switch {
	case err != nil: // whether it was decided is not known: whoever finds the record completes it or gives it up
		return err
	case rec.Committed:
		return nil
	}
	if err := s.giveUp(ctx, rec); err != nil {
		return err
	}
	return errForestalled
}

// lockAll takes the locks of a turn, and tells whether it got them all.
func (s *Store) lockAll(ctx context.Context, rec *record) (bool, error) {
	for _, d := range rec.Docs {
		if taken, err := s.lock(ctx, d, rec.ID); err != nil || !taken {
			return false, err
		}
	}
	if rec.Talk == nil {
		return true, nil
	}
	return s.lockChat(ctx, rec.Talk, rec.ID)
}

// lock takes the lock of a document that is as the turn has read it. A new document
// begins as nothing but a lock.
func (s *Store) lock(ctx context.Context, d docPart, turn string) (bool, error) {
	if d.Base == 0 {
		return s.table(d.At.Table).insert(ctx, Head{ID: d.At.ID, Lock: turn})
	}
	return s.table(d.At.Table).update(ctx, unlocked(d.At.ID, "v", d.Base), set("lock", turn))
}

// lockChat takes the lock of what a chat remembers. Messages and deliveries come and
// go meanwhile.
func (s *Store) lockChat(ctx context.Context, talk *talkPart, turn string) (taken bool, err error) {
	err = s.change(ctx, talk.Chat, func(c *chatDoc) (bool, error) {
		if taken = c.Lock == "" && c.Version == talk.Version; taken {
			c.Lock = turn
		}
		return taken, nil
	})
	return taken && err == nil, err
}

// unlocked finds a document of a version that no turn is about to change.
func unlocked(id, field string, version int64) bson.D {
	return bson.D{
		{Key: "_id", Value: id},
		{Key: field, Value: version},
		{Key: "lock", Value: bson.D{{Key: "$exists", Value: false}}},
	}
}

func set(field string, v any) bson.D {
	return bson.D{{Key: "$set", Value: bson.D{{Key: field, Value: v}}}}
}
