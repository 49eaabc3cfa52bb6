// Package backup saves an office's data directory while the office is running, and
// puts it back.
//
// The order makes a backup consistent. First comes the WhatsApp session: what it says
// was taken is in the database that is saved after it. Then the database, as it is at
// one instant. Then the files: a file is stored before any record names it, and is
// never changed or removed, so all that the saved database names are there. Files
// that came later do no harm. The rest of the directory (calendar, secrets made once)
// comes last.
//
// The key file is saved only if that is asked for: without it nobody can read the
// files of a backup, who must not, and nobody who must.
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

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
)

// SessionFile is what the WhatsApp session is called in a data directory.
const SessionFile = "whatsapp.db"

// Options say what to save and where to.
type Options struct {
	From storage.Place
	// Session is the WhatsApp session, if it is not in the data directory. It is
	// saved as one that is, and restored so.
	Session string
	To      string // a directory that is new or empty
	Key     bool   // save the key file too
}

// Take makes a backup. It changes nothing in the data directory.
func Take(ctx context.Context, o Options, now time.Time) (Manifest, error) {
	if !o.From.Exists() {
		return Manifest{}, fmt.Errorf("tidak ada data di %s", o.From.Dir)
	}
	if err := emptyDir(o.To); err != nil {
		return Manifest{}, err
	}
	t := taking{ctx: ctx, from: o.From.Dir, to: o.To, m: Manifest{Form: form, Begun: now.UTC(), Key: o.Key}}
	if err := t.all(o); err != nil {
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	return t.m, t.m.write(o.To)
}

// taking is a backup under way.
type taking struct {
	ctx      context.Context //nolint:containedctx // of this one backup
	from, to string
	m        Manifest
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
		if err := t.database(filepath.Join(t.from, name), name); err != nil {
			return err
		}
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
	return t.add(o.From.Keys(), storage.FilesDir+"/"+filestore.KeyFile)
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
	dirs, err := fs.Glob(os.DirFS(t.from), storage.FilesDir+"/[0-9a-f][0-9a-f]")
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		files, err := os.ReadDir(filepath.Join(t.from, dir))
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := t.file(dir + "/" + f.Name()); err != nil {
				return err
			}
		}
	}
	if _, err := os.Stat(filepath.Join(t.from, storage.FilesDir, filestore.CheckFile)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return t.file(storage.FilesDir + "/" + filestore.CheckFile)
}

func (t *taking) file(path string) error {
	return t.add(filepath.Join(t.from, filepath.FromSlash(path)), path)
}

// add copies a file into the backup.
func (t *taking) add(from, path string) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	item, err := copyFile(from, filepath.Join(t.to, filepath.FromSlash(path)))
	item.Path = path
	t.m.Files = append(t.m.Files, item)
	return err
}

// copyFile copies a file durably, readable by its owner only, and gives what it was.
func copyFile(from, to string) (item Item, err error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return item, err
	}
	in, err := os.Open(from) //nolint:gosec // within directories that the operator names
	if err != nil {
		return item, err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the same
	if err != nil {
		return item, err
	}
	hash := sha256.New()
	item.Size, err = io.Copy(io.MultiWriter(out, hash), in)
	item.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return item, errors.Join(err, out.Sync(), out.Close())
}

// emptyDir makes a directory, and refuses one that holds anything.
func emptyDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	have, err := os.ReadDir(dir)
	if err == nil && len(have) > 0 {
		err = fmt.Errorf("%s tidak kosong; sebutkan direktori baru", dir)
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
