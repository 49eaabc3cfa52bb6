// Package storage opens what an office keeps: its records and the contents of its
// files, wherever the settings say that they are.
//
// It copies, compares, exports and sweeps what is stored there, by the contracts that all
// databases keep. How a database does so belongs in its own package, what a record means in
// audit.
package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"izinbot/bot"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/translog"
)

// What is in a data directory.
const (
	DatabaseFile = "izinbot.db"
	FilesDir     = "files"
)

// Config says where an office's data are.
type Config struct {
	// Dir is the data directory, readable by its owner only.
	Dir string
	// MongoURI is the connection string of the database that holds records and files;
	// empty: they are in Dir.
	MongoURI string
	// KeyFile is the path of the keys of files and secrets; empty: with the files in
	// Dir.
	KeyFile string
	// Now is by what a MongoDB is cleaned of what crashes have left behind.
	Now time.Time
	// Clock is by what contents of files are put; nil: the machine's.
	Clock func() time.Time
	// Supervise keeps what works in the background running; nil: nobody does.
	Supervise bot.Supervise
	// Log is told what the database lacks; nil: nobody is.
	Log *slog.Logger
}

// Files keep contents and seal small secrets with keys of the same file.
type Files interface {
	bot.Files
	// Names lists the keys of the contents after one, in order.
	Names(ctx context.Context, after string, limit int) ([]string, error)
	// List lists the contents after a key, in order of their keys.
	List(ctx context.Context, after string, limit int) ([]filestore.Content, error)
	// Remove removes a content unless it was put at an instant or later.
	Remove(ctx context.Context, key string, before time.Time) (bool, error)
	// Retract takes back a content that only the caller has put.
	Retract(ctx context.Context, key string) error
	// Seal encrypts a secret that belongs to a context, such as an officer's id.
	Seal(plain, context []byte) ([]byte, error)
	// Unseal is the inverse of Seal; it fails for another context or key.
	Unseal(sealed, context []byte) ([]byte, error)
	Close() error
}

// Data holds the opened records and files of an office.
type Data struct {
	Store store.Store
	Files Files
}

// Open opens records and files, and makes them where there are none. The error
// matches [InUse] while another process has them, and [ErrHalf] if they are half a
// copy.
func Open(ctx context.Context, cfg Config) (*Data, error) {
	records, err := OpenRecords(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return withFiles(ctx, cfg, records)
}

// OpenHalf opens a data store that may be half a copy, for the copy alone.
func OpenHalf(ctx context.Context, cfg Config) (*Data, error) {
	records, err := openRecords(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return withFiles(ctx, cfg, records)
}

func withFiles(ctx context.Context, cfg Config, records store.Store) (*Data, error) {
	files, err := openFiles(ctx, cfg, records)
	if err != nil {
		return nil, errors.Join(err, records.Close())
	}
	return &Data{Store: records, Files: files}, nil
}

// Close lets waiting writes finish and releases everything.
func (d *Data) Close() error { return errors.Join(d.Store.Close(), d.Files.Close()) }

// OpenRecords opens the records alone, for those who need no files.
func OpenRecords(ctx context.Context, cfg Config) (store.Store, error) {
	s, err := openRecords(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := refuseHalf(ctx, s); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func refuseHalf(ctx context.Context, s store.Store) error {
	p, ok := s.(store.Portable)
	if !ok {
		return nil
	}
	half, err := p.Mark(ctx)
	if err == nil && half != "" {
		err = ErrHalf
	}
	return err
}

func openRecords(ctx context.Context, cfg Config) (store.Store, error) {
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	if cfg.MongoURI != "" {
		return openMongo(ctx, cfg)
	}
	s, err := sqlitestore.Open(ctx, cfg.database(), sqlitestore.Options{})
	if err != nil {
		return nil, err // as it is: an interface around a nil store is not nil
	}
	return s, nil
}

// Exists tells whether an office has data there. Of a MongoDB that is not asked: an
// office begins with an empty one.
func (c Config) Exists() bool {
	if c.MongoURI != "" {
		return true
	}
	_, err := os.Stat(c.database())
	return !errors.Is(err, os.ErrNotExist)
}

// Same tells whether two places are one.
func (c Config) Same(other Config) bool {
	return c.Dir == other.Dir && c.MongoURI == other.MongoURI && c.KeyFile == other.KeyFile
}

func (c Config) database() string { return filepath.Join(c.Dir, DatabaseFile) }
func (c Config) files() string    { return filepath.Join(c.Dir, FilesDir) }

// Keys returns the path of the key file.
func (c Config) Keys() string {
	if c.KeyFile != "" {
		return c.KeyFile
	}
	return filepath.Join(c.files(), filestore.KeyFile)
}

// LogKey gives the key that signs checkpoints of the office's log. It is made of the key file, so
// that nodes with the same key file sign alike, and there is no further secret to keep.
func (c Config) LogKey() (translog.Key, error) {
	seed, err := filestore.DeriveKey(c.Keys(), "log checkpoint")
	if err != nil {
		return translog.Key{}, err
	}
	return translog.NewKey(seed)
}

// InUse tells whether a data store could not be opened because another process has it.
func InUse(err error) bool { return errors.Is(err, sqlitestore.ErrInUse) }
