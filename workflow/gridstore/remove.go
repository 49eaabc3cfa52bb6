package gridstore

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// Remove implements [filestore.Backend]. The date is compared by the server, in the same
// step in which the content ceases to exist.
func (s *Store) Remove(ctx context.Context, name string, before time.Time) (bool, error) {
	f, err := s.find(ctx, name)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	if err != nil {
		return false, translate("look for file", err)
	}
	if !f.Date.Before(before) {
		return false, nil
	}
	return s.remove(ctx, upload{ID: f.ID, Name: name}, bson.E{Key: "uploadDate", Value: bson.D{{Key: "$lt", Value: before}}})
}

// Retract implements [filestore.Backend]. Other processes have noted in the document
// that they put the same.
func (s *Store) Retract(ctx context.Context, name string) error {
	id, known := s.forget(name)
	if !known {
		return nil
	}
	_, err := s.remove(ctx, upload{ID: id, Name: name}, bson.E{Key: "again", Value: bson.D{{Key: "$exists", Value: false}}})
	return err
}

// remove removes a content if a condition holds. It is written down as an upload before,
// so that its parts are found if a crash comes between.
func (s *Store) remove(ctx context.Context, u upload, condition bson.E) (bool, error) {
	if _, err := s.uploads.InsertOne(ctx, u); err != nil && !mongo.IsDuplicateKeyError(err) {
		return false, translate("remove file", err)
	}
	r, err := s.files.DeleteOne(ctx, bson.D{{Key: "_id", Value: u.ID}, condition})
	if err != nil {
		return false, translate("remove file", err)
	}
	if err := s.cleanOne(ctx, u); err != nil {
		return false, translate("remove file", err)
	}
	return r.DeletedCount > 0, nil
}

// mostFirst bounds how many contents are remembered for Retract. All are forgotten
// together: what was accepted is never asked for.
const mostFirst = 10_000

func (s *Store) remember(name string, id bson.ObjectID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.first) >= mostFirst {
		clear(s.first)
	}
	s.first[name] = id
}

func (s *Store) forget(name string) (id bson.ObjectID, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, known = s.first[name]
	delete(s.first, name)
	return id, known
}
