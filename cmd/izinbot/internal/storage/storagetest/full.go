// Package storagetest has storage that fails as disks do, for tests.
package storagetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"syscall"

	"izinbot/cmd/izinbot/internal/storage"
)

// Disk is the disk that files are on, which can be full.
type Disk struct{ full atomic.Bool }

// Fill has nothing more fit on the disk, or makes room again.
func (d *Disk) Fill(full bool) { d.full.Store(full) }

// Open opens storage whose files are on the disk; its records are on another one.
func (d *Disk) Open(ctx context.Context, cfg storage.Config) (*storage.Data, error) {
	data, err := storage.Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	data.Files = files{Files: data.Files, disk: d}
	return data, nil
}

type files struct {
	storage.Files
	disk *Disk
}

// Put fails on a full disk after it has read some of the content.
func (f files) Put(ctx context.Context, content io.Reader) (key string, size int64, err error) {
	if !f.disk.full.Load() {
		return f.Files.Put(ctx, content)
	}
	if _, err := io.CopyN(io.Discard, content, 100); err != nil && !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	return "", 0, fmt.Errorf("put file: %w", syscall.ENOSPC)
}
