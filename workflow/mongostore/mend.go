package mongostore

import (
	"context"
	"log/slog"
	"math/rand/v2"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
)

// lostState takes the place of a conversation's state that cannot be read. It is no JSON,
// so that the handlers tell the person that the conversation begins anew.
const lostState = "?"

// mended reads a chat whose document has fields of wrong types, and writes it without
// them: else nothing could ever be said in it again.
func (s *Store) mended(ctx context.Context, id string) (*chatDoc, error) {
	var raw bson.Raw
	if err := s.table(chats).one(ctx, byID(id), &raw); err != nil {
		return nil, err
	}
	c := &chatDoc{ID: id}
	lost := c.salvage(raw)
	if len(lost) == 0 { // somebody else was faster
		return c, nil
	}
	if err := s.makeWhole(ctx, c, lost); err != nil {
		return nil, err
	}
	s.log.ErrorContext(ctx, "a chat's document was damaged and lost fields", slog.Any("fields", lost))
	asRead := bson.D{{Key: "_id", Value: id}, {Key: "v", Value: bson.D{{Key: "$exists", Value: false}}}}
	if v, err := raw.LookupErr("v"); err == nil {
		asRead[1].Value = v
	}
	done, err := s.table(chats).replace(ctx, asRead, c)
	if err == nil && !done {
		err = workflow.Refuse(workflow.CodeUnavailable, chats) // it was changed meanwhile
	}
	return c, err
}

// salvage takes over the fields of a document that have the right types, and names the
// others.
func (c *chatDoc) salvage(raw bson.Raw) (lost []string) {
	fields, err := raw.Elements()
	if err != nil {
		return []string{"document"}
	}
	for _, f := range fields {
		one, err := bson.Marshal(bson.D{{Key: f.Key(), Value: f.Value()}})
		if err == nil {
			next := *c
			if err = bson.Unmarshal(one, &next); err == nil {
				*c = next
			}
		}
		if err != nil {
			lost = append(lost, f.Key())
		}
	}
	return lost
}

// makeWhole gives the fields that were lost values by which nothing is handled or
// numbered twice.
func (s *Store) makeWhole(ctx context.Context, c *chatDoc, lost []string) error {
	for _, field := range lost {
		switch field {
		case "v":
			c.V = 1<<40 + rand.Int64N(1<<60) //nolint:gosec // any that no process has seen
		case "state":
			c.State = []byte(lostState)
		case "ids", "whole", "past", "gone":
			c.IDs, c.Whole = nil, false
		case "last":
			top, err := s.table(counters).add(ctx, "sequence", blockSize)
			if err != nil {
				return err
			}
			c.Last = top
		}
	}
	if len(c.In) > 0 {
		c.Handled = min(c.Handled, c.In[0].Seq-1)
	}
	c.index()
	c.V++
	return nil
}

// chatsOf reads the chats of a query. Each is decoded by itself, so that a damaged one
// hides no other.
func (s *Store) chatsOf(ctx context.Context, filter bson.D, opts *options.FindOptionsBuilder, each func(*chatDoc) (more bool, err error)) error {
	ctx, cancel := s.table(chats).limit(ctx)
	defer cancel()
	cursor, err := s.table(chats).c.Find(ctx, filter, opts)
	if err != nil {
		return translate(chats, err)
	}
	defer func() { _ = cursor.Close(ctx) }() // it has nothing to say
	for cursor.Next(ctx) {
		c := &chatDoc{}
		if err := cursor.Decode(c); err != nil {
			id, _ := cursor.Current.Lookup("_id").StringValueOK()
			if c, err = s.mended(ctx, id); err != nil {
				s.log.ErrorContext(ctx, "a chat's document cannot be read", slog.Any("error", err))
				continue
			}
		}
		s.known.outdate(c.ID, c.V)
		if more, err := each(c); err != nil || !more {
			return err
		}
	}
	return translate(chats, cursor.Err())
}
