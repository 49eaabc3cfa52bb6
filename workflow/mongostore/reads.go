package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
)

// read gives a guarded document with the effects of every unit of work that was decided,
// within one unit of work as it was first read: CodeNotFound.
func read[T any, P interface {
	*T
	guarded
}](ctx context.Context, s *Store, at place) (P, error) {
	sc := s.scoped(ctx)
	if doc := recall[T](sc, at); doc != nil {
		return doc, nil
	}
	doc, err := readOnce[T, P](ctx, s, at)
	if err != nil {
		return nil, err
	}
	if lock := doc.top().Lock; lock != "" {
		if err := s.complete(ctx, lock); err != nil {
			return nil, err
		}
		if doc, err = readOnce[T, P](ctx, s, at); err != nil {
			return nil, err
		}
	}
	if doc.top().V == 0 {
		return nil, workflow.Refuse(workflow.CodeNotFound, at.Table)
	}
	if doc.top().Lock == "" {
		note(sc, at, (*T)(doc))
	}
	return doc, nil
}

func readOnce[T any, P interface {
	*T
	guarded
}](ctx context.Context, s *Store, at place) (P, error) {
	doc := P(new(T))
	return doc, s.table(at.Table).one(ctx, byID(at.ID), doc)
}

// list reads all guarded documents of a query, those that are only locks left out.
func list[T any, P interface {
	*T
	guarded
}](ctx context.Context, s *Store, table string, filter bson.D, opts *options.FindOptionsBuilder) ([]T, error) {
	docs, err := find[T](ctx, s.table(table), filter, opts)
	if err != nil {
		return nil, err
	}
	again := false
	for i := range docs {
		if lock := P(&docs[i]).top().Lock; lock != "" {
			if err := s.complete(ctx, lock); err != nil {
				return nil, err
			}
			again = true
		}
	}
	if again {
		if docs, err = find[T](ctx, s.table(table), filter, opts); err != nil {
			return nil, err
		}
	}
	whole := docs[:0]
	for i := range docs {
		if P(&docs[i]).top().V > 0 {
			whole = append(whole, docs[i])
		}
	}
	return whole, nil
}

// complete makes the changes of a unit of work if it was decided. One that is still being
// made has not happened yet, as far as readers are concerned.
func (s *Store) complete(ctx context.Context, unit string) error {
	rec, err := s.record(ctx, unit)
	switch {
	case missing(err):
		return nil
	case err != nil || !rec.Committed:
		return err
	}
	_, err = s.finish(ctx, rec)
	return err
}
