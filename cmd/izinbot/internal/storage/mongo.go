package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow/filestore"
	"izinbot/workflow/store"
)

// ErrNoMongo says that this program was built without MongoDB, with the tag nomongo.
var ErrNoMongo = errors.New("built without MongoDB (tag nomongo)")

// CheckURI tells what is wrong with a connection string, without quoting it.
func CheckURI(uri string) error {
	_, err := databaseName(uri)
	return err
}

// openFiles opens the files that belong to records: in the same database, or in the
// data directory.
func openFiles(ctx context.Context, cfg Config, records store.Store) (Files, error) {
	if !onMongo(records) {
		return orNil(filestore.OpenWith(ctx, cfg.files(), filestore.Config{KeyFile: cfg.Keys(), Now: cfg.Clock}))
	}
	grid, err := openGrid(ctx, records, cfg.Now)
	if err != nil {
		return nil, err
	}
	return orNil(filestore.New(ctx, grid, filestore.Config{
		KeyFile: cfg.Keys(), Spool: filepath.Join(cfg.Dir, "spool"), Now: cfg.Clock,
	}))
}

// orNil gives no files at all instead of an interface around none.
func orNil(s *filestore.Store, err error) (Files, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Name tells a data store from others, without a password. Two ways to write down the same
// servers are two names.
func (c Config) Name() (string, error) {
	if c.MongoURI == "" {
		return filepath.Abs(c.Dir)
	}
	name, err := databaseName(c.MongoURI)
	if err != nil {
		return "", err
	}
	_, rest, _ := strings.Cut(c.MongoURI, "://")
	host, _, _ := strings.Cut(rest, "/")
	return "mongodb " + host[strings.LastIndex(host, "@")+1:] + "/" + name, nil
}

// ErrOldNodes is the reason why a database is not opened on which nodes of a version run
// that does not know the lease of the active node.
var ErrOldNodes = errors.New("nodes of an older version run")

// beats is the time that the lease of a data store is watched: twice what a node takes from
// one beat to the next.
const beats = 6 * time.Second

// Idle fails if a node is running on one of two places: its lease is renewed while
// it is watched. A SQLite that is open is nobody else's.
func Idle(ctx context.Context, places ...*Data) error {
	for _, d := range places {
		if !onMongo(d.Store) {
			continue
		}
		if err := idle(ctx, d.Store); err != nil {
			return err
		}
	}
	return nil
}

func idle(ctx context.Context, s store.Leases) error {
	before, err := s.Lease(ctx)
	if err != nil || before.Holder == "" {
		return err
	}
	if !bot.Pause(ctx, beats) {
		return ctx.Err()
	}
	after, err := s.Lease(ctx)
	if err == nil && after != before {
		err = ErrBusy
	}
	return err
}

// Apart gives the data store with another database on the same server, whose name ends in
// a suffix: what is tried must never stand among an office's own data.
func (c Config) Apart(suffix string) (Config, error) {
	name, err := databaseName(c.MongoURI)
	if err != nil {
		return c, err
	}
	scheme, rest, _ := strings.Cut(c.MongoURI, "://")
	host, rest, _ := strings.Cut(rest, "/")
	_, query, _ := strings.Cut(rest, "?")
	if strings.Contains(host, "@") && !strings.Contains(strings.ToLower(query), "authsource=") {
		// Who signs in is by default known to the database that the string names.
		query = strings.TrimPrefix(query+"&authSource="+name, "&")
	}
	c.MongoURI = strings.TrimSuffix(fmt.Sprintf("%s://%s/%s%s?%s", scheme, host, name, suffix, query), "?")
	return c, nil
}

// Fresh gives the data store with a database that nobody has used yet, to be dropped.
func (c Config) Fresh() (Config, error) {
	return c.Apart("_demo_" + strings.ToLower(rand.Text()[:8]))
}
