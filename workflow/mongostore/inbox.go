package mongostore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

// Accept implements [bot.Inbox]. Each chat's messages are one write. A chat in which
// too much waits to be handled takes no more for now: [bot.ErrFull], CodeUnavailable.
func (s *Store) Accept(ctx context.Context, now time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	order, parts, err := arrivals(messages)
	if err != nil {
		return nil, err
	}
	seq, err := s.forAll(ctx, len(messages))
	if err != nil {
		return nil, err
	}
	var list []bot.Received
	var full error
	for _, chat := range order {
		got, err := s.acceptIn(ctx, chat, kept.Nanos(now), seq, parts[chat])
		if errors.Is(err, bot.ErrFull) {
			full = err
		} else if err != nil {
			return nil, err
		}
		list = append(list, got...)
	}
	slices.SortFunc(list, func(a, b bot.Received) int { return cmp.Compare(a.Seq, b.Seq) })
	return list, full
}

// arrival is a message with its place among those that were accepted together.
type arrival struct {
	bot.Inbound
	at  int
	doc []byte
}

// arrivals divides messages among their chats; an id that comes again is dropped.
func arrivals(messages []bot.Inbound) (order []string, parts map[string][]arrival, err error) {
	parts = map[string][]arrival{}
	seen := map[string]bool{}
	for i, m := range messages {
		if seen[m.ID] {
			continue
		}
		seen[m.ID] = true
		doc, err := kept.Encode("message", m)
		if err != nil {
			return nil, nil, err
		}
		chat := string(m.Chat)
		if parts[chat] == nil {
			order = append(order, chat)
		}
		parts[chat] = append(parts[chat], arrival{at: i, Inbound: m, doc: doc})
	}
	return order, parts, nil
}

// forAll gives the first of the sequence numbers of messages that came together, so
// that they keep their order over chats too.
func (s *Store) forAll(ctx context.Context, n int) (int64, error) {
	if n == 0 {
		return 0, nil
	}
	return s.seqs.take(ctx, s.table(counters), n, 0)
}

// acceptIn adds to a chat those messages that were not stored before, as many as there
// is room for.
func (s *Store) acceptIn(ctx context.Context, chat string, now, first int64, list []arrival) ([]bot.Received, error) {
	var got []bot.Received
	var full error
	err := s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		got, full = nil, nil
		fresh, err := s.fresh(ctx, c, list)
		if err != nil || len(fresh) == 0 {
			return false, err
		}
		seqOf := func(i int) int64 { return first + int64(fresh[i].at) }
		if seqOf(0) <= c.Last {
			next, err := s.seqs.take(ctx, s.table(counters), len(fresh), c.Last)
			if err != nil {
				return false, err
			}
			seqOf = func(i int) int64 { return next + int64(i) }
		}
		for i, m := range fresh {
			if !c.room(messageSize(m.ID, m.doc)) {
				full = fmt.Errorf("%w: %w", bot.ErrFull, workflow.Refuse(workflow.CodeUnavailable, "chat"))
				break
			}
			c.Last = seqOf(i)
			c.In = append(c.In, waitingDoc{Seq: c.Last, ID: m.ID, Received: now, Message: m.doc})
			got = append(got, bot.Received{Seq: c.Last, Inbound: m.Inbound})
		}
		return len(got) > 0, nil
	})
	if err != nil {
		return nil, err
	}
	return got, full
}

// fresh gives the messages that neither wait in the chat nor were handled before.
func (s *Store) fresh(ctx context.Context, c *chatDoc, list []arrival) ([]arrival, error) {
	var ids []string
	var left []arrival
	for _, m := range list {
		if c.hasMessage(m.ID) {
			continue
		}
		left = append(left, m)
		if c.mayBeArchived(m.ID) {
			ids = append(ids, m.ID)
		}
	}
	handled, err := s.table(inbox).have(ctx, ids)
	return slices.DeleteFunc(left, func(m arrival) bool { return handled[m.ID] }), err
}

// Unhandled implements [bot.Inbox].
func (s *Store) Unhandled(ctx context.Context) ([]bot.Received, error) {
	filter := bson.D{{Key: "oldest", Value: bson.D{{Key: "$gt", Value: 0}}}}
	opts := options.Find().SetSort(bson.D{{Key: "oldest", Value: 1}}).
		SetProjection(bson.D{{Key: "in", Value: 1}, {Key: "v", Value: 1}})
	var list []bot.Received
	err := s.chatsOf(ctx, filter, opts, func(c *chatDoc) (bool, error) {
		list = append(list, received(c.ID, c.In)...)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b bot.Received) int { return cmp.Compare(a.Seq, b.Seq) })
	return list, nil
}

// UnhandledOf implements [bot.Inbox].
func (s *Store) UnhandledOf(ctx context.Context, chat bot.Address, after int64, limit int) ([]bot.Received, error) {
	c, err := s.remembered(ctx, string(chat))
	if err != nil {
		return nil, err
	}
	later := slices.IndexFunc(c.In, func(m waitingDoc) bool { return m.Seq > after })
	if later < 0 {
		return nil, nil
	}
	list := c.In[later:]
	return received(string(chat), list[:min(limit, len(list))]), nil
}

func received(chat string, docs []waitingDoc) []bot.Received {
	list := make([]bot.Received, len(docs))
	for i, m := range docs {
		list[i] = kept.ReceivedOf(m.Seq, m.ID, bot.Address(chat), m.Message)
	}
	return list
}

// Conversation implements [store.Store].
func (s *Store) Conversation(ctx context.Context, chat bot.Address) (bot.Conversation, error) {
	c, err := s.remembered(ctx, string(chat))
	if err != nil {
		return bot.Conversation{Chat: chat}, err
	}
	return bot.Conversation{Chat: chat, Version: int(c.Version), Handled: c.Handled, State: c.State}, nil
}

// remembered reads a chat with the effects of every unit of work that was decided. What it gives
// must not be changed.
func (s *Store) remembered(ctx context.Context, id string) (*chatDoc, error) {
	if c := s.known.served(id); c != nil && c.Lock == "" {
		return c, nil
	}
	c, err := s.chat(ctx, id)
	if err != nil || c.Lock == "" {
		return c, err
	}
	if err := s.complete(ctx, c.Lock); err != nil {
		return nil, err
	}
	return s.chat(ctx, id)
}
