package sqlitestore

import (
	"context"
	"errors"
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

var _ store.Portable = (*Store)(nil)

const (
	sqlMark    query = `SELECT mark FROM copies WHERE one = 1`
	sqlSetMark query = `INSERT INTO copies (one, mark) VALUES (1, ?1) ON CONFLICT DO UPDATE SET mark = ?1`
	sqlNoMark  query = `DELETE FROM copies WHERE one = 1`
	// Sequence numbers of messages go on after the greatest that is in the table. If
	// some chat has handled a greater one, which was purged where it came from, the
	// next message would be taken for handled: so a row without an id stands for it.
	sqlKeepSeq query = `INSERT INTO inbox (seq, id, chat, received, message)
		SELECT max(handled), '', '', 0, CAST('{}' AS BLOB) FROM conversations
		HAVING max(handled) > (SELECT coalesce(max(seq), 0) FROM inbox)
		ON CONFLICT DO NOTHING`
)

// Records implements [store.Portable].
func (s *Store) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	w, ok := walks()[kind]
	if !ok {
		return store.Page{}, workflow.Refuse(workflow.CodeInvalid, "kind")
	}
	args, err := w.start(from)
	if err != nil {
		return store.Page{}, fmt.Errorf("%w: %w", workflow.Refuse(workflow.CodeInvalid, "from"), err)
	}
	// Not prepared beforehand: an office that is running never asks for these.
	rows, err := s.reader.QueryContext(ctx, string(w.page), append(args, w.size(limit))...)
	if err != nil {
		return store.Page{}, translate(string(kind), err)
	}
	list, err := collect(rows, w.scan())
	if err != nil {
		return store.Page{}, translate(string(kind), err)
	}
	page := store.Page{Records: make([]store.Record, len(list))}
	for i, r := range list {
		page.Records[i], page.Next = r.Record, r.at
	}
	return page, nil
}

// Put implements [store.Portable]. Records and mark are one transaction.
func (s *Store) Put(ctx context.Context, kind store.Kind, records []store.Record, mark string) error {
	put, ok := puts()[kind]
	if !ok {
		return workflow.Refuse(workflow.CodeInvalid, "kind")
	}
	return s.writer.submit(ctx, string(kind), func(w *writer) error {
		w.moved(w.memory.all()...)
		for _, r := range records {
			if err := put(w, r); err != nil {
				return fmt.Errorf("%s %q: %w", kind, r.ID, err)
			}
		}
		return w.once(sqlSetMark, mark)
	})
}

// Mark implements [store.Portable].
func (s *Store) Mark(ctx context.Context) (string, error) {
	var mark string
	err := s.one(ctx, "copy", sqlMark, nil, &mark)
	if errors.Is(err, &workflow.Error{Code: workflow.CodeNotFound}) {
		return "", nil
	}
	return mark, err
}

// Finish implements [store.Portable].
func (s *Store) Finish(ctx context.Context) error {
	return s.writer.submit(ctx, "copy", func(w *writer) error {
		if err := w.once(sqlKeepSeq); err != nil {
			return err
		}
		return w.once(sqlNoMark)
	})
}

// once runs a statement that is not prepared.
func (w *writer) once(q query, args ...any) error {
	_, err := w.conn.ExecContext(w.ctx, string(q), args...)
	return err
}

// added runs an insertion that is not prepared, and tells whether there is a row more.
func (w *writer) added(q query, args ...any) (bool, error) {
	r, err := w.conn.ExecContext(w.ctx, string(q), args...)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}
