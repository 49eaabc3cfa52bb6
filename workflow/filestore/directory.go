package filestore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

var _ Backend = (*directory)(nil)

// CheckFile is the name of the key check in a directory of files.
const CheckFile = "key.check"

const tmpDir = "tmp"

// directory is the backend on a disk. One process has it. The time of a file is that of
// the latest Put.
type directory struct {
	root *os.Root

	// mu makes one step of looking whether a name is taken and acting on it.
	mu    sync.Mutex
	first map[string]bool // names that were put once, by this process
}

// mostFirst bounds how many names are remembered for Retract. All are forgotten
// together: what was accepted is never asked for.
const mostFirst = 10_000

func newDirectory(root *os.Root) *directory {
	return &directory{root: root, first: map[string]bool{}}
}

// openDirectory makes the directory if there is none, and removes what a crash has
// left half written.
func openDirectory(dir string) (*directory, error) {
	root, err := openRoot(dir)
	if err != nil {
		return nil, err
	}
	err = root.RemoveAll(tmpDir)
	if err == nil {
		err = root.Mkdir(tmpDir, 0o700)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("clean up: %w", err), root.Close())
	}
	return newDirectory(root), nil
}

func openRoot(dir string) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make directory: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open directory: %w", err)
	}
	return root, nil
}

// Renew implements [Backend].
func (d *directory) Renew(_ context.Context, name string, at time.Time) (bool, error) {
	d.mu.Lock()
	there, err := d.renew(name, at)
	d.mu.Unlock()
	if !there || err != nil {
		return false, err
	}
	return true, syncDir(d.root, name[:2]) // whoever put it first may not have come so far
}

// renew is Renew with d.mu held.
func (d *directory) renew(name string, at time.Time) (bool, error) {
	err := d.root.Chtimes(path(name), at, at)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	delete(d.first, name)
	return err == nil, err
}

func (d *directory) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return d.root.Open(path(name))
}

// Create implements [Backend]. A temporary file becomes the content by its renaming.
func (d *directory) Create(_ context.Context, name string, at time.Time) (Draft, error) {
	if err := makeDir(d.root, name[:2]); err != nil {
		return nil, err
	}
	t, err := makeTemp(d.root, tmpDir)
	if err != nil {
		return nil, err
	}
	return &draft{temp: t, backend: d, key: name, at: at}, nil
}

type draft struct {
	*temp
	backend *directory
	key     string
	at      time.Time
}

// Keep implements [Draft].
func (d *draft) Keep() error {
	if err := d.root.Chtimes(d.path, d.at, d.at); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	if err := d.finish(); err != nil {
		return err
	}
	if err := d.backend.keep(d); err != nil {
		return err
	}
	return syncDir(d.root, d.key[:2])
}

func (d *draft) Discard() { d.discard() }

// keep names a finished draft, or renews what has its name already.
func (d *directory) keep(t *draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if there, err := d.renew(t.key, t.at); there || err != nil {
		return err
	}
	if err := t.name(t.key[:2], t.key[2:]); err != nil {
		return err
	}
	if len(d.first) >= mostFirst {
		clear(d.first)
	}
	d.first[t.key] = true
	return nil
}

// Remove implements [Backend].
func (d *directory) Remove(_ context.Context, name string, before time.Time) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	info, err := d.root.Stat(path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.ModTime().Before(before) {
		return false, err
	}
	return true, d.remove(name)
}

// Retract implements [Backend].
func (d *directory) Retract(_ context.Context, name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.first[name] {
		return nil
	}
	return d.remove(name)
}

// remove removes a name, with d.mu held. After a crash it may be there again, for the
// next sweep.
func (d *directory) remove(name string) error {
	delete(d.first, name)
	if err := d.root.Remove(path(name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func path(name string) string { return name[:2] + "/" + name[2:] }

// List implements [Backend]: the sub-directories are in the order of the names.
func (d *directory) List(_ context.Context, after string, limit int) ([]Content, error) {
	dirs, err := fs.Glob(d.root.FS(), "[0-9a-f][0-9a-f]")
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	var list []Content
	for _, dir := range dirs {
		if len(list) >= limit {
			break
		}
		if after != "" && dir < after[:2] {
			continue
		}
		if list, err = d.list(list, dir, after, limit); err != nil {
			return nil, fmt.Errorf("list files: %w", err)
		}
	}
	return list, nil
}

// list adds the contents of a sub-directory to a list of at most limit.
func (d *directory) list(list []Content, dir, after string, limit int) ([]Content, error) {
	files, err := fs.ReadDir(d.root.FS(), dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		name := dir + f.Name()
		if len(list) >= limit || name <= after || !isKey(name) {
			continue
		}
		info, err := f.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Content{Name: name, Size: info.Size(), Put: info.ModTime()})
	}
	return list, nil
}

func (d *directory) Check(context.Context) ([]byte, error) {
	check, err := d.root.ReadFile(CheckFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return check, err
}

// KeepCheck implements [Backend]. Nobody else writes meanwhile.
func (d *directory) KeepCheck(ctx context.Context, check []byte) ([]byte, error) {
	kept, err := d.Check(ctx)
	if err != nil || len(kept) > 0 {
		return kept, err
	}
	t, err := makeTemp(d.root, tmpDir)
	if err != nil {
		return nil, err
	}
	defer t.discard()
	if _, err := io.Copy(t, bytes.NewReader(check)); err != nil {
		return nil, fmt.Errorf("write key check: %w", err)
	}
	return check, t.keep(".", CheckFile)
}

func (d *directory) Close() error { return d.root.Close() }
