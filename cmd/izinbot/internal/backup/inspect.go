package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
)

// inspect reads what was saved: every record, and every file. The database is read in a
// copy, since whoever opens one writes to it.
func (t *taking) inspect(o Options) (r audit.Report, err error) {
	s, err := newScratch(t.to, ".izinbot-periksa-") // the place around the backup need not be writable
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	r, wanted, err := t.audited(filepath.Join(t.to, storage.DatabaseFile), filepath.Join(s.dir, "a.db"))
	if err != nil {
		return r, fmt.Errorf("read the records: %w", err)
	}
	files, err := filestore.OpenToRead(t.ctx, filepath.Join(t.to, storage.FilesDir), o.From.Keys())
	if err != nil {
		return r, err
	}
	defer files.Close()
	if t.m.Dropped, err = t.dropped(wanted, s); err != nil {
		return r, err
	}
	return r, r.Read(t.ctx, files, wanted, t.m.Dropped, o.Said.of("memeriksa berkas"))
}

// Doubles reads a data directory for numbers that more than one letter bears. It reads a copy,
// whether the office runs or not, so that nothing of it changes.
func Doubles(ctx context.Context, dir string) (list []audit.Double, err error) {
	err = Read(ctx, dir, func(s *sqlitestore.Store) (err error) {
		list, err = audit.Doubles(ctx, s)
		return err
	})
	return list, err
}

// Read has do read the records of the data directory of an office that runs, as they were at one
// instant: in a copy beside them, which is removed in the end.
func Read(ctx context.Context, dir string, do func(*sqlitestore.Store) error) error {
	return inScratch(dir, ".izinbot-periksa-", func(path string) error {
		if err := sqlitestore.Snapshot(ctx, filepath.Join(dir, storage.DatabaseFile), path); err != nil {
			return err
		}
		return opened(ctx, path, do)
	})
}

// Saved has do read the records of a backup in a copy at the system's place for temporary
// files, and tells it of the files that the backup may lack.
func Saved(ctx context.Context, dir string, do func(s *sqlitestore.Store, spare []string) error) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	return inScratch(os.TempDir(), "izinbot-verify-", func(path string) error {
		if _, err := copyFile(ctx, filepath.Join(dir, storage.DatabaseFile), path); err != nil {
			return err
		}
		return opened(ctx, path, func(s *sqlitestore.Store) error { return do(s, m.Dropped) })
	})
}

func opened(ctx context.Context, path string, do func(*sqlitestore.Store) error) error {
	s, err := sqlitestore.Open(ctx, path, sqlitestore.Options{})
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

// inScratch has do use the path of a database in a directory that is removed in the end.
func inScratch(parent, prefix string, do func(path string) error) (err error) {
	s, err := newScratch(parent, prefix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	return do(filepath.Join(s.dir, storage.DatabaseFile))
}

// audited audits a copy of a database.
func (t *taking) audited(path, in string) (audit.Report, audit.Wanted, error) {
	if _, err := copyFile(t.ctx, path, in); err != nil {
		return audit.Report{}, nil, err
	}
	return auditRecords(t.ctx, in)
}

// dropped lists the files that the saved records name, that were gone when they were to
// be saved, and that the office does not name any more.
func (t *taking) dropped(wanted audit.Wanted, s *scratch) ([]string, error) {
	var gone []string
	for key := range wanted {
		if _, err := os.Lstat(filepath.Join(t.to, storage.FilesDir, key[:2], key[2:])); errors.Is(err, os.ErrNotExist) {
			gone = append(gone, key)
		}
	}
	if len(gone) == 0 {
		return nil, nil
	}
	again := filepath.Join(s.dir, "b.db")
	if err := sqlitestore.Snapshot(t.ctx, filepath.Join(t.records, storage.DatabaseFile), again); err != nil {
		return nil, err
	}
	_, now, err := auditRecords(t.ctx, again)
	gone = slices.DeleteFunc(gone, func(key string) bool { return len(now[key]) > 0 })
	slices.Sort(gone)
	return gone, err
}
