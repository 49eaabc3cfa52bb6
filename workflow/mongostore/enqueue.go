package mongostore

import (
	"context"

	"izinbot/bot"
)

// enqueued is the deliveries of a unit of work that are to be stored in a chat.
type enqueued struct {
	unit  string
	parts []deliveryPart
	list  []bot.Delivery
}

// reasonFull is why a delivery is dead that there was no room for.
const reasonFull = "full"

// enqueue adds to a chat those deliveries that were not stored before, leaves them in
// b.list, and tells whether there are any. What the same unit of work has added before, when
// somebody else completed it, counts as added now.
func (s *Store) enqueue(ctx context.Context, c *chatDoc, b *enqueued) (bool, error) {
	b.list = nil
	fresh, dead, err := s.notStored(ctx, c, b)
	if err != nil {
		return false, err
	}
	var seq int64
	if len(fresh) > 0 {
		if seq, err = s.seqs.take(ctx, s.table(counters), len(fresh), c.Last); err != nil {
			return false, err
		}
	}
	for _, d := range b.parts {
		if old, prev := c.pending(d.ID); old != nil {
			b.keep(c.ID, *old, prev, old.Unit == b.unit)
		} else if fresh[d.ID] {
			added, prev := c.add(d, seq, b.unit)
			seq++
			b.keep(c.ID, added, prev, true)
		}
	}
	return len(fresh) > 0 || dead, nil
}

// keep notes a delivery to be given to the caller of Commit.
func (b *enqueued) keep(chat string, d pendingDoc, prev int64, ours bool) {
	if !ours {
		return
	}
	out := d.delivery(chat)
	out.Prev = prev
	b.list = append(b.list, out)
}

// notStored gives the ids of the deliveries that neither wait in the chat nor were ever
// settled. Those that there is no room for are stored as dead.
func (s *Store) notStored(ctx context.Context, c *chatDoc, b *enqueued) (fresh map[string]bool, dead bool, err error) {
	var ids []string
	for _, d := range b.parts {
		if !c.waits(d.ID) && !c.settled(d.ID) && c.mayBeArchived(d.ID) {
			ids = append(ids, d.ID)
		}
	}
	over, err := s.table(outbox).have(ctx, ids)
	if err != nil {
		return nil, false, err
	}
	fresh = map[string]bool{}
	size := 0
	for _, d := range b.parts {
		if c.waits(d.ID) || c.settled(d.ID) || over[d.ID] {
			continue
		}
		if size += deliverySize(d.ID, d.Message); c.room(size) {
			fresh[d.ID] = true
			continue
		}
		if err := s.storeDead(ctx, c, d); err != nil {
			return nil, false, err
		}
		dead = true
	}
	return fresh, dead, nil
}

// storeDead stores a delivery as dead because its chat is full.
func (s *Store) storeDead(ctx context.Context, c *chatDoc, d deliveryPart) error {
	s.log.WarnContext(ctx, "a chat has no room for a delivery", "waiting", len(c.Out))
	c.archived(d.ID)
	return s.archiveAll(ctx, nil, []settledDoc{{
		ID: d.ID, Chat: c.ID, Notice: d.Notice, Message: d.Message, Created: d.Created,
		State: string(bot.DeliveryDead), Reason: reasonFull, At: d.Now,
	}})
}
