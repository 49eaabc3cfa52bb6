package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

// Case implements [store.Cases].
func (s *Store) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	var c workflow.Case
	row, err := read[caseDoc](ctx, s, place{cases, string(id)})
	if err != nil {
		return c, err
	}
	doc, err := kept.Unpack(row.Doc)
	if err != nil {
		return c, err
	}
	return c, kept.Decode("case", doc, &c)
}

// History implements [store.Cases].
func (s *Store) History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error) {
	c, err := read[freshDoc](ctx, s, place{cases, string(id)})
	if missing(err) { // in a copy that is not complete
		c, err = &freshDoc{}, nil
	}
	if err != nil {
		return nil, err
	}
	filter := bson.D{{Key: "case", Value: string(id)}}
	docs, err := find[entryDoc](ctx, s.table(history), filter, options.Find().SetSort(bson.D{{Key: "seq", Value: 1}}))
	if err != nil {
		return nil, err
	}
	docs = historyInOrder(docs, c.Fresh) // what went to the history after the case was read is in both
	list := make([]workflow.Entry, len(docs))
	for i, d := range docs {
		list[i] = workflow.ReadEntry(d.Entry, d.Hash)
	}
	return list, nil
}

// freshDoc is a case as far as its entries are read. The rest of it may be damaged.
type freshDoc struct {
	Head    `bson:",inline"`
	Version int64      `bson:"version"`
	Fresh   []entryDoc `bson:"fresh"`
	Keys    []byte     `bson:"keys"`
}

// EntryByKey implements [store.Cases].
func (s *Store) EntryByKey(ctx context.Context, id workflow.CaseID, key string) (workflow.Entry, error) {
	c := recall[caseDoc](s.scoped(ctx), place{cases, string(id)})
	if c == nil {
		part, err := read[freshDoc](ctx, s, place{cases, string(id)})
		if err != nil {
			return workflow.Entry{}, err
		}
		c = &caseDoc{Head: part.Head, Version: part.Version, Fresh: part.Fresh, Keys: part.Keys}
	}
	doc, err := s.entryByKey(ctx, c, key)
	if err != nil {
		return workflow.Entry{}, err
	}
	return workflow.ReadEntry(doc.Entry, doc.Hash), nil
}

// entryByKey looks for an entry in its case, and in the history if it may be there.
func (s *Store) entryByKey(ctx context.Context, c *caseDoc, key string) (doc entryDoc, err error) {
	for _, e := range c.Fresh {
		if e.Key == key {
			return e, nil
		}
	}
	if c.hasAllKeys() && !hasHash(c.Keys, key) {
		return doc, workflow.Refuse(workflow.CodeNotFound, history)
	}
	return doc, s.table(history).one(ctx, bson.D{{Key: "case", Value: c.ID}, {Key: "key", Value: key}}, &doc)
}

// CaseIDs implements [store.Cases].
func (s *Store) CaseIDs(ctx context.Context, after workflow.CaseID, limit int) ([]workflow.CaseID, error) {
	filter := bson.D{
		{Key: "_id", Value: bson.D{{Key: "$gt", Value: string(after)}}},
		{Key: "version", Value: bson.D{{Key: "$gt", Value: 0}}},
	}
	opts := options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(int64(limit)).SetProjection(bson.D{{Key: "_id", Value: 1}})
	docs, err := find[idDoc](ctx, s.table(cases), filter, opts)
	return caseIDs(docs), err
}

func caseIDs(docs []idDoc) []workflow.CaseID {
	list := make([]workflow.CaseID, len(docs))
	for i, d := range docs {
		list[i] = workflow.CaseID(d.ID)
	}
	return list
}
