package workflowtest

import (
	"context"
	"errors"

	"izinbot/workflow/store"
)

var _ store.Portable = (*FaultStore)(nil)

func (w *FaultStore) portable() (store.Portable, error) {
	p, ok := w.store.(store.Portable)
	if !ok {
		return nil, errors.New("the records behind the connection cannot be carried")
	}
	return p, nil
}

// Records implements [store.Portable].
func (w *FaultStore) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	return through(w, "Records", func() (store.Page, error) {
		p, err := w.portable()
		if err != nil {
			return store.Page{}, err
		}
		return p.Records(ctx, kind, from, limit)
	})
}

// Put implements [store.Portable].
func (w *FaultStore) Put(ctx context.Context, kind store.Kind, records []store.Record, mark string) error {
	_, err := through(w, "Put", func() (struct{}, error) {
		p, err := w.portable()
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, p.Put(ctx, kind, records, mark)
	})
	return err
}

// Mark implements [store.Portable].
func (w *FaultStore) Mark(ctx context.Context) (string, error) {
	return through(w, "Mark", func() (string, error) {
		p, err := w.portable()
		if err != nil {
			return "", err
		}
		return p.Mark(ctx)
	})
}

// Finish implements [store.Portable].
func (w *FaultStore) Finish(ctx context.Context) error {
	_, err := through(w, "Finish", func() (struct{}, error) {
		p, err := w.portable()
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, p.Finish(ctx)
	})
	return err
}
