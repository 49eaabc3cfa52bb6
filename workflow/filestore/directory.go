package filestore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

var _ Place = (*directory)(nil)

// CheckFile is what the key check is called in a directory of files.
const CheckFile = "key.check"

const tmpDir = "tmp"

// directory is the place on a disk. One process has it.
type directory struct{ root *os.Root }

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
	return &directory{root}, nil
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

func (d *directory) Has(_ context.Context, name string) (bool, error) {
	_, err := d.root.Stat(path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (d *directory) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return d.root.Open(path(name))
}

// Create implements [Place]. A temporary file becomes the content by its renaming.
func (d *directory) Create(_ context.Context, name string) (Draft, error) {
	if err := makeDir(d.root, name[:2]); err != nil {
		return nil, err
	}
	t, err := makeTemp(d.root, tmpDir)
	if err != nil {
		return nil, err
	}
	return &draft{temp: t, name: name}, nil
}

type draft struct {
	*temp
	name string
}

func (d *draft) Keep() error { return d.keep(d.name[:2], d.name[2:]) }
func (d *draft) Discard()    { d.discard() }

func path(name string) string { return name[:2] + "/" + name[2:] }

// Names implements [Place]: the sub-directories are in the order of the names.
func (d *directory) Names(_ context.Context, after string, limit int) ([]string, error) {
	dirs, err := fs.Glob(d.root.FS(), "[0-9a-f][0-9a-f]")
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	var names []string
	for _, dir := range dirs {
		if len(names) >= limit {
			break
		}
		if after != "" && dir < after[:2] {
			continue
		}
		files, err := fs.ReadDir(d.root.FS(), dir)
		if err != nil {
			return nil, fmt.Errorf("list files: %w", err)
		}
		for _, f := range files {
			if name := dir + f.Name(); name > after && isKey(name) {
				names = append(names, name)
			}
		}
	}
	return names[:min(limit, len(names))], nil
}

func (d *directory) Check(context.Context) ([]byte, error) {
	check, err := d.root.ReadFile(CheckFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return check, err
}

// KeepCheck implements [Place]. Nobody else writes meanwhile.
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
