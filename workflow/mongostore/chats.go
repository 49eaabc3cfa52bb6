package mongostore

import (
	"context"
	"math/rand/v2"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/workflow"
)

// maxTries bounds how often a write is tried that others always forestall.
const maxTries = 40

// chat reads a chat; one that nothing is known of is empty.
func (s *Store) chat(ctx context.Context, id string) (*chatDoc, error) {
	c := &chatDoc{}
	err := s.table(chats).one(ctx, byID(id), c)
	if missing(err) {
		return &chatDoc{ID: id, Whole: true}, nil
	}
	if workflow.CodeOf(err) == workflow.CodeDamaged {
		c, err = s.repaired(ctx, id)
	}
	if err == nil {
		s.known.keep(c)
	}
	return c, err
}

// change has do compute what becomes of a chat, and writes it if the chat still is as it
// was; else do runs again on what it has become. do tells whether there is anything to
// write. What it stores elsewhere must do no harm if the write fails. do begins with the
// chat as this process knows it; that nothing is to be written is concluded only from
// what was just read.
func (s *Store) change(ctx context.Context, id string, do func(c *chatDoc) (bool, error)) error {
	leave, err := s.chatQueues.enter(ctx, id)
	if err != nil {
		return err
	}
	defer leave()
	if c := s.known.get(id); c != nil {
		next := c.clone()
		if dirty, err := do(next); err == nil && dirty {
			if done, err := s.put(ctx, next); err != nil || done {
				return err
			}
		}
	}
	for try := range maxTries {
		c, err := s.chat(ctx, id)
		if err != nil {
			return err
		}
		next := c.clone()
		if dirty, err := do(next); err != nil || !dirty {
			return err
		}
		if done, err := s.put(ctx, next); err != nil || done {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	return workflow.Refuse(workflow.CodeUnavailable, chats)
}

// put writes a chat if it still is as it was read, and tells whether it was. Its caller
// does not change it any more.
func (s *Store) put(ctx context.Context, c *chatDoc) (done bool, err error) {
	if err := s.archive(ctx, c); err != nil {
		return false, err
	}
	c.index()
	c.V++
	if c.V == 1 {
		done, err = s.table(chats).insert(ctx, c)
	} else {
		done, err = s.table(chats).replace(ctx, bson.D{{Key: "_id", Value: c.ID}, {Key: "v", Value: c.V - 1}}, c)
	}
	if err == nil && done {
		s.known.keep(c)
	} else {
		s.known.drop(c.ID)
	}
	return done, err
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
