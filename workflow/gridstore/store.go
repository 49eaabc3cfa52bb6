package gridstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow/filestore"
)

var _ filestore.Place = (*Store)(nil)

// chunkSize is what GridFS takes by default: a document well below the limits of
// every server.
const chunkSize = 255 << 10

// Store is a database as a place of contents. It is safe for concurrent use.
type Store struct {
	files, chunks, uploads, keys *mongo.Collection
}

// Open gives the place in a database, with its indexes, and removes what a crash has
// left behind a day or more before now. The connection stays the caller's.
func Open(ctx context.Context, db *mongo.Database, now time.Time) (*Store, error) {
	s := &Store{
		files: db.Collection("files.files"), chunks: db.Collection("files.chunks"),
		uploads: db.Collection("files.uploads"), keys: db.Collection("files.keys"),
	}
	if err := s.index(ctx); err != nil {
		return nil, translate("make indexes", err)
	}
	if err := s.clean(ctx, now); err != nil {
		return nil, translate("clean up", err)
	}
	return s, nil
}

func (s *Store) index(ctx context.Context) error {
	byName := mongo.IndexModel{Keys: bson.D{{Key: "filename", Value: 1}}, Options: options.Index().SetName("name").SetUnique(true)}
	inOrder := mongo.IndexModel{
		Keys:    bson.D{{Key: "files_id", Value: 1}, {Key: "n", Value: 1}},
		Options: options.Index().SetName("order").SetUnique(true),
	}
	if _, err := s.files.Indexes().CreateOne(ctx, byName); err != nil {
		return err
	}
	_, err := s.chunks.Indexes().CreateOne(ctx, inOrder)
	return err
}

// Has implements [filestore.Place].
func (s *Store) Has(ctx context.Context, name string) (bool, error) {
	_, err := s.find(ctx, name)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	return err == nil, translate("look for file", err)
}

// stored is a document of files.files, as GridFS has it.
type stored struct {
	ID     bson.ObjectID `bson:"_id"`
	Length int64         `bson:"length"`
	Chunk  int64         `bson:"chunkSize"`
	Date   time.Time     `bson:"uploadDate"`
	Name   string        `bson:"filename"`
}

func (s *Store) find(ctx context.Context, name string) (f stored, err error) {
	err = s.files.FindOne(ctx, bson.D{{Key: "filename", Value: name}}).Decode(&f)
	return f, err
}

// Names implements [filestore.Place].
func (s *Store) Names(ctx context.Context, after string, limit int) ([]string, error) {
	found, err := s.files.Find(ctx, bson.D{{Key: "filename", Value: bson.D{{Key: "$gt", Value: after}}}}, options.Find().
		SetSort(bson.D{{Key: "filename", Value: 1}}).SetLimit(int64(limit)))
	if err != nil {
		return nil, translate("list files", err)
	}
	var list []stored
	if err := found.All(ctx, &list); err != nil {
		return nil, translate("list files", err)
	}
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.Name
	}
	return names, nil
}

// checkID is the id of the one document of files.keys.
const checkID = "check"

type keyCheck struct {
	ID    string `bson:"_id"`
	Check []byte `bson:"check"`
}

// Check implements [filestore.Place].
func (s *Store) Check(ctx context.Context) ([]byte, error) {
	var c keyCheck
	err := s.keys.FindOne(ctx, bson.D{{Key: "_id", Value: checkID}}).Decode(&c)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, nil
	}
	return c.Check, translate("read key check", err)
}

// KeepCheck implements [filestore.Place]: of several nodes that start at once, one
// inserts its own.
func (s *Store) KeepCheck(ctx context.Context, check []byte) ([]byte, error) {
	_, err := s.keys.InsertOne(ctx, keyCheck{ID: checkID, Check: check})
	if err != nil && !mongo.IsDuplicateKeyError(err) {
		return nil, translate("write key check", err)
	}
	return s.Check(ctx)
}

// Close implements [filestore.Place]; the connection is closed by who opened it.
func (*Store) Close() error { return nil }

// abandoned is how long after its beginning an upload is taken for dead. Uploads
// end within uploadTime, so the difference is what clocks of nodes may differ by.
const (
	abandoned  = 24 * time.Hour
	uploadTime = time.Hour
)

// clean removes the parts of uploads that a crash has interrupted.
func (s *Store) clean(ctx context.Context, now time.Time) error {
	old := bson.NewObjectIDFromTimestamp(now.Add(-abandoned))
	found, err := s.uploads.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$lt", Value: old}}}})
	if err != nil {
		return err
	}
	var list []upload
	if err := found.All(ctx, &list); err != nil {
		return err
	}
	for _, u := range list {
		if err := s.cleanOne(ctx, u); err != nil {
			return fmt.Errorf("upload: %w", err)
		}
	}
	return nil
}

// cleanOne removes an upload's parts unless it had come to its end, and then its
// record.
func (s *Store) cleanOne(ctx context.Context, u upload) error {
	f, err := s.find(ctx, u.Name)
	if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
		return err
	}
	if f.ID != u.ID {
		if _, err := s.chunks.DeleteMany(ctx, bson.D{{Key: "files_id", Value: u.ID}}); err != nil {
			return err
		}
	}
	_, err = s.uploads.DeleteOne(ctx, bson.D{{Key: "_id", Value: u.ID}})
	return err
}
