package mongostore

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
)

// lostState takes the place of a conversation's state that cannot be read. It is no JSON,
// so that the handlers tell the person that the conversation begins anew.
const lostState = "?"

// repaired reads a chat whose document has fields of wrong types, and writes it without
// them: else nothing could ever be said in it again.
func (s *Store) repaired(ctx context.Context, id string) (*chatDoc, error) {
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
	s.log.ErrorContext(ctx, "a chat's document was damaged and lost fields", slog.Any("code", workflow.CodeDamaged), slog.Any("fields", lost))
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
// others. A list loses only the elements that cannot be read; they are set aside.
func (c *chatDoc) salvage(raw bson.Raw) (lost []string) {
	fields, err := raw.Elements()
	if err != nil {
		return []string{"document"}
	}
	for _, f := range fields {
		if c.take(f.Key(), f.Value()) {
			continue
		}
		good, bad := readable(f.Key(), f.Value())
		if good == nil || !c.take(f.Key(), good) {
			bad = []asideDoc{{At: f.Key(), Was: f.Value()}}
		}
		for _, b := range bad {
			c.setAside(b)
			lost = append(lost, b.At)
		}
	}
	return lost
}

// asideDoc is a part of a chat's document that could not be read.
type asideDoc struct {
	At  string        `bson:"at"` // field, or list.place
	Was bson.RawValue `bson:"was"`
}

// readable gives the elements of a list that can be read each by itself, and the others.
// good is nil if it is no list.
func readable(field string, list bson.RawValue) (good bson.A, bad []asideDoc) {
	values, ok := list.ArrayOK()
	if !ok {
		return nil, nil
	}
	all, _ := values.Values() // the document was read as a whole
	good = bson.A{}
	for i, v := range all {
		if (&chatDoc{}).take(field, bson.A{v}) {
			good = append(good, v)
		} else {
			bad = append(bad, asideDoc{At: fmt.Sprintf("%s.%d", field, i), Was: v})
		}
	}
	return good, bad
}

// take decodes one field into the document, and tells whether it has the right type. If
// not, the document stays as it was.
func (c *chatDoc) take(field string, value any) bool {
	one, err := bson.Marshal(bson.D{{Key: field, Value: value}})
	if err != nil {
		return false
	}
	next := *c
	if err := bson.Unmarshal(one, &next); err != nil {
		return false
	}
	*c = next
	return true
}

// setAside keeps what cannot be read for whoever repairs it by hand, while there is room.
func (c *chatDoc) setAside(part asideDoc) {
	if c.room(len(part.Was.Value)) {
		c.Aside = append(c.Aside, part)
	}
}

// makeWhole gives the fields that were lost values by which nothing is handled or
// numbered twice.
func (s *Store) makeWhole(ctx context.Context, c *chatDoc, lost []string) error {
	for _, field := range lost {
		list, _, _ := strings.Cut(field, ".")
		switch list {
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
			if c, err = s.repaired(ctx, id); err != nil {
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
