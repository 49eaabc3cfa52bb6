package mongostore

import (
	"context"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// migration is one numbered step of the schema; a step that was released is never
// changed. It may be done twice: by two processes at once, or again after one that
// was interrupted.
type migration struct {
	name string
	do   func(s *Store, ctx context.Context) error
}

// steps are all migrations; the first has number 1.
func steps() []migration {
	return []migration{
		{"collections, indexes and validators", (*Store).begin},
		{"what is over stays in its chat for a while", (*Store).overInChats},
		{"calls are records of their own", (*Store).callsOutOfClaims},
		{"one lease for the whole office", (*Store).oneLease},
		{"what a crash has left behind is found", (*Store).indexLocks},
		{"a printed number exists once", (*Store).printNumbers},
	}
}

// migrationDoc says that a migration was begun, and whether it is done.
type migrationDoc struct {
	Number int64  `bson:"_id"`
	Name   string `bson:"name"`
	Done   bool   `bson:"done"`
}

// migrate brings the schema up to date. Of several processes that start at once one
// does a step, while the others wait for it; if it takes too long, they take the
// process for dead and do the step themselves.
func (s *Store) migrate(ctx context.Context, list []migration) error {
	opts := options.Find().SetSort(bson.D{{Key: "_id", Value: 1}})
	have, err := find[migrationDoc](ctx, s.table(migrations), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: 0}}}}, opts)
	if err != nil {
		return err
	}
	if len(have) > len(list) {
		return fmt.Errorf("%w: its schema is %d, this program knows %d", ErrNewer, len(have), len(list))
	}
	for i, m := range list {
		if i < len(have) && have[i].Done {
			continue
		}
		if err := s.step(ctx, int64(i+1), m); err != nil {
			return fmt.Errorf("migration %d, %s: %w", i+1, m.name, err)
		}
	}
	return nil
}

func (s *Store) step(ctx context.Context, number int64, m migration) error {
	first, err := s.table(migrations).insert(ctx, migrationDoc{Number: number, Name: m.name})
	if err != nil {
		return err
	}
	byNumber := bson.D{{Key: "_id", Value: number}}
	for try := 0; !first && try < 2*patience; try++ {
		var doc migrationDoc
		if err := s.table(migrations).one(ctx, byNumber, &doc); err != nil || doc.Done {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	if err := m.do(s, ctx); err != nil {
		return err
	}
	_, err = s.table(migrations).update(ctx, byNumber, set("done", true))
	return err
}

// begin makes the collections with their validators, where the server has such, and
// the indexes.
func (s *Store) begin(ctx context.Context) error {
	for _, name := range append(others(), tablesOf(indexes())...) {
		if err := s.create(ctx, name, s.validators[name]); err != nil {
			return err
		}
	}
	return s.createIndexes(ctx, indexes())
}

// indexLocks makes the indexes by which locks and units of work are found.
func (s *Store) indexLocks(ctx context.Context) error {
	return s.createIndexes(ctx, slices.DeleteFunc(indexes(), func(i index) bool { return i.table == numbers }))
}

// createIndexes makes those indexes that there are not.
func (s *Store) createIndexes(ctx context.Context, list []index) error {
	for _, i := range list {
		model := mongo.IndexModel{Keys: i.keys, Options: options.Index().SetName(i.name)}
		if i.unique {
			model.Options.SetUnique(true)
		}
		if err := s.createIndex(ctx, i.table, model); err != nil {
			return err
		}
	}
	return nil
}

// overInChats replaces the index by which settlements found their chats.
func (s *Store) overInChats(ctx context.Context) error {
	if err := s.createIndex(ctx, chats, mongo.IndexModel{Keys: keys("over"), Options: options.Index().SetName("over")}); err != nil {
		return err
	}
	return s.dropIndex(ctx, chats, "deliveries")
}

func (s *Store) dropIndex(ctx context.Context, table, name string) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	err := s.db.Collection(table).Indexes().DropOne(ctx, name)
	if hasCode(err, codeNoIndex) {
		return nil
	}
	return translate(table, err)
}

func tablesOf(list []index) []string {
	var names []string
	seen := map[string]bool{}
	for _, i := range list {
		if !seen[i.table] {
			seen[i.table] = true
			names = append(names, i.table)
		}
	}
	return names
}

// Numbers of errors that servers give.
const (
	codeNoIndex     = 27  // there is no such index
	codeExists      = 48  // there is such a collection
	codeUnknown     = 59  // no such command
	codeUnsupported = 115 // not in this kind of server
	codeMissing     = 238 // not implemented
	codeNotHere     = 303 // not in this compatible server
)

// create makes a collection, with a validator if the server has such.
func (s *Store) create(ctx context.Context, name string, rule bson.D) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	opts := options.CreateCollection()
	if rule != nil {
		opts.SetValidator(rule)
	}
	err := s.db.CreateCollection(ctx, name, opts)
	if rule != nil && hasCode(err, codeMissing, codeUnsupported, codeUnknown, codeNotHere) {
		err = s.db.CreateCollection(ctx, name)
	}
	if hasCode(err, codeExists) {
		return nil
	}
	return translate(name, err)
}

func (s *Store) createIndex(ctx context.Context, name string, model mongo.IndexModel) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	_, err := s.db.Collection(name).Indexes().CreateOne(ctx, model)
	return translate(name, err)
}

func hasCode(err error, codes ...int) bool {
	return slices.ContainsFunc(mongo.ErrorCodes(err), func(code int) bool { return slices.Contains(codes, code) })
}
