package mongostore

import (
	"context"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// document reads one JSON document.
func document[T any](ctx context.Context, s *Store, table, id string) (T, error) {
	var v T
	row, err := read[docDoc](ctx, s, place{table, id})
	if err != nil {
		return v, err
	}
	return v, kept.Decode(table, row.Doc, &v)
}

// documents reads all JSON documents of a query.
func documents[T any](ctx context.Context, s *Store, table string, filter bson.D, opts *options.FindOptionsBuilder) ([]T, error) {
	rows, err := list[docDoc](ctx, s, table, filter, opts)
	if err != nil {
		return nil, err
	}
	docs := make([]T, len(rows))
	for i, r := range rows {
		if err := kept.Decode(table, r.Doc, &docs[i]); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

// Person implements [store.People].
func (s *Store) Person(ctx context.Context, id workflow.PersonID) (store.Person, error) {
	return document[store.Person](ctx, s, persons, string(id))
}

// PersonAt implements [store.People].
func (s *Store) PersonAt(ctx context.Context, address bot.Address) (store.Person, error) {
	at, err := read[addressDoc](ctx, s, place{addresses, string(address)})
	if err == nil && at.Person == "" {
		err = workflow.Refuse(workflow.CodeNotFound, persons)
	}
	if err != nil {
		return store.Person{}, err
	}
	return s.Person(ctx, workflow.PersonID(at.Person))
}

// Officer implements [store.People].
func (s *Store) Officer(ctx context.Context, id workflow.OfficerID) (workflow.Officer, error) {
	return document[workflow.Officer](ctx, s, officers, string(id))
}

// OfficerOf implements [store.People]. It is the latest, should a person have been
// made an officer anew.
func (s *Store) OfficerOf(ctx context.Context, p workflow.PersonID) (workflow.Officer, error) {
	if p == "" {
		return workflow.Officer{}, workflow.Refuse(workflow.CodeNotFound, officers)
	}
	opts := options.Find().SetSort(bson.D{{Key: "n", Value: -1}}).SetLimit(1)
	found, err := documents[workflow.Officer](ctx, s, officers, bson.D{{Key: "person", Value: string(p)}}, opts)
	if err == nil && len(found) == 0 {
		err = workflow.Refuse(workflow.CodeNotFound, officers)
	}
	if err != nil {
		return workflow.Officer{}, err
	}
	return found[0], nil
}

// Officers implements [store.People].
func (s *Store) Officers(ctx context.Context) ([]workflow.Officer, error) {
	return documents[workflow.Officer](ctx, s, officers, prefixed(""), options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
}

// Invitation implements [store.People].
func (s *Store) Invitation(ctx context.Context, hash string) (workflow.Invitation, error) {
	return document[workflow.Invitation](ctx, s, invitations, hash)
}

// Delegations implements [store.People].
func (s *Store) Delegations(ctx context.Context, now time.Time) ([]workflow.Delegation, error) {
	at := place{delegations, now.String()}
	sc := s.scoped(ctx)
	if list := recall[[]workflow.Delegation](sc, at); list != nil {
		return slices.Clone(*list), nil
	}
	filter := bson.D{{Key: "ends", Value: bson.D{{Key: "$gt", Value: kept.Nanos(now)}}}}
	order := options.Find().SetSort(bson.D{{Key: "ends", Value: 1}, {Key: "_id", Value: 1}})
	list, err := documents[workflow.Delegation](ctx, s, delegations, filter, order)
	if err == nil {
		note(sc, at, &list)
	}
	return slices.Clone(list), err
}
