package mongostore

import (
	"cmp"
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
)

// transact makes a unit of work happen: a lock on every guarded document, then the one write
// that decides it, then the changes. Locks are taken in one order by everybody, so that no
// two units of work wait for each other.
func (s *Store) transact(ctx context.Context, rec *record) ([]bot.Delivery, error) {
	slices.SortFunc(rec.Docs, func(a, b docPart) int {
		return cmp.Or(cmp.Compare(a.At.Table, b.At.Table), cmp.Compare(a.At.ID, b.At.ID))
	})
	decide := func() ([]bot.Delivery, error) { return nil, s.commitRecord(ctx, rec) }
	if rec.Talk != nil {
		decide = func() ([]bot.Delivery, error) { return s.commitInChat(ctx, rec) }
	}
	out := rec.Out
	own, err := decide()
	if err != nil {
		return nil, err
	}
	// What is decided is also done, even if nobody waits for it any more.
	others, err := s.finish(context.WithoutCancel(ctx), rec)
	return inOrder(out, append(own, others...)), err
}

// commitRecord decides a unit of work that no chat has caused: its record is stored, the
// locks are taken, the record becomes committed. It fails with errForestalled if another
// unit of work was faster; then nothing of it is left.
func (s *Store) commitRecord(ctx context.Context, rec *record) error {
	rec.Committed = len(rec.Docs) == 0 // nothing can be in its way
	if _, err := s.table(records).insert(ctx, rec); err != nil || rec.Committed {
		return err
	}
	taken, err := s.lockAll(ctx, rec)
	if err == nil && taken {
		undecided := bson.D{{Key: "_id", Value: rec.ID}, {Key: "committed", Value: false}}
		rec.Committed, err = s.table(records).update(ctx, undecided, set("committed", true))
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

// commitInChat decides a unit of work by the write of the chat that has caused it. The chat
// is read, the other documents are locked, and the chat is written, with all that happens
// in it and with the record of the rest, if it is still as it was before the first lock.
// So whoever writes to the chat while it has no such record gives up all units of work that
// have locks for it. The deliveries of the chat are given.
func (s *Store) commitInChat(ctx context.Context, rec *record) ([]bot.Delivery, error) {
	leave, err := s.chatQueues.enter(ctx, rec.Talk.Chat)
	if err != nil {
		return nil, err
	}
	defer leave()
	c, err := s.fitting(ctx, rec.Talk)
	if err != nil {
		return nil, err
	}
	own := &enqueued{unit: rec.ID}
	own.parts, rec.Out = split(rec.Out, c.ID)
	next := c.clone()
	next.remember(rec.Talk)
	if _, err := s.enqueue(ctx, next, own); err != nil {
		return nil, err
	}
	rec.Talk, rec.Committed, next.Unit = nil, true, rec
	done, err := s.lockAll(ctx, rec)
	if err == nil && done {
		done, err = s.put(ctx, next)
	}
	if err != nil || done { // an error: whether it was decided is not known; whoever meets a lock finds out
		return own.list, err
	}
	if err := s.unlockAll(ctx, rec); err != nil {
		return nil, err
	}
	return nil, errForestalled
}

// fitting gives the chat of a unit of work, if that can be decided in it.
func (s *Store) fitting(ctx context.Context, talk *talkPart) (*chatDoc, error) {
	c := s.known.get(talk.Chat)
	if c == nil || c.fits(talk) != nil || c.Unit != nil {
		var err error
		if c, err = s.chat(ctx, talk.Chat); err != nil {
			return nil, err
		}
	}
	if err := c.fits(talk); err != nil {
		return nil, err
	}
	if c.Unit != nil {
		return nil, &lockedError{at: place{chats, c.ID}, unit: c.Unit.ID}
	}
	return c, nil
}

// split divides deliveries into those of a chat and the others.
func split(list []deliveryPart, chat string) (own, others []deliveryPart) {
	for _, d := range list {
		if d.Chat == chat {
			own = append(own, d)
		} else {
			others = append(others, d)
		}
	}
	return own, others
}

// lockAll takes the locks of a unit of work, and tells whether it got them all.
func (s *Store) lockAll(ctx context.Context, rec *record) (bool, error) {
	for _, d := range rec.Docs {
		if taken, err := s.lock(ctx, d, rec.ID); err != nil || !taken {
			return false, err
		}
	}
	return true, nil
}

// lock takes the lock of a document that is as the unit of work has read it. A new document
// begins as nothing but a lock.
func (s *Store) lock(ctx context.Context, d docPart, unit string) (bool, error) {
	if d.Base == 0 {
		return s.table(d.At.Table).insert(ctx, Head{ID: d.At.ID, Lock: unit})
	}
	return s.table(d.At.Table).update(ctx, unlocked(d.At.ID, d.Base), set("lock", unit))
}

// unlocked finds a document of a version that no unit of work is about to change.
func unlocked(id string, version int64) bson.D {
	return bson.D{
		{Key: "_id", Value: id},
		{Key: "v", Value: version},
		{Key: "lock", Value: bson.D{{Key: "$exists", Value: false}}},
	}
}

func set(field string, v any) bson.D {
	return bson.D{{Key: "$set", Value: bson.D{{Key: field, Value: v}}}}
}
