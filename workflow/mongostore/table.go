package mongostore

import (
	"bytes"
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
)

// table is a collection. Its methods are all that the store asks of a server, each
// about one document but for reads, insertions and Purge. Every call ends in time,
// whatever its context allows, and every error has a code.
type table struct {
	c     *mongo.Collection
	store *Store
}

// limit gives the context of a call: it ends in time, and is in the session of the unit of
// work.
func (t table) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, leave := t.store.scoped(ctx).join(ctx)
	ctx, cancel := context.WithTimeout(ctx, t.store.timeout)
	return ctx, func() { cancel(); leave() }
}

// one reads one document: CodeNotFound.
func (t table) one(ctx context.Context, filter bson.D, into any) error {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	return translate(t.c.Name(), t.c.FindOne(ctx, filter).Decode(into))
}

// find reads all documents of a query.
func find[T any](ctx context.Context, t table, filter bson.D, opts *options.FindOptionsBuilder) ([]T, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	cursor, err := t.c.Find(ctx, filter, opts)
	if err != nil {
		return nil, translate(t.c.Name(), err)
	}
	var list []T
	return list, translate(t.c.Name(), cursor.All(ctx, &list))
}

// insert stores a document, and tells whether there was none of its id.
func (t table) insert(ctx context.Context, doc any) (bool, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	_, err := t.c.InsertOne(ctx, doc)
	if mongo.IsDuplicateKeyError(err) {
		return false, nil
	}
	return err == nil, translate(t.c.Name(), err)
}

// ensure stores documents, some of which may be there already, byte for byte. If another
// document has the id of one, it fails with CodeDamaged.
func (t table) ensure(ctx context.Context, docs []bson.Raw) error {
	taken, err := t.insertMissing(ctx, docs)
	if err != nil {
		return err
	}
	for _, doc := range taken {
		var there bson.Raw
		if err := t.one(ctx, bson.D{{Key: "_id", Value: doc.Lookup("_id")}}, &there); err != nil && !missing(err) {
			return err
		}
		if !bytes.Equal(there, doc) {
			return workflow.Refuse(workflow.CodeDamaged, t.c.Name())
		}
	}
	return nil
}

// insertMissing stores those documents whose unique keys are not taken, and gives the
// others.
func (t table) insertMissing(ctx context.Context, docs []bson.Raw) (taken []bson.Raw, err error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	if len(docs) == 0 {
		return nil, nil
	}
	_, err = t.c.InsertMany(ctx, docs, options.InsertMany().SetOrdered(false))
	if err == nil {
		return nil, nil
	}
	all, ok := errors.AsType[mongo.BulkWriteException](err)
	if !ok || all.WriteConcernError != nil || len(all.WriteErrors) == 0 {
		return nil, translate(t.c.Name(), err)
	}
	for _, e := range all.WriteErrors {
		if !mongo.IsDuplicateKeyError(e) {
			return nil, translate(t.c.Name(), err)
		}
		taken = append(taken, docs[e.Index])
	}
	return taken, nil
}

// update changes the one document that the filter finds, and tells whether there was
// one.
func (t table) update(ctx context.Context, filter, change bson.D) (bool, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	result, err := t.c.UpdateOne(ctx, filter, change)
	if err != nil {
		return false, translate(t.c.Name(), err)
	}
	return result.MatchedCount > 0, nil
}

// replace puts a document in the place of the one that the filter finds, and tells
// whether there was one.
func (t table) replace(ctx context.Context, filter bson.D, doc any) (bool, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	result, err := t.c.ReplaceOne(ctx, filter, doc)
	if err != nil {
		return false, translate(t.c.Name(), err)
	}
	return result.MatchedCount > 0, nil
}

// remove takes away the one document that the filter finds, and tells whether there
// was one.
func (t table) remove(ctx context.Context, filter bson.D) (bool, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	result, err := t.c.DeleteOne(ctx, filter)
	if err != nil {
		return false, translate(t.c.Name(), err)
	}
	return result.DeletedCount > 0, nil
}

// add raises a counter by n and gives what it is then.
func (t table) add(ctx context.Context, id string, n int64) (int64, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	var doc struct {
		N int64 `bson:"n"`
	}
	raise := bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: n}}}}
	opts := options.FindOneAndUpdate().SetUpsert(true).SetReturnDocument(options.After)
	err := t.c.FindOneAndUpdate(ctx, byID(id), raise, opts).Decode(&doc)
	if mongo.IsDuplicateKeyError(err) { // somebody else made it meanwhile
		err = t.c.FindOneAndUpdate(ctx, byID(id), raise, opts).Decode(&doc)
	}
	return doc.N, translate(t.c.Name(), err)
}

// countBy counts the documents of a query by the value of a text field.
func (t table) countBy(ctx context.Context, field string, filter bson.D) (map[string]int, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	count := bson.D{{Key: "_id", Value: "$" + field}, {Key: "n", Value: bson.D{{Key: "$sum", Value: int64(1)}}}}
	cursor, err := t.c.Aggregate(ctx, bson.A{bson.D{{Key: "$match", Value: filter}}, bson.D{{Key: "$group", Value: count}}})
	if err != nil {
		return nil, translate(t.c.Name(), err)
	}
	var groups []struct {
		ID string `bson:"_id"`
		N  int    `bson:"n"`
	}
	if err := cursor.All(ctx, &groups); err != nil {
		return nil, translate(t.c.Name(), err)
	}
	counts := make(map[string]int, len(groups))
	for _, g := range groups {
		counts[g.ID] = g.N
	}
	return counts, nil
}

func byID(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }

// have tells which of the ids a table has. Most often it is asked for one.
func (t table) have(ctx context.Context, ids []string) (map[string]bool, error) {
	found := map[string]bool{}
	if len(ids) == 1 {
		var doc struct{}
		err := t.one(ctx, byID(ids[0]), &doc)
		if missing(err) {
			return found, nil
		}
		found[ids[0]] = err == nil
		return found, err
	}
	if len(ids) == 0 {
		return found, nil
	}
	filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}}
	docs, err := find[idDoc](ctx, t, filter, options.Find().SetProjection(bson.D{{Key: "_id", Value: 1}}))
	for _, d := range docs {
		found[d.ID] = true
	}
	return found, err
}

// idDoc is a document of which only the id counts.
type idDoc struct {
	ID string `bson:"_id"`
}

// removeAll takes away the documents of these ids, and tells how many there were.
func (t table) removeAll(ctx context.Context, ids []string) (int, error) {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	result, err := t.c.DeleteMany(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}})
	if err != nil {
		return 0, translate(t.c.Name(), err)
	}
	return int(result.DeletedCount), nil
}
