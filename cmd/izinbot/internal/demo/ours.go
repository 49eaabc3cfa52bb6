package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
)

// ErrOffice says that the data are not a demo's: its made-up officers could sign
// there, and its reset would forget real cases.
var ErrOffice = errors.New("di situ ada data kantor, bukan data demo; pilih direktori lain dengan --data")

// ours fails for a directory with an office's own data, and while a program runs on
// them. A demo is known by what its phones keep, or by its officers: in a backup there
// are no phones.
func ours(ctx context.Context, dir string) error {
	place := storage.Config{Dir: dir}
	if !place.Exists() {
		return nil
	}
	kept := hasAny(dir, phonesFile, clockFile)
	s, err := storage.OpenRecords(ctx, place)
	if storage.InUse(err) {
		return stopFirst(err)
	}
	if err != nil && kept {
		return nil // what a demo kept may be forgotten even where it does not open
	}
	if err != nil {
		return err
	}
	officers, err := s.Officers(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if kept || slices.ContainsFunc(officers, func(o workflow.Officer) bool { return app.MadeUp(o.ID) }) {
		return nil
	}
	return fmt.Errorf("%s: %w", dir, ErrOffice)
}

// hasAny tells whether a directory holds one of some files.
func hasAny(dir string, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	})
}
