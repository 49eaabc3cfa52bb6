// Package storage opens what an office keeps: its records and the contents of its
// files, wherever the settings say that they are.
package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"izinbot/bot"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// Place says where an office's data are.
type Place struct {
	// Dir is the data directory, readable by its owner only.
	Dir string
}

// Files keep contents and seal small secrets with keys of the same file.
type Files interface {
	bot.Files
	// Seal encrypts a secret that belongs to a context, such as an officer's id.
	Seal(plain, context []byte) ([]byte, error)
	// Unseal is the inverse of Seal; it fails for another context or key.
	Unseal(sealed, context []byte) ([]byte, error)
	Close() error
}

// Data is what is open.
type Data struct {
	Store store.Store
	Files Files
}

// Open opens records and files, and makes them where there are none. The error
// matches [InUse] while another process has them.
func Open(ctx context.Context, place Place) (*Data, error) {
	records, err := OpenRecords(ctx, place)
	if err != nil {
		return nil, err
	}
	files, err := filestore.Open(filepath.Join(place.Dir, "files"))
	if err != nil {
		return nil, errors.Join(err, records.Close())
	}
	return &Data{Store: records, Files: files}, nil
}

// Close lets waiting writes finish and releases everything.
func (d *Data) Close() error { return errors.Join(d.Store.Close(), d.Files.Close()) }

// OpenRecords opens the records alone, for those who need no files.
func OpenRecords(ctx context.Context, place Place) (store.Store, error) {
	if err := os.MkdirAll(place.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	s, err := sqlitestore.Open(ctx, place.database(), sqlitestore.Options{})
	if err != nil {
		return nil, err // as it is: an interface around a nil store is not nil
	}
	return s, nil
}

// Exists tells whether an office has data there.
func (p Place) Exists() bool {
	_, err := os.Stat(p.database())
	return !errors.Is(err, os.ErrNotExist)
}

func (p Place) database() string { return filepath.Join(p.Dir, "izinbot.db") }

// InUse tells whether a place could not be opened because another process has it.
func InUse(err error) bool { return errors.Is(err, sqlitestore.ErrInUse) }
