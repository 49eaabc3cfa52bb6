package backup

import (
	"errors"
	"fmt"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/store"
)

// takeMongo saves an office whose records and files are in a MongoDB, and nobody works
// with: they are copied to a database and files as a data directory has them, which are
// saved then. So the backup is verified and restored as any other.
func (t *taking) takeMongo(o Options) (taken Taken, err error) {
	s, err := newScratch(filepath.Dir(filepath.Clean(t.to)), ".izinbot-salin-")
	if err != nil {
		return taken, err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	t.records = filepath.Join(s.dir, "data")
	if err := t.copyMongo(o); err != nil {
		return taken, fmt.Errorf("copy from MongoDB: %w", err)
	}
	return t.take(o)
}

func (t *taking) copyMongo(o Options) error {
	name, err := o.From.Name()
	if err != nil {
		return err
	}
	from, err := storage.Open(t.ctx, o.From)
	if err != nil {
		return err
	}
	to, err := storage.OpenHalf(t.ctx, storage.Config{Dir: t.records, KeyFile: o.From.Keys()})
	if err != nil {
		return errors.Join(err, from.Close())
	}
	said := o.Said.of("menyalin dari MongoDB")
	err = storage.Save(t.ctx, from, to, name, func(_ store.Kind, n int) { said(n, n) })
	return errors.Join(err, to.Close(), from.Close())
}
