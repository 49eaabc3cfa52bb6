package sqlitestore

import (
	"context"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// unit is a unit of work whose documents are encoded, which is done before it waits for
// the writer.
type unit struct {
	store.UnitOfWork
	now        time.Time
	cases      []caseDocs
	people     []versioned
	deliveries []delivery
	masked     []byte
}

// Commit implements [store.Store].
func (s *Store) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	docs, err := encodeUnit(now, t)
	if err != nil {
		return nil, err
	}
	var held []bot.Delivery
	err = s.writer.submit(ctx, "unit", func(w *writer) (err error) {
		held, err = w.unit(docs)
		return err
	})
	if err != nil {
		return nil, err
	}
	return held, nil
}

func encodeUnit(now time.Time, t store.UnitOfWork) (unit, error) {
	docs := unit{UnitOfWork: t, now: now}
	var err error
	if docs.cases, err = encodeCases(t.Cases); err != nil {
		return docs, err
	}
	if docs.people, err = encodePeople(t); err != nil {
		return docs, err
	}
	if t.Masked != nil {
		if docs.masked, err = kept.Encode("message", t.Masked.Inbound); err != nil {
			return docs, err
		}
	}
	docs.deliveries, err = encodeDeliveries(t.Deliveries)
	return docs, err
}

func (w *writer) unit(t unit) ([]bot.Delivery, error) {
	if err := w.fence(t.Term); err != nil {
		return nil, err
	}
	for _, c := range t.cases {
		if err := w.changeCase(c); err != nil {
			return nil, err
		}
	}
	for _, p := range t.people {
		if err := w.save(p); err != nil {
			return nil, err
		}
	}
	if err := w.converse(t.Conversation); err != nil {
		return nil, err
	}
	if err := w.mask(t.Masked, t.masked); err != nil {
		return nil, err
	}
	if err := w.remind(t); err != nil {
		return nil, err
	}
	return w.deliver(t)
}

// versioned is a document that is guarded by its version.
type versioned struct {
	what           string
	insert, update query
	id             string
	version        int    // that it was read with
	doc            []byte // with the next version
	index          []any  // the values of its columns for lookups
	after          func(*writer, versioned) error
}

// save writes the next version of a document if the one that it was read with is
// still there.
func (w *writer) save(d versioned) error {
	q, args := d.insert, append([]any{d.id, d.doc}, d.index...)
	if d.version > 0 {
		q, args = d.update, append(append([]any{d.version + 1, d.doc}, d.index...), d.id, d.version)
	}
	changed, err := w.change(q, args...)
	if err != nil {
		return translate(d.what, err)
	}
	if changed == 0 {
		return workflow.Refuse(workflow.CodeConflict, d.what)
	}
	if d.after != nil {
		return d.after(w, d)
	}
	return nil
}
