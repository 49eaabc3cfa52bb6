package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
)

// finish makes the changes of a committed turn, and gives the deliveries that it has
// born. Each change is made once, however often and by whomever this is called: rows
// have ids, numbers only move on with their case, documents and the chat are changed
// under the turn's lock, deliveries are known by their ids.
func (s *Store) finish(ctx context.Context, rec *record) ([]bot.Delivery, error) {
	for _, r := range rec.Rows {
		if err := s.table(r.Table).ensure(ctx, r.Docs); err != nil {
			return nil, err
		}
	}
	for _, n := range rec.Numbers {
		if err := s.moveNumber(ctx, n); err != nil {
			return nil, err
		}
	}
	for _, d := range rec.Docs {
		if _, err := s.table(d.At.Table).replace(ctx, lockedBy(d.At.ID, rec.ID), d.Doc); err != nil {
			return nil, err
		}
	}
	list, err := s.finishChats(ctx, rec)
	if err != nil {
		return nil, err
	}
	_, err = s.table(turns).remove(ctx, byID(rec.ID))
	return list, err
}

// finishChats changes the chat that the turn was caused by, and brings the turn's
// deliveries to all chats. They are given in the order of the turn.
func (s *Store) finishChats(ctx context.Context, rec *record) ([]bot.Delivery, error) {
	order, parts := byChat(rec)
	born := map[string]bot.Delivery{}
	for _, chat := range order {
		b := &birth{turn: rec.ID, parts: parts[chat]}
		if err := s.finishChat(ctx, rec, chat, b); err != nil {
			return nil, err
		}
		for _, d := range b.list {
			born[d.ID] = d
		}
	}
	list := make([]bot.Delivery, 0, len(born))
	for _, d := range rec.Out {
		if b, ok := born[d.ID]; ok {
			list = append(list, b)
		}
	}
	return list, nil
}

// byChat divides the turn's deliveries. The chat that caused the turn comes last:
// while it is locked, nobody takes the turn for completed.
func byChat(rec *record) (order []string, parts map[string][]deliveryPart) {
	parts = map[string][]deliveryPart{}
	talk := ""
	if rec.Talk != nil {
		talk = rec.Talk.Chat
	}
	for _, d := range rec.Out {
		if _, ok := parts[d.Chat]; !ok && d.Chat != talk {
			order = append(order, d.Chat)
		}
		parts[d.Chat] = append(parts[d.Chat], d)
	}
	if talk != "" {
		order = append(order, talk)
	}
	return order, parts
}

func (s *Store) finishChat(ctx context.Context, rec *record, chat string, b *birth) error {
	return s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		dirty, err := s.bear(ctx, c, b)
		if err != nil || c.Lock != rec.ID {
			return dirty, err
		}
		c.Lock = ""
		c.remember(rec.Talk)
		return true, nil
	})
}

// moveNumber sets the status of a number, unless a later change of the case has.
func (s *Store) moveNumber(ctx context.Context, n numberPart) error {
	earlier := bson.D{{Key: "_id", Value: n.ID}, {Key: "version", Value: bson.D{{Key: "$lt", Value: n.Version}}}}
	_, err := s.table(numbers).update(ctx, earlier, bson.D{{Key: "$set", Value: bson.D{
		{Key: "status", Value: n.Status}, {Key: "version", Value: n.Version},
	}}})
	return err
}

func lockedBy(id, turn string) bson.D {
	return bson.D{{Key: "_id", Value: id}, {Key: "lock", Value: turn}}
}
