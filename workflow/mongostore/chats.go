package mongostore

import (
	"context"
	"math/rand/v2"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/workflow"
)

// maxTries is how often a write is tried that others always forestall.
const maxTries = 40

// chat reads a chat; one that nothing is known of is empty.
func (s *Store) chat(ctx context.Context, id string) (*chatDoc, error) {
	c := &chatDoc{}
	err := s.table(chats).one(ctx, byID(id), c)
	if missing(err) {
		return &chatDoc{ID: id}, nil
	}
	return c, err
}

// change has do compute what becomes of a chat, and writes it if the chat still is
// as it was read; else do runs again on what it has become. do tells whether there
// is anything to write. What it stores elsewhere must do no harm if the write fails.
func (s *Store) change(ctx context.Context, id string, do func(c *chatDoc) (bool, error)) error {
	leave, err := s.chatQueues.enter(ctx, id)
	if err != nil {
		return err
	}
	defer leave()
	for try := range maxTries {
		c, err := s.chat(ctx, id)
		if err != nil {
			return err
		}
		if dirty, err := do(c); err != nil || !dirty {
			return err
		}
		if done, err := s.put(ctx, c); err != nil || done {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	return workflow.Refuse(workflow.CodeUnavailable, chats)
}

// put writes a chat if it still is as it was read, and tells whether it was.
func (s *Store) put(ctx context.Context, c *chatDoc) (bool, error) {
	c.index()
	c.V++
	if c.V == 1 {
		return s.table(chats).insert(ctx, c)
	}
	return s.table(chats).replace(ctx, bson.D{{Key: "_id", Value: c.ID}, {Key: "v", Value: c.V - 1}}, c)
}

// pause waits before the next try: some milliseconds, longer the more often it
// failed, and never as long as others do.
func pause(ctx context.Context, try int) error {
	longest := time.Millisecond << min(try+1, 6)
	wait := time.Millisecond + rand.N(longest) //nolint:gosec // it need not be secret
	if !bot.Pause(ctx, wait) {
		return translate("write", ctx.Err())
	}
	return nil
}
