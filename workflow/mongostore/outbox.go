package mongostore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

// claimPage is the number of chats that a claim looks at in one query; it ends once it has enough.
const claimPage = 100

// Claim implements [bot.Outbox]. It chooses by a list of what waits, and then takes
// of each chat what may be taken at that moment. If that fails after some chats, their
// leases are such as c.Knows does not know of.
func (s *Store) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	filter := bson.D{
		{Key: "first", Value: bson.D{{Key: "$gt", Value: 0}}},
		{Key: "due", Value: bson.D{{Key: "$lte", Value: kept.Nanos(c.Now)}}},
	}
	opts := options.Find().SetSort(bson.D{{Key: "first", Value: 1}}).SetProjection(bson.D{
		{Key: "v", Value: 1}, {Key: "out.seq", Value: 1}, {Key: "out.owner", Value: 1}, {Key: "out.lease", Value: 1}, {Key: "out.notBefore", Value: 1},
	})
	var list []bot.Delivery
	err := s.chatsOf(ctx, filter, opts.SetBatchSize(claimPage), func(doc *chatDoc) (bool, error) {
		if doc.claimable(c) == 0 {
			return true, nil
		}
		got, err := s.lease(ctx, doc.ID, c)
		list = append(list, got...)
		return len(list) < c.Limit, err
	})
	if err != nil && len(list) == 0 { // what was leased before a failure is not to wait for its end
		return nil, err
	}
	slices.SortFunc(list, func(a, b bot.Delivery) int { return cmp.Compare(a.Seq, b.Seq) })
	return list, nil
}

// claimable tells how many of a chat's deliveries may be claimed, from the oldest on.
// A chat in which a lease lives is being served and is left alone. What is not due
// holds back all that follows it.
func (c *chatDoc) claimable(by bot.Claim) int {
	now := kept.Nanos(by.Now)
	held := func(d pendingDoc) bool {
		return d.Lease > now && by.Live(d.Owner, bot.Address(c.ID), d.Seq, kept.Instant(d.Lease))
	}
	if slices.ContainsFunc(c.Out, held) {
		return 0
	}
	if i := slices.IndexFunc(c.Out, func(d pendingDoc) bool { return d.NotBefore > now }); i >= 0 {
		return i
	}
	return len(c.Out)
}

// lease claims what may be claimed of a chat.
func (s *Store) lease(ctx context.Context, chat string, by bot.Claim) ([]bot.Delivery, error) {
	var list []bot.Delivery
	err := s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		n := c.claimable(by)
		list = make([]bot.Delivery, n)
		for i := range c.Out[:n] {
			c.Out[i].Owner, c.Out[i].Lease = by.Owner, kept.Nanos(by.Until)
			list[i] = c.Out[i].delivery(c.ID)
		}
		return n > 0, nil
	})
	return list, err
}

// Settle implements [bot.Outbox]. Each chat's settlements are one write.
func (s *Store) Settle(ctx context.Context, now time.Time, settlements ...bot.Settlement) error {
	parts := map[bot.Address][]bot.Settlement{}
	for _, t := range settlements {
		if !valid(t.State) {
			return workflow.Refuse(workflow.CodeInvalid, "state")
		}
		parts[t.Chat] = append(parts[t.Chat], t)
	}
	for chat, part := range parts {
		if err := s.settleIn(ctx, string(chat), kept.Nanos(now), part); err != nil {
			return err
		}
	}
	return nil
}

func valid(state bot.DeliveryState) bool {
	switch state {
	case bot.DeliverySent, bot.DeliveryDead, bot.DeliveryRetry, bot.DeliveryPending:
		return true
	}
	return false
}

// settleIn records what became of those deliveries that wait in a chat.
func (s *Store) settleIn(ctx context.Context, chat string, now int64, settlements []bot.Settlement) error {
	return s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		dirty := false
		for _, t := range settlements {
			i := slices.IndexFunc(c.Out, func(d pendingDoc) bool { return d.Seq == t.Seq })
			if i < 0 {
				continue
			}
			if t.State == bot.DeliverySent || t.State == bot.DeliveryDead {
				c.Gone, dirty = append(c.Gone, c.Out[i].settled(c.ID, now, t)), true
				c.Out = slices.Delete(c.Out, i, i+1)
			} else if c.Out[i].retry(now, t) {
				dirty = true
			}
		}
		return dirty, nil
	})
}

// settled gives a delivery as it is kept when it is over.
func (d *pendingDoc) settled(chat string, now int64, t bot.Settlement) settledDoc {
	return settledDoc{
		ID: d.ID, Chat: chat, Seq: d.Seq, Notice: d.Notice, Message: d.Message, Created: d.Created,
		State: string(t.State), Reason: t.Reason, At: now,
	}
}

// retry gives a delivery back, unless somebody else holds it by now.
func (d *pendingDoc) retry(now int64, t bot.Settlement) bool {
	if d.Owner != t.Owner && d.Lease > now {
		return false
	}
	d.NotBefore, d.Attempts, d.Reason = kept.Nanos(t.Retry), int64(t.Attempts), t.Reason
	d.Owner, d.Lease = "", 0
	return true
}
