package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
)

// Verifying says what to verify.
type Verifying struct {
	From    string
	KeyFile string // empty: the one in the backup, if there is one
	Temp    string // where it is restored to, below a directory of its own; empty: the system's place
	Said    Said
}

// Verified is the result of [Verify].
type Verified struct {
	Manifest Manifest
	Report   audit.Report
	// Faults are the defects of the backup itself. Those that the office had already
	// are in the report.
	Faults []string
	// Unsure are the reasons why it is not known whether all is well.
	Unsure []error
}

// Bad tells whether something is damaged or missing.
func (v Verified) Bad() bool { return len(v.Faults)+len(v.Report.Faults) > 0 }

// Good tells whether everything was looked at and nothing was wrong.
func (v Verified) Good() bool { return !v.Bad() && len(v.Unsure) == 0 }

// Verify restores a backup to a temporary directory, which it removes, and reads all
// that is in it. It writes nothing into the backup.
func Verify(ctx context.Context, o Verifying) (v Verified) {
	m, err := readManifest(o.From)
	v.Manifest = m
	switch {
	case isIO(err):
		v.unsure(err)
		return v
	case err != nil:
		v.Faults = append(v.Faults, err.Error())
		return v
	}
	faults, err := m.check(o.From, o.Said.of("membandingkan"))
	v.Faults = append(v.Faults, faults...)
	v.unsure(err)
	key := v.seal(o, m)
	if err := v.inside(ctx, o, key); err != nil {
		v.unsure(err)
	}
	return v
}

func (v *Verified) unsure(err error) {
	if err != nil {
		v.Unsure = append(v.Unsure, err)
	}
}

// seal checks the manifest's seal, and gives the key file if there is one that belongs
// to the backup.
func (v *Verified) seal(o Verifying, m Manifest) string {
	key, err := Restoring{From: o.From, KeyFile: o.KeyFile}.key(m)
	if err != nil {
		v.unsure(err)
		return ""
	}
	_, unbound := os.Stat(filepath.Join(o.From, storage.FilesDir, filestore.CheckFile))
	switch err := m.checkSeal(key); {
	case errors.Is(err, ErrSeal) && unbound == nil: // so it is not the key that is another
		v.Faults = append(v.Faults, err.Error())
	case err != nil:
		v.unsure(err)
	}
	return key
}

// inside restores what can be read of the backup, and audits it.
func (v *Verified) inside(ctx context.Context, o Verifying, key string) (err error) {
	temp := o.Temp
	if temp == "" {
		temp = os.TempDir()
	}
	s, err := newScratch(temp, "izinbot-verify-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	place := storage.Config{Dir: filepath.Join(s.dir, "data"), KeyFile: key}
	if err := v.unpack(ctx, o, place.Dir); err != nil {
		return err
	}
	report, wanted, err := auditRecords(ctx, filepath.Join(place.Dir, storage.DatabaseFile))
	v.Report = report
	if err != nil {
		if ctx.Err() == nil && len(v.Faults) > 0 {
			return nil // the database is among what is damaged
		}
		return fmt.Errorf("read the records: %w", err)
	}
	if key == "" {
		v.present(wanted)
		return nil
	}
	if err := os.MkdirAll(filepath.Join(place.Dir, storage.FilesDir), 0o700); err != nil {
		return err
	}
	files, err := filestore.OpenToRead(ctx, filepath.Join(place.Dir, storage.FilesDir), key)
	if err != nil {
		return err
	}
	defer files.Close()
	return v.Report.Read(ctx, files, wanted, v.Manifest.Dropped, o.Said.of("membuka berkas"))
}

// unpack copies what is there. What is not, or differs, was told.
func (v *Verified) unpack(ctx context.Context, o Verifying, to string) error {
	said := o.Said.of("memulihkan ke tempat sementara")
	for i, f := range v.Manifest.Files {
		said(i, len(v.Manifest.Files))
		if f.Path == keyPath {
			continue
		}
		path := filepath.FromSlash(f.Path)
		_, err := copyFile(ctx, filepath.Join(o.From, path), filepath.Join(to, path))
		if err != nil && (ctx.Err() != nil || len(v.Faults)+len(v.Unsure) == 0 || isFull(err)) {
			return err
		}
	}
	return nil
}

// present tells of files that are wanted and not in the backup, where they cannot be
// opened.
func (v *Verified) present(wanted audit.Wanted) {
	there := map[string]bool{}
	for _, f := range v.Manifest.Files {
		there[f.Path] = true
	}
	for _, key := range v.Manifest.Dropped {
		there[contentPath(key)] = true
	}
	for key, uses := range wanted {
		for _, use := range uses {
			if !there[contentPath(key)] {
				v.Report.Faults = append(v.Report.Faults, audit.Fault{Where: use.Where, What: use.What, Problem: audit.Missing, Key: key})
			}
		}
	}
}

func contentPath(key string) string { return storage.FilesDir + "/" + key[:2] + "/" + key[2:] }

// auditRecords audits a database that nobody else has.
func auditRecords(ctx context.Context, path string) (r audit.Report, w audit.Wanted, err error) {
	s, err := sqlitestore.Open(ctx, path, sqlitestore.Options{})
	if err != nil {
		return r, nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return audit.Records(ctx, s)
}
