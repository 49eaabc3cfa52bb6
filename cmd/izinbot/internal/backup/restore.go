package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
)

// Restore puts a backup into a place that has no data. Everything is checked before
// anything is written, and the data directory appears as a whole or not at all.
// keyFile is the key file, if the backup does not hold it; it must be the one that
// belongs to the files.
func Restore(ctx context.Context, from string, to storage.Place, keyFile string) (Manifest, error) {
	m, err := readManifest(from)
	if err != nil {
		return m, err
	}
	if err := emptyDir(to.Dir); err != nil {
		return m, err
	}
	if err := m.check(from); err != nil {
		return m, fmt.Errorf("the backup is not what was saved, nothing was restored:\n%w", err)
	}
	key := filepath.Join(from, storage.FilesDir, filestore.KeyFile)
	if keyFile != "" {
		key = keyFile
	} else if !m.Key {
		return m, errors.New("berkas kunci tidak ada di cadangan: sebutkan dengan --key; tanpa itu berkas tidak dapat dibaca")
	}
	if err := fits(key, filepath.Join(from, storage.FilesDir, filestore.CheckFile)); err != nil {
		return m, err
	}
	return m, m.restore(ctx, from, key, to)
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
func (m Manifest) restore(ctx context.Context, from, key string, to storage.Place) error {
	half := filepath.Clean(to.Dir) + ".sementara"
	if err := os.RemoveAll(half); err != nil {
		return err
	}
	if err := m.fill(ctx, from, half); err != nil {
		return errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(half))
	}
	keys := to.Keys()
	if inside, err := filepath.Rel(to.Dir, keys); err == nil && filepath.IsLocal(inside) {
		keys = filepath.Join(half, inside)
	}
	err := filestore.CopyKeys(key, keys)
	if err == nil { // outside of the data directory there may have been others
		err = fits(keys, filepath.Join(half, storage.FilesDir, filestore.CheckFile))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(half))
	}
	if err := os.Remove(to.Dir); err != nil { // it is empty
		return err
	}
	return errors.Join(os.Rename(half, to.Dir), syncFile(filepath.Dir(filepath.Clean(to.Dir))))
}

func (m Manifest) fill(ctx context.Context, from, to string) error {
	for _, want := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if want.Path == storage.FilesDir+"/"+filestore.KeyFile {
			continue
		}
		path := filepath.FromSlash(want.Path)
		have, err := copyFile(filepath.Join(from, path), filepath.Join(to, path))
		if err != nil {
			return err
		}
		if have.Path = want.Path; have != want {
			return fmt.Errorf("%s changed while it was read", want.Path)
		}
	}
	return nil
}
