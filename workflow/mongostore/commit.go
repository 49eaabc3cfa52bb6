package mongostore

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// Commit implements [store.Store]. A unit of work that touches nothing but one chat is one
// guarded write; any other is a transaction of our own, see the package's comment.
func (s *Store) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	out, err := deliveriesOf(kept.Nanos(now), t)
	if err != nil {
		return nil, err
	}
	if len(t.Cases) > 0 {
		leave, err := s.caseQueues.enter(ctx, string(t.Cases[0].Case.ID))
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	if store.ScopeOf(ctx) == nil {
		scoped, end := store.Begin(ctx)
		defer end()
		ctx = scoped
	}
	for try := range maxTries {
		list, err := s.commitOnce(ctx, kept.Nanos(now), t, out)
		known := s.scoped(ctx).forget()
		var locked *lockedError
		switch {
		case err != nil && known && refused(err): // by what was read before: is it still so?
			continue
		case errors.As(err, &locked):
			err = s.clear(ctx, locked)
		case errors.Is(err, errForestalled):
			err = pause(ctx, try)
		default:
			return list, err
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, workflow.Refuse(workflow.CodeConflict, "unit of work")
}

// refused tells whether an error says that a unit of work does not fit what is stored.
func refused(err error) bool {
	code := workflow.CodeOf(err)
	return code == workflow.CodeConflict || code == workflow.CodeDuplicate
}

// errForestalled says that another write was faster, and that the unit of work should be
// looked at again.
var errForestalled = errors.New("another write was faster")

// commitOnce fails with errForestalled or a lockedError if it should be tried again.
func (s *Store) commitOnce(ctx context.Context, now int64, t store.UnitOfWork, out []deliveryPart) ([]bot.Delivery, error) {
	if err := s.fence(ctx, t.Term); err != nil {
		return nil, err
	}
	if chat, ok := onlyChat(t); ok {
		return s.commitChat(ctx, chat, t, out)
	}
	st := s.newStage(now)
	if err := st.decide(ctx, t); err != nil {
		return nil, err
	}
	talk, err := talkOf(t)
	if err != nil {
		return nil, err
	}
	rec, err := st.record(rand.Text(), talk, out)
	if err != nil || rec.empty() {
		return nil, err
	}
	return s.transact(ctx, &rec)
}

// onlyChat gives the one chat that a unit of work touches, if it touches nothing else.
func onlyChat(t store.UnitOfWork) (string, bool) {
	rest := len(t.Cases) + len(t.Persons) + len(t.Officers) + len(t.Invitations) + len(t.Delegations) + len(t.Claims) + len(t.Calls) + len(t.Looks)
	var chat bot.Address
	switch {
	case rest > 0:
		return "", false
	case t.Conversation != nil:
		chat = t.Conversation.Chat
	case len(t.Deliveries) > 0:
		chat = t.Deliveries[0].Chat
	}
	for _, d := range t.Deliveries {
		if d.Chat != chat {
			return "", false
		}
	}
	return string(chat), chat != ""
}

// commitChat writes a unit of work of one chat.
func (s *Store) commitChat(ctx context.Context, chat string, t store.UnitOfWork, out []deliveryPart) ([]bot.Delivery, error) {
	talk, err := talkOf(t)
	if err != nil {
		return nil, err
	}
	b := &enqueued{unit: rand.Text(), parts: out}
	err = s.change(ctx, chat, func(c *chatDoc) (bool, error) {
		if talk == nil {
			return s.enqueue(ctx, c, b)
		}
		if err := c.fits(talk); err != nil {
			return false, err
		}
		c.remember(talk)
		_, err := s.enqueue(ctx, c, b)
		return true, err
	})
	if err != nil {
		return nil, err
	}
	return b.list, nil
}
