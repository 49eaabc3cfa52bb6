package mongostore

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// What was handled and what was settled stays in its chat for a while, so that the
// archive costs a write for many of them, and none for each.
const (
	mostPast  = 32       // messages and deliveries together
	pastSize  = 32 << 10 // bytes of them
	mostIDs   = 512      // of archived messages and deliveries that a chat remembers
	hashBytes = 8
)

// handledDoc is a message that was handled, kept so that a repeat is known as one.
type handledDoc struct {
	ID      string `bson:"_id"` // the network's own
	Chat    string `bson:"chat"`
	Seq     int64  `bson:"seq"`
	At      int64  `bson:"at"` // when it was received
	Message []byte `bson:"message"`
}

// settledDoc is a delivery that was sent or is dead, kept so that a repeat is known
// as one.
type settledDoc struct {
	ID      string `bson:"_id"`
	Chat    string `bson:"chat"`
	Seq     int64  `bson:"seq"`
	Notice  bool   `bson:"notice"`
	Message []byte `bson:"message"`
	Created int64  `bson:"created"`
	State   string `bson:"state"`
	Reason  string `bson:"reason"`
	At      int64  `bson:"at"` // when it was settled
}

// archive moves what is over to the collections of what was handled and settled, once
// it is much. It is stored there before it is taken out of the chat.
func (s *Store) archive(ctx context.Context, c *chatDoc) error {
	if len(c.Past)+len(c.Gone) < mostPast && c.pastSize() < pastSize {
		return nil
	}
	if err := s.archiveAll(ctx, c.Past, c.Gone); err != nil {
		return err
	}
	for _, m := range c.Past {
		c.archived(m.ID)
	}
	for _, d := range c.Gone {
		c.archived(d.ID)
	}
	c.Past, c.Gone = nil, nil
	return nil
}

func (s *Store) archiveAll(ctx context.Context, handled []handledDoc, settled []settledDoc) error {
	in, err := marshalAll(inbox, handled)
	if err != nil {
		return err
	}
	out, err := marshalAll(outbox, settled)
	if err != nil {
		return err
	}
	// An id that is there was archived before by a write that failed, or that another
	// process forestalled.
	if _, err := s.table(inbox).insertMissing(ctx, in); err != nil {
		return err
	}
	_, err = s.table(outbox).insertMissing(ctx, out)
	return err
}

func marshalAll[T any](table string, list []T) ([]bson.Raw, error) {
	docs := make([]bson.Raw, len(list))
	for i, v := range list {
		raw, err := bson.Marshal(v)
		if err != nil {
			return nil, translate(table, err)
		}
		docs[i] = raw
	}
	return docs, nil
}

// archived remembers an id by its hash, unless the chat has too many already.
func (c *chatDoc) archived(id string) {
	if len(c.IDs) >= mostIDs*hashBytes {
		c.IDs, c.Whole = nil, false
	}
	if c.Whole {
		c.IDs = binary.LittleEndian.AppendUint64(c.IDs, hashOf(id))
	}
}

// mayBeArchived tells whether a message or delivery of that id may be in the archive.
// If it tells not, it is not there.
func (c *chatDoc) mayBeArchived(id string) bool {
	if !c.Whole {
		return true
	}
	return hasHash(c.IDs, id)
}

// hasHash tells whether the hash of an id or key is among those in a list.
func hasHash(hashes []byte, id string) bool {
	sought := hashOf(id)
	for hash := range slices.Chunk(hashes, hashBytes) {
		if binary.LittleEndian.Uint64(hash) == sought {
			return true
		}
	}
	return false
}

func hashOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	return h.Sum64()
}

func (c *chatDoc) pastSize() (n int) {
	for _, m := range c.Past {
		n += messageSize(m.ID, m.Message)
	}
	for _, d := range c.Gone {
		n += deliverySize(d.ID, d.Message)
	}
	return n
}
