package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// manifestFile is written last: a backup without it is not complete.
const manifestFile = "manifest.json"

// form is the version of the manifest's own form.
const form = 1

// Manifest says what is in a backup.
type Manifest struct {
	Form  int       `json:"form"`
	Begun time.Time `json:"begun"` // all that was committed by then is in it
	Key   bool      `json:"key"`   // the key file is in it too
	Files []Item    `json:"files"`
}

// Item is a file of a backup.
type Item struct {
	Path   string `json:"path"` // with slashes, below the directory
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Size is that of all files, in bytes.
func (m Manifest) Size() int64 {
	var n int64
	for _, f := range m.Files {
		n += f.Size
	}
	return n
}

func (m Manifest) write(dir string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	path := filepath.Join(dir, manifestFile)
	if err := os.WriteFile(path+".baru", data, 0o600); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := errors.Join(syncFile(path+".baru"), os.Rename(path+".baru", path), syncFile(dir)); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}

func readManifest(dir string) (Manifest, error) {
	var m Manifest
	data, err := os.ReadFile(filepath.Join(dir, manifestFile)) //nolint:gosec // the operator names the directory
	if errors.Is(err, os.ErrNotExist) {
		return m, fmt.Errorf("%s is no backup, or one that was interrupted: it has no %s", dir, manifestFile)
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%s in %s is damaged: %w", manifestFile, dir, err)
	}
	if m.Form != form {
		return m, fmt.Errorf("the backup in %s has form %d, this program knows %d", dir, m.Form, form)
	}
	return m, nil
}

// check compares every file of a backup with the manifest, and tells all that is
// wrong.
func (m Manifest) check(dir string) error {
	var faults []error
	for _, want := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(want.Path)) {
			faults = append(faults, fmt.Errorf("%q leads out of the backup", want.Path))
			continue
		}
		have, err := itemOf(dir, want.Path)
		switch {
		case err != nil:
			faults = append(faults, err)
		case have != want:
			faults = append(faults, fmt.Errorf("%s was changed or is damaged", want.Path))
		}
	}
	return errors.Join(faults...)
}

// itemOf reads a file to its end.
func itemOf(dir, path string) (Item, error) {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(path))) //nolint:gosec // within a directory that the operator names
	if err != nil {
		return Item{}, err
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, f)
	return Item{Path: path, Size: n, SHA256: hex.EncodeToString(hash.Sum(nil))}, err
}
