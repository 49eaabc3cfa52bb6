//go:build nomongo

package storage

import (
	"context"
	"time"

	"izinbot/workflow/filestore"
	"izinbot/workflow/store"
)

func databaseName(string) (string, error) { return "", ErrNoMongo }

func openMongo(context.Context, Config) (store.Store, error) { return nil, ErrNoMongo }

func onMongo(store.Store) bool { return false }

func openGrid(context.Context, store.Store, time.Time) (filestore.Backend, error) {
	return nil, ErrNoMongo
}

// Drop fails with [ErrNoMongo].
func Drop(context.Context, Config) error { return ErrNoMongo }
