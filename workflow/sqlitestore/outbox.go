package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

const (
	sqlWaiting query = `SELECT chat, seq, owner, lease, not_before FROM outbox WHERE settled IS NULL ORDER BY chat, seq`
	// What was seen while reading must still be true when the lease is written.
	sqlClaim query = `UPDATE outbox SET owner = ?, lease = ?
		WHERE seq = ? AND settled IS NULL AND lease = ? AND not_before = ?
		RETURNING id, notice, message, created, attempts`
	sqlSettle query = `UPDATE outbox SET state = ?, reason = ?, settled = ?, owner = '', lease = 0
		WHERE seq = ? AND settled IS NULL`
	sqlRetry query = `UPDATE outbox SET state = ?, reason = ?, not_before = ?, attempts = ?, owner = '', lease = 0
		WHERE seq = ? AND settled IS NULL AND (owner = ? OR lease <= ?)`
	// The latest that waits in a chat, and whether any of them is not in the hands
	// of the owner.
	sqlBefore query = `SELECT coalesce(max(seq), 0), coalesce(max(owner <> ? OR lease <= ?), 0) FROM outbox
		WHERE chat = ? AND settled IS NULL`
	sqlDeliver query = `INSERT INTO outbox (id, chat, notice, message, created, not_before, owner, lease)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
)

func boxReads() []query {
	return []query{sqlUnhandled, sqlUnhandledOf, sqlConversation, sqlWaiting}
}

func boxWrites() []query {
	return []query{
		sqlAccept, sqlAwait, sqlMask, sqlHandled, sqlInsertTalk, sqlUpdateTalk, sqlClaim, sqlSettle, sqlRetry, sqlBefore, sqlDeliver,
		sqlPageOfInbox, sqlPurgeInbox, sqlPageOfOutbox, sqlPurgeOutbox,
	}
}

// delivery is a delivery with its message encoded.
type delivery struct {
	bot.Delivery
	doc []byte
}

func encodeDeliveries(deliveries []bot.Delivery) ([]delivery, error) {
	list := make([]delivery, len(deliveries))
	for i, d := range deliveries {
		doc, err := kept.Encode("message", d.Message)
		if err != nil {
			return nil, err
		}
		list[i] = delivery{d, doc}
	}
	return list, nil
}

// deliver writes the unit of work's deliveries, and gives those that are new.
func (w *writer) deliver(t unit) ([]bot.Delivery, error) {
	list := make([]bot.Delivery, 0, len(t.deliveries))
	for _, d := range t.deliveries {
		var blocked bool
		if err := w.row(sqlBefore, t.Owner, kept.Nanos(t.now), d.Chat).Scan(&d.Prev, &blocked); err != nil {
			return nil, translate("delivery", err)
		}
		owner := ""
		if !blocked && t.Owner != "" && t.Lease.After(t.now) && !d.NotBefore.After(t.now) {
			owner, d.Leased = t.Owner, t.Lease
		}
		seq, err := w.insert(sqlDeliver, d.ID, d.Chat, d.Notice, d.doc, kept.Nanos(d.Created), kept.Nanos(d.NotBefore), owner, kept.Nanos(d.Leased))
		if err != nil {
			return nil, translate("delivery", err)
		}
		if seq != 0 {
			d.Seq = seq
			list = append(list, d.Delivery)
		}
	}
	return list, nil
}

// Claim implements [bot.Outbox]. It chooses without holding up the writer, which
// then takes of each chat what nobody else has touched meanwhile.
func (s *Store) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	rows, err := many(ctx, s, "outbox", sqlWaiting, nil, scanWaiting)
	if err != nil {
		return nil, err
	}
	chats := claimable(rows, c)
	if len(chats) == 0 {
		return nil, nil
	}
	var list []bot.Delivery
	err = s.writer.submit(ctx, "outbox", func(w *writer) error {
		list = nil
		for _, chat := range chats {
			got, err := w.lease(chat, c.Owner, c.Until)
			if err != nil {
				return err
			}
			list = append(list, got...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b bot.Delivery) int { return cmp.Compare(a.Seq, b.Seq) })
	return list, nil
}

// lease takes the rows of a chat in order, up to the first that has changed.
func (w *writer) lease(chat []waiting, owner string, until time.Time) ([]bot.Delivery, error) {
	var list []bot.Delivery
	for _, r := range chat {
		d := bot.Delivery{Seq: r.seq, Chat: r.chat, NotBefore: kept.Instant(r.notBefore), Leased: until}
		var doc []byte
		var created int64
		row := w.row(sqlClaim, owner, kept.Nanos(until), r.seq, r.lease, r.notBefore)
		err := row.Scan(&d.ID, &d.Notice, &doc, &created, &d.Attempts)
		if errors.Is(err, sql.ErrNoRows) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		d.Created = kept.Instant(created)
		d.Message, d.Unreadable = kept.MessageOf(doc)
		list = append(list, d)
	}
	return list, nil
}

// Settle implements [bot.Outbox].
func (s *Store) Settle(ctx context.Context, now time.Time, settlements ...bot.Settlement) error {
	return s.writer.submit(ctx, "outbox", func(w *writer) error {
		for _, t := range settlements {
			if err := w.settle(now, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) settle(now time.Time, t bot.Settlement) error {
	switch t.State {
	case bot.DeliverySent, bot.DeliveryDead:
		return w.exec(sqlSettle, t.State, t.Reason, kept.Nanos(now), t.Seq)
	case bot.DeliveryRetry, bot.DeliveryPending:
		return w.exec(sqlRetry, t.State, t.Reason, kept.Nanos(t.Retry), t.Attempts, t.Seq, t.Owner, kept.Nanos(now))
	}
	return workflow.Refuse(workflow.CodeInvalid, "state")
}

func scanWaiting(row scanner) (waiting, error) {
	var r waiting
	err := row.Scan(&r.chat, &r.seq, &r.owner, &r.lease, &r.notBefore)
	return r, err
}
