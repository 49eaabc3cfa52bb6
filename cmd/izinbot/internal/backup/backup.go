// Package backup saves an office's data directory while the office is running, and
// puts it back.
//
// The order makes a backup consistent. First comes the WhatsApp session: what it says
// was taken is in the database that is saved after it. Then the database, as it is at
// one instant. Then the files: a file is stored before any record names it and is never
// changed, so all that the saved database names are there. Files that came later do no
// harm; one that nobody named any more may be gone by then, and the manifest says so.
// The rest of the directory (calendar, secrets made once) comes last.
//
// The backup is then read: every record, and every file that a record names. What
// was damaged or missing in the office is told, and kept in the manifest, but a backup
// without it is better than none. A seal over the manifest, made with the key file,
// lets nobody leave something out or add it afterwards.
//
// An office on MongoDB is copied to the form of a data directory first, while no node
// works with it.
//
// The key file is saved only if that is asked for: without it nobody can read the
// files of a backup, who must not, and nobody who must.
//
// Moving an office to another database is no backup: see storage.Copy.
package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
)

// SessionFile is the name of the WhatsApp session in a data directory.
const SessionFile = "whatsapp.db"

// Options say what to save and where to.
type Options struct {
	From storage.Config
	// Session is the WhatsApp session, if it is not in the data directory. It is
	// saved as one that is, and restored so.
	Session string
	To      string // a directory that is new or empty
	Key     bool   // save the key file too
	Said    Said   // nil: nobody is told
}

// Said is told how far a long work has come: how many files of all.
type Said func(work string, done, all int)

func (s Said) of(work string) func(done, all int) {
	return func(done, all int) {
		if s != nil {
			s(work, done, all)
		}
	}
}

// Taken is a backup that was made.
type Taken struct {
	Manifest

	// Report is the audit of the backup.
	Report audit.Report
	// Unsure is the error that kept it from being read or sealed; nil: none did.
	Unsure error
}

// Take makes a backup. It changes nothing in the data directory. One that fails leaves
// nothing behind.
func Take(ctx context.Context, o Options, now time.Time) (Taken, error) {
	if !o.From.Exists() {
		return Taken{}, fmt.Errorf("tidak ada data di %s", o.From.Dir)
	}
	if err := refuseData(o.To); err != nil {
		return Taken{}, err
	}
	undo, err := parents(o.To)
	if err != nil {
		return Taken{}, err
	}
	t := taking{ctx: ctx, from: o.From.Dir, records: o.From.Dir, to: o.To, m: Manifest{Form: form, Begun: now.UTC(), Key: o.Key}}
	take := t.take
	if o.From.MongoURI != "" {
		take = t.takeMongo
	}
	taken, err := take(o)
	if err != nil {
		return Taken{}, errors.Join(fmt.Errorf("backup: %w", err), emptied(o.To), undo())
	}
	return taken, nil
}

func (t *taking) take(o Options) (Taken, error) {
	if err := t.all(o); err != nil {
		return Taken{}, err
	}
	report, unsure := t.inspect(o)
	if t.ctx.Err() != nil {
		return Taken{}, t.ctx.Err()
	}
	for _, f := range report.Faults {
		t.m.Lacks = append(t.m.Lacks, f.String())
	}
	m, err := t.m.sealed(o.From.Keys())
	if err != nil { // without its keys an office does not start; its records are worth saving
		m, unsure = t.m, errors.Join(unsure, err)
	}
	return Taken{m, report, unsure}, m.write(t.to)
}

// taking is a backup under way.
type taking struct {
	ctx     context.Context //nolint:containedctx // of this one backup
	from    string          // the data directory
	records string          // where its database and files are
	to      string
	m       Manifest
	saved   func() // told when the databases are saved; nil: nobody is
}

func (t *taking) all(o Options) error {
	top, err := os.ReadDir(t.from)
	if err != nil {
		return err
	}
	if o.Session != "" {
		if err := t.database(o.Session, SessionFile); err != nil {
			return err
		}
	}
	for _, name := range databases(top) {
		if name == SessionFile && o.Session != "" {
			continue // an old one, which is not in use
		}
		dir := t.from
		if name == storage.DatabaseFile {
			dir = t.records
		}
		if err := t.database(filepath.Join(dir, name), name); err != nil {
			return err
		}
	}
	if t.saved != nil {
		t.saved()
	}
	if err := t.contents(); err != nil {
		return err
	}
	for _, e := range top {
		if isPlain(e) {
			if err := t.file(e.Name()); err != nil {
				return err
			}
		}
	}
	if !o.Key {
		return nil
	}
	keys, err := filepath.EvalSymlinks(o.From.Keys()) // where secrets are mounted, it is often a link
	if err != nil {
		return err
	}
	return t.add(keys, keyPath)
}

// databases gives the names of the databases in the order in which they are saved:
// that of the records last.
func databases(top []fs.DirEntry) []string {
	var names []string
	for _, e := range top {
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".db") && e.Name() != storage.DatabaseFile {
			names = append(names, e.Name())
		}
	}
	return append(names, storage.DatabaseFile)
}

// isPlain tells whether a file of the data directory is copied as it is. Locks and
// what belongs to an open database mean nothing elsewhere; what is being written gets
// another name when it is done.
func isPlain(e fs.DirEntry) bool {
	passing := []string{".db", ".db-wal", ".db-shm", ".db-journal", ".lock", ".baru", ".new"}
	return e.Type().IsRegular() && !slices.ContainsFunc(passing, func(end string) bool { return strings.HasSuffix(e.Name(), end) })
}

func (t *taking) database(path, name string) error {
	if err := sqlitestore.Snapshot(t.ctx, path, filepath.Join(t.to, name)); err != nil {
		return err
	}
	if err := syncFile(filepath.Join(t.to, name)); err != nil {
		return err
	}
	item, err := itemOf(t.to, name)
	t.m.Files = append(t.m.Files, item)
	return err
}

// contents saves the stored files, encrypted as they are.
func (t *taking) contents() error {
	dirs, err := fs.Glob(os.DirFS(t.records), storage.FilesDir+"/[0-9a-f][0-9a-f]")
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		files, err := os.ReadDir(filepath.Join(t.records, dir))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		for _, f := range files {
			// One that is gone meanwhile was wanted by nobody any more; see inspect.
			if err := t.content(dir + "/" + f.Name()); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	if _, err := os.Stat(filepath.Join(t.records, storage.FilesDir, filestore.CheckFile)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return t.content(storage.FilesDir + "/" + filestore.CheckFile)
}

func (t *taking) content(path string) error {
	return t.add(filepath.Join(t.records, filepath.FromSlash(path)), path)
}

func (t *taking) file(path string) error {
	return t.add(filepath.Join(t.from, filepath.FromSlash(path)), path)
}

// add copies a file into the backup.
func (t *taking) add(from, path string) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	item, err := copyFile(t.ctx, from, filepath.Join(t.to, filepath.FromSlash(path)))
	if err != nil {
		return err
	}
	item.Path = path
	t.m.Files = append(t.m.Files, item)
	return nil
}

// copyFile copies a file durably, readable by its owner only, and gives what it was.
func copyFile(ctx context.Context, from, to string) (item Item, err error) {
	in, err := openRegular(from)
	if err != nil {
		return item, err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return item, err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the same
	if err != nil {
		return item, err
	}
	hash := sha256.New()
	item.Size, err = io.Copy(io.MultiWriter(out, hash), until{in, ctx})
	item.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return item, errors.Join(err, out.Sync(), out.Close())
}

// until is a reader that fails once its context has ended.
type until struct {
	io.Reader
	ctx context.Context //nolint:containedctx // of the reading
}

func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

// emptied removes all that is in a directory.
func emptied(dir string) error {
	have, err := os.ReadDir(dir)
	for _, e := range have {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

// syncFile sees to it that a file or directory is on the disk.
func syncFile(path string) error {
	f, err := os.Open(path) //nolint:gosec // within directories that the operator names
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
