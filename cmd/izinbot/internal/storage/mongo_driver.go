//go:build !nomongo

package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"izinbot/workflow/filestore"
	"izinbot/workflow/gridstore"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/store"
)

// databaseName gives the name of the database in a connection string.
func databaseName(uri string) (string, error) { return mongostore.DatabaseName(uri) }

func openMongo(ctx context.Context, cfg Config) (store.Store, error) {
	s, err := mongostore.Open(ctx, cfg.MongoURI, mongostore.Options{Log: cfg.Log, Supervise: cfg.Supervise})
	if errors.Is(err, mongostore.ErrOldNodes) {
		return nil, fmt.Errorf("%w: %w", ErrOldNodes, err)
	}
	if err != nil {
		return nil, err // as it is: an interface around a nil store is not nil
	}
	return s, nil
}

// onMongo tells whether records are in a MongoDB.
func onMongo(s store.Store) bool {
	_, ok := s.(*mongostore.Store)
	return ok
}

// openGrid opens the files in the database of records that are in a MongoDB.
func openGrid(ctx context.Context, records store.Store, now time.Time) (filestore.Backend, error) {
	m, ok := records.(*mongostore.Store)
	if !ok {
		return nil, errors.New("the records are in no MongoDB")
	}
	return gridstore.Open(ctx, m.Database(), now)
}

// Drop removes the whole database of a data store.
func Drop(ctx context.Context, cfg Config) error {
	s, err := mongostore.Open(ctx, cfg.MongoURI, mongostore.Options{})
	if err != nil {
		return err
	}
	defer s.Close() //nolint:contextcheck // it has a time of its own, and has nothing to say after a drop
	if err := s.Database().Drop(ctx); err != nil {
		return fmt.Errorf("drop the database: %w", err)
	}
	return nil
}
