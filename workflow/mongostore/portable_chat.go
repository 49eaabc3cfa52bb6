package mongostore

import (
	"cmp"
	"context"
	"slices"

	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// eachInChat has each record change its chat.
func eachInChat[T any](do func(s *Store, ctx context.Context, v T) error) put {
	return func(s *Store, ctx context.Context, records []store.Record) error {
		for _, r := range records {
			var v T
			if err := kept.Decode("record", r.Doc, &v); err != nil {
				return err
			}
			if err := do(s, ctx, v); err != nil {
				return err
			}
		}
		return nil
	}
}

// putConversation also raises the counter to what the chat has handled: the messages
// themselves may have been purged.
func (s *Store) putConversation(ctx context.Context, p store.PortableConversation) error {
	if err := s.table(counters).raise(ctx, "sequence", p.Handled); err != nil {
		return err
	}
	return s.change(ctx, string(p.Chat), func(c *chatDoc) (bool, error) {
		if c.Version > 0 {
			return false, nil
		}
		c.Version, c.Handled, c.State = int64(p.Version), p.Handled, p.State
		c.Last = max(c.Last, p.Handled)
		return true, nil
	})
}

// putMessages puts those that were handled among the handled ones, and the others
// into their chats.
func (s *Store) putMessages(ctx context.Context, records []store.Record) error {
	handled := map[string]int64{}
	var over []handledDoc
	for _, r := range records {
		var m store.PortableMessage
		if err := kept.Decode("record", r.Doc, &m); err != nil {
			return err
		}
		upTo, known := handled[string(m.Chat)]
		if !known {
			c, err := s.chat(ctx, string(m.Chat))
			if err != nil {
				return err
			}
			upTo = c.Handled
			handled[string(m.Chat)] = upTo
		}
		if m.Seq > upTo {
			if err := s.putWaiting(ctx, m); err != nil {
				return err
			}
			continue
		}
		over = append(over, handledDoc{ID: m.ID, Chat: string(m.Chat), Seq: m.Seq, At: kept.Nanos(m.Received), Message: m.Message})
	}
	return s.putArchived(ctx, over, nil)
}

// putArchived puts what is over into the archive. Its chats do not know the ids.
func (s *Store) putArchived(ctx context.Context, handled []handledDoc, settled []settledDoc) error {
	of := map[string]bool{}
	for _, m := range handled {
		of[m.Chat] = true
	}
	for _, d := range settled {
		of[d.Chat] = true
	}
	for chat := range of {
		err := s.change(ctx, chat, func(c *chatDoc) (bool, error) {
			whole := c.Whole
			c.Whole = false
			return whole, nil
		})
		if err != nil {
			return err
		}
	}
	return s.archiveAll(ctx, handled, settled)
}

func (s *Store) putWaiting(ctx context.Context, m store.PortableMessage) error {
	return s.change(ctx, string(m.Chat), func(c *chatDoc) (bool, error) {
		if c.hasMessage(m.ID) {
			return false, nil
		}
		c.In = append(c.In, waitingDoc{Seq: m.Seq, ID: m.ID, Received: kept.Nanos(m.Received), Message: m.Message})
		slices.SortFunc(c.In, func(a, b waitingDoc) int { return cmp.Compare(a.Seq, b.Seq) })
		c.Last = max(c.Last, m.Seq)
		return true, nil
	})
}

// putDeliveries puts those that are over among the settled ones, and the others into
// their chats.
func (s *Store) putDeliveries(ctx context.Context, records []store.Record) error {
	var over []settledDoc
	for _, r := range records {
		var d store.PortableDelivery
		if err := kept.Decode("record", r.Doc, &d); err != nil {
			return err
		}
		if d.Settled.IsZero() {
			if err := s.putPending(ctx, d); err != nil {
				return err
			}
			continue
		}
		over = append(over, settledDoc{
			ID: d.ID, Chat: string(d.Chat), Seq: r.Order, Notice: d.Notice, Message: d.Message, Created: kept.Nanos(d.Created),
			State: string(d.State), Reason: d.Reason, At: kept.Nanos(d.Settled),
		})
	}
	return s.putArchived(ctx, nil, over)
}

func (s *Store) putPending(ctx context.Context, d store.PortableDelivery) error {
	return s.change(ctx, string(d.Chat), func(c *chatDoc) (bool, error) {
		if old, _ := c.pending(d.ID); old != nil {
			return false, nil
		}
		c.Out = append(c.Out, pendingDoc{
			Seq: d.Seq, ID: d.ID, Notice: d.Notice, Message: d.Message, Created: kept.Nanos(d.Created),
			NotBefore: kept.Nanos(d.NotBefore), Attempts: int64(d.Attempts), Reason: d.Reason,
		})
		slices.SortFunc(c.Out, func(a, b pendingDoc) int { return cmp.Compare(a.Seq, b.Seq) })
		c.Last = max(c.Last, d.Seq)
		return true, nil
	})
}
