package sqlitestore

import (
	"context"
	"errors"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

const (
	sqlAccept      query = `INSERT INTO inbox (id, chat, received, message) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlAwait       query = `INSERT INTO unhandled (chat, seq) VALUES (?, ?)`
	sqlMask        query = `UPDATE inbox SET message = ? WHERE seq = ? AND id = ?`
	sqlHandled     query = `DELETE FROM unhandled WHERE chat = ? AND seq <= ?`
	sqlUnhandled   query = `SELECT i.seq, i.id, i.chat, i.message FROM unhandled u CROSS JOIN inbox i ON i.seq = u.seq ORDER BY u.seq`
	sqlUnhandledOf query = `SELECT i.seq, i.id, i.chat, i.message FROM unhandled u CROSS JOIN inbox i ON i.seq = u.seq
		WHERE u.chat = ? AND u.seq > ? ORDER BY u.seq LIMIT ?`
	sqlConversation query = `SELECT version, handled, state FROM conversations WHERE chat = ?`
	sqlInsertTalk   query = `INSERT INTO conversations (handled, state, chat, version) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING`
	sqlUpdateTalk   query = `UPDATE conversations SET handled = ?, state = ?, version = version + 1 WHERE chat = ? AND version = ?`
)

// Accept implements [bot.Inbox].
func (s *Store) Accept(ctx context.Context, now time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	docs := make([][]byte, len(messages))
	for i, m := range messages {
		var err error
		if docs[i], err = kept.Encode("message", m); err != nil {
			return nil, err
		}
	}
	var list []bot.Received
	err := s.writer.submit(ctx, "message", func(w *writer) error {
		list = nil
		for i, m := range messages {
			seq, err := w.insert(sqlAccept, m.ID, m.Chat, kept.Nanos(now), docs[i])
			if err != nil {
				return err
			}
			if seq == 0 {
				continue
			}
			if err := w.exec(sqlAwait, m.Chat, seq); err != nil {
				return err
			}
			list = append(list, bot.Received{Seq: seq, Inbound: m})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Unhandled implements [bot.Inbox].
func (s *Store) Unhandled(ctx context.Context) ([]bot.Received, error) {
	return many(ctx, s, "inbox", sqlUnhandled, nil, scanReceived)
}

// UnhandledOf implements [bot.Inbox].
func (s *Store) UnhandledOf(ctx context.Context, chat bot.Address, after int64, limit int) ([]bot.Received, error) {
	return many(ctx, s, "inbox", sqlUnhandledOf, []any{chat, after, limit}, scanReceived)
}

func scanReceived(row scanner) (bot.Received, error) {
	var seq int64
	var id string
	var chat bot.Address
	var doc []byte
	if err := row.Scan(&seq, &id, &chat, &doc); err != nil {
		return bot.Received{}, err
	}
	return kept.ReceivedOf(seq, id, chat, doc), nil
}

// Conversation implements [store.Store].
func (s *Store) Conversation(ctx context.Context, chat bot.Address) (bot.Conversation, error) {
	return s.memory.chats.get(ctx, chat, s.readConversation)
}

func (s *Store) readConversation(ctx context.Context, chat bot.Address) (bot.Conversation, error) {
	c := bot.Conversation{Chat: chat}
	var state []byte
	err := s.one(ctx, "conversation", sqlConversation, []any{chat}, &c.Version, &c.Handled, &state)
	if errors.Is(err, &workflow.Error{Code: workflow.CodeNotFound}) {
		return c, nil
	}
	c.State = state
	return c, err
}

// mask keeps a message without the secret that was typed in it.
func (w *writer) mask(r *bot.Received, doc []byte) error {
	if r == nil {
		return nil
	}
	return translate("message", w.exec(sqlMask, doc, r.Seq, r.ID))
}

// converse saves a conversation if it is still the one that was read.
func (w *writer) converse(c *bot.Conversation) error {
	if c == nil {
		return nil
	}
	args := []any{c.Handled, []byte(c.State), c.Chat, c.Version}
	q := sqlUpdateTalk
	if c.Version == 0 {
		q, args = sqlInsertTalk, args[:3]
	}
	changed, err := w.change(q, args...)
	if err != nil {
		return translate("conversation", err)
	}
	if changed == 0 {
		return workflow.Refuse(workflow.CodeConflict, "conversation")
	}
	next := *c
	next.Version++
	w.moved(changes(w.memory.chats, c.Chat, &next))
	return translate("conversation", w.exec(sqlHandled, c.Chat, c.Handled))
}
