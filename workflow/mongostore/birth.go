package mongostore

import (
	"context"

	"izinbot/bot"
)

// birth is the deliveries of a turn that are to be born in a chat.
type birth struct {
	turn  string
	parts []deliveryPart
	list  []bot.Delivery
}

// reasonFull is why a delivery is dead that there was no room for.
const reasonFull = "full"

// bear adds to a chat those deliveries that were not stored before, leaves them in
// b.list, and tells whether there are any. What the same turn has born before, when
// somebody else completed it, counts as born now.
func (s *Store) bear(ctx context.Context, c *chatDoc, b *birth) (bool, error) {
	b.list = nil
	fresh, buried, err := s.unborn(ctx, c, b)
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
			b.keep(c.ID, *old, prev, old.Turn == b.turn)
		} else if fresh[d.ID] {
			born, prev := c.add(d, seq, b.turn)
			seq++
			b.keep(c.ID, born, prev, true)
		}
	}
	return len(fresh) > 0 || buried, nil
}

// keep notes a delivery to be given to who commits the turn.
func (b *birth) keep(chat string, d pendingDoc, prev int64, ours bool) {
	if !ours {
		return
	}
	out := d.delivery(chat)
	out.Prev = prev
	b.list = append(b.list, out)
}

// unborn gives the ids of the deliveries that neither wait in the chat nor were ever
// settled. Those that there is no room for are stored as dead.
func (s *Store) unborn(ctx context.Context, c *chatDoc, b *birth) (fresh map[string]bool, buried bool, err error) {
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
		if err := s.bury(ctx, c, d); err != nil {
			return nil, false, err
		}
		buried = true
	}
	return fresh, buried, nil
}

// bury stores a delivery as dead because its chat is full.
func (s *Store) bury(ctx context.Context, c *chatDoc, d deliveryPart) error {
	s.log.WarnContext(ctx, "a chat has no room for a delivery", "waiting", len(c.Out))
	c.archived(d.ID)
	return s.archiveAll(ctx, nil, []settledDoc{{
		ID: d.ID, Chat: c.ID, Notice: d.Notice, Message: d.Message, Created: d.Created,
		State: string(bot.DeliveryDead), Reason: reasonFull, At: d.Now,
	}})
}
