package sqlitestore

import (
	"context"
	"time"

	"izinbot/workflow/internal/kept"
)

// purgePage is the number of rows that one step of a purge looks at, so that nobody waits
// for it.
const purgePage = 500

const (
	sqlPageOfInbox query = `SELECT max(seq), min(received) < ? FROM
		(SELECT seq, received FROM inbox WHERE seq > ? ORDER BY seq LIMIT ?)`
	sqlPurgeInbox query = `DELETE FROM inbox WHERE seq > ?1 AND seq <= ?2 AND received < ?3
		AND (chat, seq) NOT IN (SELECT u.chat, u.seq FROM unhandled u)
		AND seq < (SELECT max(seq) FROM inbox)`
	sqlPageOfOutbox query = `SELECT max(seq), min(created) < ? FROM
		(SELECT seq, created FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?)`
	sqlPurgeOutbox query = `DELETE FROM outbox WHERE seq > ?1 AND seq <= ?2 AND settled < ?3
		AND seq < (SELECT max(seq) FROM outbox)`
)

// Purge removes messages that were handled and deliveries that were settled,
// both before an instant, and tells how many. What still has to be done is never
// removed, nor is the newest row of either table. A repeat of a message that was
// purged would be taken for a new one, so the instant should lie weeks back.
func (s *Store) Purge(ctx context.Context, before time.Time) (int, error) {
	in, err := s.purge(ctx, sqlPageOfInbox, sqlPurgeInbox, kept.Nanos(before))
	if err != nil {
		return in, err
	}
	out, err := s.purge(ctx, sqlPageOfOutbox, sqlPurgeOutbox, kept.Nanos(before))
	return in + out, err
}

// purge goes through a table page by page, each in a write of its own, up to the
// first page on which all is too young.
func (s *Store) purge(ctx context.Context, page, remove query, before int64) (int, error) {
	total, after, more := 0, int64(0), true
	for more {
		var upto, removed int64
		err := s.writer.submit(ctx, "purge", func(w *writer) (err error) {
			var last *int64
			var old *bool
			if err := w.row(page, before, after, purgePage).Scan(&last, &old); err != nil {
				return err
			}
			if more = last != nil && *old; !more {
				return nil
			}
			upto = *last
			removed, err = w.change(remove, after, upto, before)
			return err
		})
		if err != nil {
			return total, err
		}
		after, total = upto, total+int(removed)
	}
	return total, nil
}
