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
	if err := s.completeCase(ctx, id); err != nil {
		return nil, err
	}
	filter := bson.D{{Key: "case", Value: string(id)}}
	docs, err := find[entryDoc](ctx, s.table(history), filter, options.Find().SetSort(bson.D{{Key: "seq", Value: 1}}))
	if err != nil {
		return nil, err
	}
	list := make([]workflow.Entry, len(docs))
	for i, d := range docs {
		list[i] = workflow.ReadEntry(d.Entry, d.Hash)
	}
	return list, nil
}

// EntryByKey implements [store.Cases].
func (s *Store) EntryByKey(ctx context.Context, id workflow.CaseID, key string) (workflow.Entry, error) {
	if err := s.completeCase(ctx, id); err != nil {
		return workflow.Entry{}, err
	}
	var doc entryDoc
	err := s.table(history).one(ctx, bson.D{{Key: "case", Value: string(id)}, {Key: "key", Value: key}}, &doc)
	if err != nil {
		return workflow.Entry{}, err
	}
	return workflow.ReadEntry(doc.Entry, doc.Hash), nil
}

// completeCase completes a decided turn that has the case locked.
func (s *Store) completeCase(ctx context.Context, id workflow.CaseID) error {
	var h Head
	err := s.table(cases).one(ctx, byID(string(id)), &h)
	if missing(err) {
		return nil
	}
	if err != nil || h.Lock == "" {
		return err
	}
	return s.complete(ctx, h.Lock)
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
