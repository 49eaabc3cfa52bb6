package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	sqlNumbers query = `SELECT seq, key, status, taken, printed FROM numbers WHERE register = ? AND year = ? ORDER BY seq`
	sqlTaken   query = `SELECT seq, key, status, taken, printed FROM numbers
		WHERE register = ? AND year = ? AND seq > ? AND taken >= ? AND taken < ? ORDER BY seq LIMIT ?`
	sqlNumberPrinted query = `SELECT register, year, seq, key, status, taken FROM numbers WHERE printed = ?`
	sqlNumberOf      query = `SELECT year, seq, taken, printed FROM numbers WHERE register = ? AND key = ? ORDER BY year LIMIT 1`
	sqlLast          query = `SELECT coalesce(max(seq), 0) FROM numbers WHERE register = ? AND year = ?`
	sqlTake          query = `INSERT INTO numbers (register, year, seq, key, status, taken, printed) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (printed) DO NOTHING`
	sqlPrint     query = `UPDATE OR IGNORE numbers SET printed = ? WHERE register = ? AND year = ? AND seq = ?`
	sqlSOP       query = `SELECT source FROM sops WHERE name = ? AND version = ?`
	sqlSOPs      query = `SELECT name, version FROM sops ORDER BY name, version`
	sqlInsertSOP query = `INSERT INTO sops (name, version, source) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
)

func registerReads() []query { return []query{sqlNumbers, sqlTaken, sqlNumberPrinted, sqlSOP, sqlSOPs} }

func registerWrites() []query { return []query{sqlNumberOf, sqlLast, sqlTake, sqlPrint, sqlInsertSOP} }

// Reserve implements [store.Registers].
func (s *Store) Reserve(ctx context.Context, r store.Reservation, now time.Time) (n workflow.Number, err error) {
	err = s.writer.submit(ctx, "number", func(w *writer) (err error) {
		n, err = w.numberOf(r)
		if errors.Is(err, sql.ErrNoRows) {
			n, err = w.takeNumber(r, now)
		}
		return err
	})
	if err != nil {
		return workflow.Number{}, err
	}
	return n, nil
}

// numberOf gives the number that a key has. One of before without a text gets it now.
func (w *writer) numberOf(r store.Reservation) (workflow.Number, error) {
	n := workflow.Number{Register: r.Register}
	var taken int64
	err := w.row(sqlNumberOf, r.Register, r.Key).Scan(&n.Year, &n.Seq, &taken, &n.Text)
	if err != nil || n.Text != n.Row() {
		return n, err
	}
	n.Text = r.Print(n.Seq, kept.Instant(taken))
	return n, w.changeOne(n.Text, sqlPrint, n.Text, n.Register, n.Year, n.Seq)
}

func (w *writer) takeNumber(r store.Reservation, now time.Time) (workflow.Number, error) {
	n := workflow.Number{Register: r.Register, Year: r.Year}
	if err := w.row(sqlLast, r.Register, r.Year).Scan(&n.Seq); err != nil {
		return n, err
	}
	n.Seq++
	n.Text = r.Print(n.Seq, now)
	return n, w.changeOne(n.Text, sqlTake, n.Register, n.Year, n.Seq, r.Key, workflow.NumberReserved, kept.Nanos(now), n.Text)
}

// changeOne runs a statement that changes nothing if a text was printed before:
// CodeDuplicate.
func (w *writer) changeOne(printed string, q query, args ...any) error {
	changed, err := w.change(q, args...)
	if err == nil && changed == 0 {
		err = workflow.Refuse(workflow.CodeDuplicate, printed)
	}
	return err
}

// Numbers implements [store.Registers].
func (s *Store) Numbers(ctx context.Context, register string, year int) ([]store.NumberRow, error) {
	return many(ctx, s, "numbers", sqlNumbers, []any{register, year}, scanRowOf(register, year))
}

// NumbersTaken implements [store.Registers].
func (s *Store) NumbersTaken(ctx context.Context, q store.NumberQuery) ([]store.NumberRow, error) {
	args := []any{q.Register, q.Year, q.After, kept.Nanos(q.From), kept.Nanos(q.To), q.Limit}
	return many(ctx, s, "numbers", sqlTaken, args, scanRowOf(q.Register, q.Year))
}

func scanRowOf(register string, year int) func(scanner) (store.NumberRow, error) {
	return func(row scanner) (store.NumberRow, error) {
		n := store.NumberRow{Register: register, Year: year}
		var taken int64
		err := row.Scan(&n.Seq, &n.Key, &n.Status, &taken, &n.Printed)
		n.Taken = kept.Instant(taken)
		return n, err
	}
}

// NumberPrinted implements [store.Registers].
func (s *Store) NumberPrinted(ctx context.Context, text string) (store.NumberRow, error) {
	n := store.NumberRow{Printed: text}
	var taken int64
	err := s.one(ctx, "number", sqlNumberPrinted, []any{text}, &n.Register, &n.Year, &n.Seq, &n.Key, &n.Status, &taken)
	n.Taken = kept.Instant(taken)
	return n, err
}

// SaveSOP implements [store.SOPs].
func (s *Store) SaveSOP(ctx context.Context, ref workflow.SOPRef, source []byte) error {
	return s.writer.submit(ctx, "sop", func(w *writer) error {
		return w.exec(sqlInsertSOP, ref.Name, ref.Version, source)
	})
}

// SOPRefs implements [store.SOPs].
func (s *Store) SOPRefs(ctx context.Context) ([]workflow.SOPRef, error) {
	return many(ctx, s, "sops", sqlSOPs, nil, func(row scanner) (ref workflow.SOPRef, err error) {
		err = row.Scan(&ref.Name, &ref.Version)
		return ref, err
	})
}

// SOPSource implements [store.SOPs].
func (s *Store) SOPSource(ctx context.Context, ref workflow.SOPRef) ([]byte, error) {
	var source []byte
	err := s.one(ctx, "sop", sqlSOP, []any{ref.Name, ref.Version}, &source)
	return source, err
}
