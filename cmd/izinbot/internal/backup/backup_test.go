package backup

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

func now() time.Time { return time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC) }

// office gives a data directory with all that an office has in it, left open: a
// backup is taken while it runs.
func office(t *testing.T) (storage.Config, *storage.Data, []string) {
	t.Helper()
	place := storage.Config{Dir: t.TempDir()}
	d, err := storage.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	workflowtest.Fill(t, d.Store)
	var names []string
	for _, content := range []string{"satu CONTOH", strings.Repeat("dua CONTOH", 50_000)} {
		name, _, err := d.Files.Put(t.Context(), strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	session, err := sqlitestore.Open(t.Context(), filepath.Join(place.Dir, "whatsapp.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	for name, content := range map[string]string{"kalender.yaml": "a", "webhook-secret": "b", "jam.json.new": "half", filepath.Join("files", "tmp", "x"): "half"} {
		if err := os.WriteFile(filepath.Join(place.Dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return place, d, names
}

func take(t *testing.T, place storage.Config, key bool) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "cadangan")
	m, err := Take(t.Context(), Options{From: place, To: to, Key: key}, now())
	if err != nil {
		t.Fatal(err)
	}
	if !m.Begun.Equal(now()) || m.Key != key || m.Size() < 300_000 {
		t.Errorf("manifest %+v", m)
	}
	return to
}

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	place, d, names := office(t)
	for _, withKey := range []bool{true, false} {
		from, to := take(t, place, withKey), storage.Config{Dir: filepath.Join(t.TempDir(), "baru")}
		key := ""
		if !withKey {
			if _, err := Restore(t.Context(), Restoring{From: from, To: to}); err == nil || !strings.Contains(err.Error(), "--key") {
				t.Errorf("without a key: %v", err)
			}
			key = place.Keys()
		}
		if _, err := Restore(t.Context(), Restoring{From: from, To: to, KeyFile: key}); err != nil {
			t.Fatal(err)
		}
		compare(t, d, to, names)
		for name, want := range map[string]bool{"whatsapp.db": true, "kalender.yaml": true, "webhook-secret": true, "jam.json.new": false, "manifest.json": false} {
			if _, err := os.Stat(filepath.Join(to.Dir, name)); (err == nil) != want {
				t.Errorf("%s: %v", name, err)
			}
		}
		private(t, from)
		private(t, to.Dir)
	}
}

// compare opens what was restored: it has the records and files that were saved.
func compare(t *testing.T, d *storage.Data, restored storage.Config, names []string) {
	t.Helper()
	r, err := storage.Open(t.Context(), restored)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	had, has := d.Store.(store.Portable), r.Store.(store.Portable) //nolint:errcheck,forcetypeassert // a wrong type fails the test
	workflowtest.Same(t, had, has)
	for _, name := range names {
		content, err := r.Files.Open(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			t.Error(err)
		}
		_ = content.Close()
	}
}

// private sees to it that nobody else may read any of it.
func private(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestDamagedBackupIsNotRestored changes a backup in many ways; nothing is written.
func TestDamagedBackupIsNotRestored(t *testing.T) {
	t.Parallel()
	place, _, names := office(t)
	content := filepath.Join("files", names[1][:2], names[1][2:])
	for what, c := range map[string]struct {
		damage func(dir string) error
		want   string
	}{
		"a changed byte": {func(dir string) error { return edit(filepath.Join(dir, content), 1000) }, filepath.ToSlash(content)},
		"the database":   {func(dir string) error { return edit(filepath.Join(dir, "izinbot.db"), 5000) }, "izinbot.db: berubah"},
		"a missing file": {func(dir string) error { return os.Remove(filepath.Join(dir, content)) }, "tidak ada"},
		"no manifest":    {func(dir string) error { return os.Remove(filepath.Join(dir, "manifest.json")) }, "interrupted"},
		"half of it": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(`{"form":1,"fi`), 0o600)
		}, "damaged"},
		"a newer form": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(`{"form":3}`), 0o600)
		}, "form 3"},
		"a way out": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "manifest.json"), []byte("{\n  \"form\": 1,\n  \"begun\": \"0001-01-01T00:00:00Z\",\n  \"key\": true,\n  \"files\": [\n    {\n      \"path\": \"../../x\",\n      \"size\": 0,\n      \"sha256\": \"\"\n    }\n  ]\n}"), 0o600)
		}, "leads out"},
	} {
		from, to := take(t, place, true), filepath.Join(t.TempDir(), "baru")
		if err := c.damage(from); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), Restoring{From: from, To: storage.Config{Dir: to}}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", what, err)
		}
		if left, err := filepath.Glob(to + "*/*"); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", what, left, err)
		}
	}
}

func edit(path string, at int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[at] ^= 1
	return os.WriteFile(path, data, 0o600)
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	place, _, _ := office(t)
	from := take(t, place, true)
	if _, err := Take(t.Context(), Options{From: place, To: from}, now()); err == nil || !strings.Contains(err.Error(), "tidak kosong") {
		t.Errorf("over a backup: %v", err)
	}
	if _, err := Restore(t.Context(), Restoring{From: from, To: place}); err == nil || !strings.Contains(err.Error(), "tidak kosong") {
		t.Errorf("over an office: %v", err)
	}
	if _, err := Take(t.Context(), Options{From: storage.Config{Dir: t.TempDir()}, To: t.TempDir()}, now()); err == nil {
		t.Error("of nothing")
	}
}

// TestSessionElsewhere saves the WhatsApp session from where it is in use.
func TestSessionElsewhere(t *testing.T) {
	t.Parallel()
	place, _, _ := office(t)
	session := filepath.Join(t.TempDir(), "sesi.db")
	s, err := sqlitestore.Open(t.Context(), session, sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.SaveSOP(t.Context(), workflow.SOPRef{Name: "sesi", Version: "1"}, []byte("x")); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "cadangan")
	if _, err := Take(t.Context(), Options{From: place, To: to, Session: session}, now()); err != nil {
		t.Fatal(err)
	}
	saved, err := sqlitestore.Open(t.Context(), filepath.Join(to, SessionFile), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer saved.Close()
	if _, err := saved.SOPSource(t.Context(), workflow.SOPRef{Name: "sesi", Version: "1"}); err != nil {
		t.Errorf("it is another session: %v", err)
	}
}

func TestForeignKeysAreRefused(t *testing.T) {
	t.Parallel()
	place, _, _ := office(t)
	other, _, _ := office(t)
	from, to := take(t, place, false), storage.Config{Dir: filepath.Join(t.TempDir(), "baru")}
	if _, err := Restore(t.Context(), Restoring{From: from, To: to, KeyFile: other.Keys()}); !errors.Is(err, filestore.ErrOtherKey) {
		t.Errorf("with the keys of another office: %v", err)
	}
	to.KeyFile = other.Keys()
	if _, err := Restore(t.Context(), Restoring{From: from, To: to, KeyFile: place.Keys()}); !errors.Is(err, filestore.ErrOtherKey) {
		t.Errorf("where other keys are in force: %v", err)
	}
	to.KeyFile = filepath.Join(t.TempDir(), "kunci.json")
	if _, err := Restore(t.Context(), Restoring{From: from, To: to, KeyFile: place.Keys()}); err != nil {
		t.Errorf("with the keys apart: %v", err)
	}
	if _, err := storage.Open(t.Context(), storage.Config{Dir: to.Dir}); !errors.Is(err, filestore.ErrKeyLost) {
		t.Errorf("the keys are in the data directory too: %v", err)
	}
}
