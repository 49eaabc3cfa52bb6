package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
)

// Restoring says what to put back and where to.
type Restoring struct {
	From string
	// To is a place that has no data.
	To storage.Config
	// KeyFile is the key file, if the backup does not hold it; it must be the one that
	// belongs to the files.
	KeyFile string
	// Unsealed takes a manifest without a seal, as older versions made them.
	Unsealed bool
	Said     Said // nil: nobody is told
}

// Restore puts a backup into a place that has no data. Everything is checked before
// anything is written, and the data directory appears as a whole or not at all: one that
// is refused, fails or is interrupted leaves nothing behind. [ErrUnsealed], [ErrSeal].
func Restore(ctx context.Context, r Restoring) (Manifest, error) {
	m, err := readManifest(r.From)
	if err != nil {
		return m, err
	}
	if err := refuseData(r.To.Dir); err != nil {
		return m, err
	}
	key, err := r.key(m)
	if err != nil {
		return m, err
	}
	if err := m.checkSeal(key); err != nil && (!r.Unsealed || !errors.Is(err, ErrUnsealed)) {
		return m, fmt.Errorf("nothing was restored: %w", err)
	}
	faults, err := m.check(r.From, r.Said.of("membandingkan"))
	if err := errors.Join(joined(faults), err); err != nil {
		return m, fmt.Errorf("the backup is not what was saved, nothing was restored:\n%w", err)
	}
	return m, r.restore(ctx, m, key)
}

// key gives the key file of a backup, which belongs to its files.
func (r Restoring) key(m Manifest) (string, error) {
	key := r.KeyFile
	if key == "" && m.Key {
		key = filepath.Join(r.From, storage.FilesDir, filestore.KeyFile)
	}
	if key == "" {
		return "", ErrNoKey
	}
	return key, fits(key, filepath.Join(r.From, storage.FilesDir, filestore.CheckFile))
}

// ErrNoKey is the reason why files cannot be read: the backup does not hold the key file, and nobody named one.
var ErrNoKey = errors.New("berkas kunci tidak ada di cadangan: sebutkan dengan --key; tanpa itu berkas tidak dapat dibaca")

// refuseData refuses a directory that holds anything. It makes none.
func refuseData(dir string) error {
	have, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && len(have) > 0 {
		err = fmt.Errorf("%s tidak kosong; sebutkan direktori baru", dir)
	}
	return err
}

// fits sees to it that a key file belongs to the files of a backup.
func fits(key, checkFile string) error {
	check, err := os.ReadFile(checkFile) //nolint:gosec // within a directory that the operator names
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return filestore.CheckKeys(key, check)
}

// restore writes beside the data directory first.
func (r Restoring) restore(ctx context.Context, m Manifest, key string) (err error) {
	parent := filepath.Dir(filepath.Clean(r.To.Dir))
	undo, err := parents(parent)
	if err != nil {
		return err
	}
	s, err := newScratch(parent, ".izinbot-pulih-")
	if err != nil {
		return errors.Join(err, undo())
	}
	defer func() {
		err = errors.Join(err, s.remove())
		if err != nil {
			err = errors.Join(fmt.Errorf("restore: %w", err), undo())
		}
	}()
	half := filepath.Join(s.dir, "data")
	if err := m.fill(ctx, r.From, half, r.Said.of("memulihkan")); err != nil {
		return err
	}
	dropKeys, err := r.keys(key, half)
	if err != nil {
		return err
	}
	if err := r.appear(ctx, half); err != nil {
		return errors.Join(err, dropKeys())
	}
	return syncFile(parent)
}

// keys puts the key file where it belongs. undo takes it away again if it is outside of
// the data directory and was not there before.
func (r Restoring) keys(key, half string) (undo func() error, err error) {
	keys, undo := r.To.Keys(), func() error { return nil }
	if inside, err := filepath.Rel(r.To.Dir, keys); err == nil && filepath.IsLocal(inside) {
		keys = filepath.Join(half, inside)
	} else if _, err := os.Lstat(keys); errors.Is(err, fs.ErrNotExist) {
		undo = func() error { return os.Remove(keys) }
	}
	if err := filestore.CopyKeys(key, keys); err != nil {
		return nil, err
	}
	// Outside of the data directory there may have been others.
	if err := fits(keys, filepath.Join(half, storage.FilesDir, filestore.CheckFile)); err != nil {
		return nil, errors.Join(err, undo())
	}
	return undo, nil
}

// appear renames the restored directory to the data directory, in one step. An
// empty directory of that name goes; one that has been filled meanwhile is left alone.
func (r Restoring) appear(ctx context.Context, half string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Remove(r.To.Dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(half, r.To.Dir)
}

// parents makes a directory with those above it. undo removes those that were made and
// are empty.
func parents(dir string) (undo func() error, err error) {
	var made []string
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Stat(up); err == nil || filepath.Dir(up) == up {
			break
		}
		made = append(made, up)
	}
	return func() error {
		var errs []error
		for _, d := range made {
			errs = append(errs, os.Remove(d))
		}
		return errors.Join(errs...)
	}, os.MkdirAll(dir, 0o700)
}

// fill copies all files of a backup but the keys.
func (m Manifest) fill(ctx context.Context, from, to string, said func(done, all int)) error {
	for i, want := range m.Files {
		said(i, len(m.Files))
		if want.Path == keyPath {
			continue
		}
		path := filepath.FromSlash(want.Path)
		have, err := copyFile(ctx, filepath.Join(from, path), filepath.Join(to, path))
		if err != nil {
			return err
		}
		if have.Path = want.Path; have != want {
			return fmt.Errorf("%s changed while it was read", want.Path)
		}
	}
	return nil
}
