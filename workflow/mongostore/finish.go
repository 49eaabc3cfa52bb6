package mongostore

import (
	"cmp"
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
)

// finish makes the changes of a committed unit of work, and gives the deliveries that it has
// stored. Each change is made once, however often and by whomever this is called: rows
// have ids, numbers only move on with their case, documents and the chat are changed
// under the unit of work's lock, deliveries are known by their ids.
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
	if chat, ok := decidedIn(rec.ID); ok {
		if s.known.finish(chat, rec.ID) {
			return list, nil // the record goes with the chat's next write
		}
		return list, s.dropRecord(ctx, chat, rec.ID)
	}
	_, err = s.table(records).remove(ctx, byID(rec.ID))
	return list, err
}

// dropRecord writes a chat without the record of a unit of work that is finished.
func (s *Store) dropRecord(ctx context.Context, chat, unit string) error {
	return s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		if c.Unit != nil && c.Unit.ID != unit {
			return false, nil
		}
		c.Unit = nil // what is remembered here may lack it while the stored chat has it
		return true, nil
	})
}

// finishChats brings the deliveries of a unit of work to their chats.
func (s *Store) finishChats(ctx context.Context, rec *record) (list []bot.Delivery, err error) {
	order, parts := byChat(rec)
	for _, chat := range order {
		b := &enqueued{unit: rec.ID, parts: parts[chat]}
		if err := s.finishChat(ctx, rec, chat, b); err != nil {
			return nil, err
		}
		list = append(list, b.list...)
	}
	return list, nil
}

// inOrder gives deliveries in the order in which the unit of work has them.
func inOrder(parts []deliveryPart, list []bot.Delivery) []bot.Delivery {
	place := map[string]int{}
	for i, d := range parts {
		place[d.ID] = i
	}
	slices.SortFunc(list, func(a, b bot.Delivery) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return list
}

// byChat divides deliveries among their chats. A chat that is locked, in a record of an
// earlier version of the program, comes last: while it is, nobody takes the unit of work for
// completed.
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

func (s *Store) finishChat(ctx context.Context, rec *record, chat string, b *enqueued) error {
	return s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		dirty, err := s.enqueue(ctx, c, b)
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

func lockedBy(id, unit string) bson.D {
	return bson.D{{Key: "_id", Value: id}, {Key: "lock", Value: unit}}
}
