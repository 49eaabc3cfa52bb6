package backup

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
)

// manifestFile is written last: a backup without it is not complete.
const manifestFile = "manifest.json"

// Versions of the manifest's form. The first one had no seal.
const (
	formUnsealed = 1
	form         = 2
)

// Reasons why a manifest is not believed.
var (
	// ErrUnsealed: the manifest was made by an older version, or somebody removed its
	// seal. Nothing tells whether it names all that was saved.
	ErrUnsealed = errors.New("daftar isi cadangan tidak bersegel")
	// ErrSeal: the manifest was changed, or the key file is that of another office.
	ErrSeal = errors.New("segel daftar isi cadangan tidak cocok: daftarnya diubah, atau kuncinya milik kantor lain")
)

// Manifest says what is in a backup.
type Manifest struct {
	Form  int       `json:"form"`
	Begun time.Time `json:"begun"` // all that was committed by then is in it
	Key   bool      `json:"key"`   // the key file is in it too
	Files []Item    `json:"files"`
	// Dropped are the keys of contents that the saved records name and that were
	// removed while the backup was taken, when nobody referred to them any more.
	Dropped []string `json:"dropped,omitempty"`
	// Lacks says what was damaged or missing already when it was saved.
	Lacks []string `json:"lacks,omitempty"`
	// Seal is an HMAC-SHA256 in hex over all the rest, with a key made of the key file.
	Seal string `json:"seal,omitempty"`
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

// sum is the seal that the manifest has if it was made with a key file.
func (m Manifest) sum(keyFile string) ([]byte, error) {
	key, err := filestore.DeriveKey(keyFile, "backup manifest")
	if err != nil {
		return nil, err
	}
	m.Seal = ""
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("seal manifest: %w", err)
	}
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write(data) // never fails
	return mac.Sum(nil), nil
}

func (m Manifest) sealed(keyFile string) (Manifest, error) {
	sum, err := m.sum(keyFile)
	m.Seal = hex.EncodeToString(sum)
	return m, err
}

// checkSeal tells whether the manifest is as the office with this key file wrote it:
// [ErrUnsealed], [ErrSeal].
func (m Manifest) checkSeal(keyFile string) error {
	if m.Seal == "" {
		return ErrUnsealed
	}
	want, err := m.sum(keyFile)
	if err != nil {
		return err
	}
	if have, err := hex.DecodeString(m.Seal); err != nil || !hmac.Equal(have, want) {
		return ErrSeal
	}
	return nil
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

// maxManifest bounds what is read as a manifest, in bytes: a million files.
const maxManifest = 256 << 20

func readManifest(dir string) (Manifest, error) {
	f, err := openRegular(filepath.Join(dir, manifestFile))
	if errors.Is(err, os.ErrNotExist) {
		return Manifest{}, fmt.Errorf("%s is no backup, or one that was interrupted: it has no %s", dir, manifestFile)
	}
	if err != nil {
		return Manifest{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxManifest+1))
	if err != nil {
		return Manifest{}, err
	}
	m, err := parseManifest(data)
	if err != nil {
		return m, fmt.Errorf("%s in %s: %w", manifestFile, dir, err)
	}
	return m, nil
}

// parseManifest reads a manifest, and takes only what [Manifest.write] writes: no other
// reading of the same bytes can be under the seal.
func parseManifest(data []byte) (Manifest, error) {
	var m Manifest
	if len(data) > maxManifest {
		return m, errors.New("it is too large")
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("it is damaged: %w", err)
	}
	if m.Form != form && m.Form != formUnsealed {
		return m, fmt.Errorf("it has form %d, this program knows %d", m.Form, form)
	}
	if m.Form == formUnsealed && m.Seal != "" {
		return m, errors.New("it is damaged: its form has no seal")
	}
	again, err := json.MarshalIndent(m, "", "  ")
	if err != nil || !bytes.Equal(again, data) {
		return m, errors.New("it is damaged: it is not what was written")
	}
	return m, m.checkPaths()
}

// checkPaths refuses what leads out of the backup, twice to the same place, or to what
// no backup has.
func (m Manifest) checkPaths() error {
	seen := map[string]bool{}
	for _, f := range m.Files {
		switch {
		case !filepath.IsLocal(filepath.FromSlash(f.Path)) || strings.ContainsAny(f.Path, "\\\x00"):
			return fmt.Errorf("%q leads out of the backup", f.Path)
		case path.Clean(f.Path) != f.Path || f.Path == "." || seen[f.Path] || f.Path == manifestFile || f.Size < 0:
			return fmt.Errorf("%q is no file of a backup", f.Path)
		case f.Path == keyPath && !m.Key:
			return fmt.Errorf("%q is there, though it was not saved", f.Path)
		}
		seen[f.Path] = true
	}
	if !seen[storage.DatabaseFile] {
		return fmt.Errorf("it does not name %s", storage.DatabaseFile)
	}
	return nil
}

const keyPath = storage.FilesDir + "/" + filestore.KeyFile

// check compares every file of a backup with the manifest, and tells all that is
// wrong: what was changed or is missing, and what is there and not named. The error is
// of what could not be read: it may be whole. said is told how many files were read.
func (m Manifest) check(dir string, said func(done, all int)) (faults []string, err error) {
	named := map[string]bool{manifestFile: true}
	for i, want := range m.Files {
		said(i, len(m.Files))
		named[want.Path] = true
		have, failed := itemOf(dir, want.Path)
		switch {
		case isIO(failed):
			err = errors.Join(err, failed)
		case errors.Is(failed, fs.ErrNotExist):
			faults = append(faults, want.Path+": tidak ada")
		case failed != nil:
			faults = append(faults, failed.Error())
		case have != want:
			faults = append(faults, want.Path+": berubah atau rusak")
		}
	}
	extra, failed := unnamed(dir, named)
	for _, path := range extra {
		faults = append(faults, path+": tidak ada di daftar isi; pindahkan dulu bila bukan bagian cadangan")
	}
	return faults, errors.Join(err, failed)
}

// joined gives faults as one error, or nil.
func joined(faults []string) error {
	if len(faults) == 0 {
		return nil
	}
	return errors.New(strings.Join(faults, "\n"))
}

// isIO tells whether something could not be read though it may be whole: rights, or the
// disk, are at fault.
func isIO(err error) bool {
	_, system := errors.AsType[syscall.Errno](err)
	return system && !errors.Is(err, fs.ErrNotExist)
}

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// unnamed lists what is in a directory and not among the named.
func unnamed(dir string, named map[string]bool) (extra []string, err error) {
	err = filepath.WalkDir(dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, at)
		if rel = filepath.ToSlash(rel); err == nil && !named[rel] {
			extra = append(extra, rel)
		}
		return err
	})
	slices.Sort(extra)
	return extra, err
}

// itemOf reads a file to its end.
func itemOf(dir, path string) (Item, error) {
	f, err := openRegular(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		return Item{}, err
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, f)
	return Item{Path: path, Size: n, SHA256: hex.EncodeToString(hash.Sum(nil))}, err
}

// openRegular opens a file that is nothing else: what waits for a writer, or leads
// elsewhere, is no part of a backup.
func openRegular(path string) (*os.File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: bukan berkas biasa", path)
	}
	return os.Open(path) //nolint:gosec // within a directory that the operator names
}
