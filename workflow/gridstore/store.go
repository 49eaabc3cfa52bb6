package gridstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow/filestore"
)

var _ filestore.Backend = (*Store)(nil)

// chunkSize is the default of GridFS: a document well below the limits of
// every server.
const chunkSize = 255 << 10

// Store is a database as a backend of contents. It is safe for concurrent use.
type Store struct {
	files, chunks, uploads, keys *mongo.Collection

	timeout time.Duration // of a call that stores a part

	mu    sync.Mutex
	first map[string]bson.ObjectID // contents that this process was the first to put
}

// Open gives the backend in a database, with its indexes, and removes what a crash has
// left behind a day or more before now. The connection stays the caller's.
func Open(ctx context.Context, db *mongo.Database, now time.Time) (*Store, error) {
	s := &Store{
		files: db.Collection("files.files"), chunks: db.Collection("files.chunks"),
		uploads: db.Collection("files.uploads"), keys: db.Collection("files.keys"),
		first: map[string]bson.ObjectID{}, timeout: callTime,
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

// Renew implements [filestore.Backend].
func (s *Store) Renew(ctx context.Context, name string, at time.Time) (bool, error) {
	r, err := s.files.UpdateOne(ctx, bson.D{{Key: "filename", Value: name}}, bson.D{
		{Key: "$set", Value: bson.D{{Key: "uploadDate", Value: at}}},
		{Key: "$inc", Value: bson.D{{Key: "again", Value: 1}}},
	})
	if err != nil {
		return false, translate("look for file", err)
	}
	return r.MatchedCount > 0, nil
}

// stored is a document of files.files, as GridFS has it. Besides, "again" counts how
// often the content was put again.
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

// List implements [filestore.Backend].
func (s *Store) List(ctx context.Context, after string, limit int) ([]filestore.Content, error) {
	found, err := s.files.Find(ctx, bson.D{{Key: "filename", Value: bson.D{{Key: "$gt", Value: after}}}}, options.Find().
		SetSort(bson.D{{Key: "filename", Value: 1}}).SetLimit(int64(limit)))
	if err != nil {
		return nil, translate("list files", err)
	}
	var list []stored
	if err := found.All(ctx, &list); err != nil {
		return nil, translate("list files", err)
	}
	contents := make([]filestore.Content, len(list))
	for i, f := range list {
		contents[i] = filestore.Content{Name: f.Name, Size: f.Length, Put: f.Date}
	}
	return contents, nil
}

// checkID is the id of the one document of files.keys.
const checkID = "check"

type keyCheck struct {
	ID    string `bson:"_id"`
	Check []byte `bson:"check"`
}

// Check implements [filestore.Backend].
func (s *Store) Check(ctx context.Context) ([]byte, error) {
	var c keyCheck
	err := s.keys.FindOne(ctx, bson.D{{Key: "_id", Value: checkID}}).Decode(&c)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, nil
	}
	return c.Check, translate("read key check", err)
}

// KeepCheck implements [filestore.Backend]: of several nodes that start at once, one
// inserts its own.
func (s *Store) KeepCheck(ctx context.Context, check []byte) ([]byte, error) {
	_, err := s.keys.InsertOne(ctx, keyCheck{ID: checkID, Check: check})
	if err != nil && !mongo.IsDuplicateKeyError(err) {
		return nil, translate("write key check", err)
	}
	return s.Check(ctx)
}

// Close implements [filestore.Backend]; the connection is closed by who opened it.
func (*Store) Close() error { return nil }

// abandoned is the time after its beginning when an upload is taken for dead. Uploads
// end within uploadTime, so the difference bounds how far clocks of nodes may be apart.
const (
	abandoned  = 24 * time.Hour
	uploadTime = time.Hour
	callTime   = 15 * time.Second // the same as of records
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
