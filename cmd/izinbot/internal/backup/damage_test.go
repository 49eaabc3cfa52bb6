package backup

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sop"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

const theCase workflow.CaseID = "LKS-2026-00001-3"

// wholeOffice gives an office in which every file that a record names is there: a case
// with a document and a letter, and a chat with a file in its draft. It gives the keys of
// the three.
func wholeOffice(t *testing.T) (place storage.Config, d *storage.Data, keys []string) {
	t.Helper()
	place = storage.Config{Dir: t.TempDir()}
	d, keys = wholeOfficeAt(t, place)
	return place, d, keys
}

func wholeOfficeAt(t *testing.T, place storage.Config) (d *storage.Data, keys []string) {
	t.Helper()
	d, err := storage.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for _, content := range []string{"dokumen CONTOH", strings.Repeat("surat CONTOH ", 30_000), "draf CONTOH"} {
		key, _, err := d.Files.Put(t.Context(), strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	def, source, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Store.SaveSOP(t.Context(), def.Ref, source); err != nil {
		t.Fatal(err)
	}
	for i, id := range []workflow.CaseID{theCase, "LKS-2026-00002-1"} {
		c := workflowtest.Case(id, now())
		c.SOP = def.Ref
		c.Documents, c.Letters = c.Documents[:1], c.Letters[:1]
		c.Documents[0].Files = []workflow.File{{SHA256: keys[0], Name: "akta.pdf"}}
		c.Letters[0].File = workflow.File{SHA256: keys[1], Name: "izin.pdf"}
		if i > 0 {
			c.Documents, c.Letters = nil, nil
		}
		change, err := workflowtest.Change(c, now(), "k")
		if err != nil {
			t.Fatal(err)
		}
		commit(t, d, store.UnitOfWork{Cases: []store.CaseChange{change}})
	}
	remember(t, d, 0, keys[2])
	return d, keys
}

func commit(t *testing.T, d *storage.Data, unit store.UnitOfWork) {
	t.Helper()
	if _, err := d.Store.Commit(t.Context(), now(), unit); err != nil {
		t.Fatal(err)
	}
}

// remember has a chat keep a file in its state, or none.
func remember(t *testing.T, d *storage.Data, version int, key string) {
	t.Helper()
	state := []byte(`{"draft":{"code":"B1","files":[{"sha256":"` + key + `","name":"draf.pdf"}]}}`)
	commit(t, d, store.UnitOfWork{Conversation: &bot.Conversation{Chat: "test:0812345678", Version: version, State: state}})
}

func contentAt(dir, key string) string { return filepath.Join(dir, "files", key[:2], key[2:]) }

// damages are ways to damage a backup, each with what is told of it.
func damages(keys []string) map[string]struct {
	do   func(dir string) error
	want string
} {
	return map[string]struct {
		do   func(dir string) error
		want string
	}{
		"a truncated file": {func(dir string) error { return os.Truncate(contentAt(dir, keys[1]), 1000) }, "berubah atau rusak"},
		"a flipped bit":    {func(dir string) error { return edit(contentAt(dir, keys[1]), 5000) }, "berubah atau rusak"},
		"a removed file":   {func(dir string) error { return os.Remove(contentAt(dir, keys[0])) }, "tidak ada"},
		"a pipe": {func(dir string) error {
			return errors.Join(os.Remove(contentAt(dir, keys[0])), os.Mkdir(contentAt(dir, keys[0]), 0o700))
		}, "bukan berkas biasa"},
		"swapped files": {func(dir string) error {
			a, b := contentAt(dir, keys[0]), contentAt(dir, keys[1])
			return errors.Join(os.Rename(a, b+"x"), os.Rename(b, a), os.Rename(b+"x", b))
		}, "berubah atau rusak"},
		"an extra file":     {func(dir string) error { return os.WriteFile(filepath.Join(dir, "files", "x"), nil, 0o600) }, "tidak ada di daftar isi"},
		"the database":      {func(dir string) error { return edit(filepath.Join(dir, "izinbot.db"), 9000) }, "izinbot.db: berubah"},
		"an entry less":     {func(dir string) error { return rewrite(dir, func(m *Manifest) { m.Files = m.Files[:len(m.Files)-1] }) }, "segel"},
		"an entry and file": {func(dir string) error { return leaveOut(dir, keys[0]) }, "segel"},
		"an entry more": {func(dir string) error {
			path := filepath.Join(dir, "kalender.yaml")
			return errors.Join(os.WriteFile(path, nil, 0o600), rewrite(dir, func(m *Manifest) {
				m.Files = append(m.Files, Item{Path: "kalender.yaml", SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
			}))
		}, "segel"},
		"another instant":  {func(dir string) error { return rewrite(dir, func(m *Manifest) { m.Begun = m.Begun.AddDate(0, 0, 1) }) }, "segel"},
		"a changed seal":   {func(dir string) error { return rewrite(dir, func(m *Manifest) { m.Seal = strings.Repeat("0", 64) }) }, "segel"},
		"a removed seal":   {func(dir string) error { return rewrite(dir, func(m *Manifest) { m.Seal = "" }) }, "segel"},
		"space in between": {func(dir string) error { return respace(dir) }, "not what was written"},
		"no manifest":      {func(dir string) error { return os.Remove(filepath.Join(dir, manifestFile)) }, "interrupted"},
	}
}

// rewrite changes a manifest as somebody without the key can.
func rewrite(dir string, change func(m *Manifest)) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	change(&m)
	return m.write(dir)
}

// leaveOut removes a file and its entry.
func leaveOut(dir, key string) error {
	return errors.Join(os.Remove(contentAt(dir, key)), rewrite(dir, func(m *Manifest) {
		m.Files = slices.DeleteFunc(m.Files, func(i Item) bool { return i.Path == contentPath(key) })
	}))
}

func respace(dir string) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestFile), data, 0o600)
}

// TestEveryDamageIsFound: restore refuses each and leaves nothing behind, not even the
// directories above; verify tells each, and leaves the backup as it was.
func TestEveryDamageIsFound(t *testing.T) {
	t.Parallel()
	place, _, keys := wholeOffice(t)
	for what, c := range damages(keys) {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			from, above, temp := take(t, place, true), t.TempDir(), t.TempDir()
			if err := c.do(from); err != nil {
				t.Fatal(err)
			}
			before := listed(t, from)
			to := storage.Config{Dir: filepath.Join(above, "a", "b"), KeyFile: filepath.Join(above, "k", "key.json")}
			if _, err := Restore(t.Context(), Restoring{From: from, To: to}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("restore: %v", err)
			}
			v := Verify(t.Context(), Verifying{From: from, Temp: temp})
			told := strings.Join(v.Faults, "\n")
			for _, err := range v.Unsure {
				told += "\n" + err.Error()
			}
			if v.Good() || !strings.Contains(told, c.want) || !v.Bad() && what != "a removed seal" {
				t.Errorf("verify: %+v", v)
			}
			for _, dir := range []string{above, temp} {
				if left := listed(t, dir); len(left) != 0 {
					t.Errorf("left behind: %v", left)
				}
			}
			if after := listed(t, from); !slices.Equal(before, after) {
				t.Errorf("the backup changed: %v, %v", before, after)
			}
		})
	}
}

// listed gives all files and directories below one, with their contents.
func listed(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		content := ""
		if e.Type().IsRegular() {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			content = string(b)
		}
		all = append(all, path+"\x00"+content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestVerdicts: a whole backup is good; without its key, with another's, and from an
// older version nobody can tell.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	place, _, _ := wholeOffice(t)
	other, _, _ := wholeOffice(t)
	with, without, old := take(t, place, true), take(t, place, false), take(t, place, true)
	unseal := func(m *Manifest) { m.Form, m.Seal = formUnsealed, "" }
	if err := rewrite(old, unseal); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		o      Verifying
		good   bool
		unsure error
	}{
		"with its key":      {Verifying{From: with}, true, nil},
		"its key apart":     {Verifying{From: without, KeyFile: place.Keys()}, true, nil},
		"without a key":     {Verifying{From: without}, false, ErrNoKey},
		"with another's":    {Verifying{From: without, KeyFile: other.Keys()}, false, filestore.ErrOtherKey},
		"an old one":        {Verifying{From: old}, false, ErrUnsealed},
		"no room to unpack": {Verifying{From: with, Temp: filepath.Join(t.TempDir(), "none")}, false, os.ErrNotExist},
	} {
		v := Verify(t.Context(), c.o)
		if v.Bad() || v.Good() != c.good || c.unsure != nil && !errors.Is(errors.Join(v.Unsure...), c.unsure) {
			t.Errorf("%s: %+v", what, v)
		}
		if c.good && (v.Report.Cases != 2 || v.Report.Files != 3 || v.Report.Letters != 1 || v.Report.Entries != 2) {
			t.Errorf("%s: %+v", what, v.Report)
		}
	}
	to := storage.Config{Dir: filepath.Join(t.TempDir(), "baru")}
	if _, err := Restore(t.Context(), Restoring{From: old, To: to}); !errors.Is(err, ErrUnsealed) {
		t.Errorf("an old one: %v", err)
	}
	if _, err := Restore(t.Context(), Restoring{From: old, To: to, Unsealed: true}); err != nil {
		t.Errorf("an old one that is trusted: %v", err)
	}
}

// TestLacksOfTheOffice: what is damaged or missing in the office is named, with its case
// and document, and the backup is kept.
func TestLacksOfTheOffice(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		do   func(dir string, keys []string) error
		want []string
	}{
		"a removed document": {
			func(dir string, keys []string) error { return os.Remove(contentAt(dir, keys[0])) },
			[]string{string(theCase) + ": dokumen B1: berkas tidak ada"},
		},
		"a damaged letter": {
			func(dir string, keys []string) error { return edit(contentAt(dir, keys[1]), 9000) },
			[]string{string(theCase) + ": surat surat_0: berkas rusak"},
		},
		"a truncated letter": {
			func(dir string, keys []string) error { return os.Truncate(contentAt(dir, keys[1]), 4096) },
			[]string{string(theCase) + ": surat surat_0: berkas rusak"},
		},
		"swapped": {func(dir string, keys []string) error {
			a, b := contentAt(dir, keys[0]), contentAt(dir, keys[1])
			return errors.Join(os.Rename(a, b+"x"), os.Rename(b, a), os.Rename(b+"x", b))
		}, []string{"dokumen B1: berkas rusak", "surat surat_0: berkas rusak"}},
		"of a draft": {
			func(dir string, keys []string) error { return os.Remove(contentAt(dir, keys[2])) },
			[]string{"percakapan test …678: dokumen B1: berkas tidak ada"},
		},
		"a case": {func(dir string, _ []string) error {
			return exec(t.Context(), dir, "UPDATE cases SET doc = x'ffff' WHERE id = '"+string(theCase)+"'")
		}, []string{string(theCase) + ": permohonan tidak terbaca"}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			place, _, keys := wholeOffice(t)
			if err := c.do(place.Dir, keys); err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(t.TempDir(), "cadangan")
			taken, err := Take(t.Context(), Options{From: place, To: to, Key: true}, now())
			if err != nil || taken.Unsure != nil || len(taken.Report.Faults) != len(c.want) || taken.Report.Cases != 2 {
				t.Fatalf("%+v, %v", taken, err)
			}
			v := Verify(t.Context(), Verifying{From: to, Temp: t.TempDir()})
			if len(v.Faults) > 0 || len(v.Unsure) > 0 || !v.Bad() {
				t.Errorf("verify: %+v", v)
			}
			for i, want := range c.want {
				if !strings.Contains(taken.Lacks[i], want) || !strings.Contains(v.Report.Faults[i].String(), want) {
					t.Errorf("%v, %v", taken.Lacks, v.Report.Faults)
				}
			}
			restored := storage.Config{Dir: filepath.Join(t.TempDir(), "baru")}
			if _, err := Restore(t.Context(), Restoring{From: to, To: restored}); err != nil {
				t.Errorf("what is left is not restored: %v", err)
			}
		})
	}
}

func exec(ctx context.Context, dir, statement string) error {
	db, err := sql.Open("sqlite", filepath.Join(dir, storage.DatabaseFile))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}

// TestSweptFilesAreNoLack: a file that goes while the backup is taken, since nobody
// names it any more, is no lack; one that is still named is.
func TestSweptFilesAreNoLack(t *testing.T) {
	t.Parallel()
	place, d, keys := wholeOffice(t)
	swept := false
	taking := taking{ctx: t.Context(), from: place.Dir, records: place.Dir, to: filepath.Join(t.TempDir(), "cadangan"), m: Manifest{Form: form, Begun: now(), Key: true}}
	taking.saved = func() { // the database is saved, its files are not
		if swept {
			return
		}
		swept = true
		remember(t, d, 1, "")
		if err := os.Remove(contentAt(place.Dir, keys[2])); err != nil {
			t.Error(err)
		}
	}
	if err := os.Mkdir(taking.to, 0o700); err != nil {
		t.Fatal(err)
	}
	taken, err := taking.take(Options{From: place, To: taking.to, Key: true})
	if err != nil || taken.Unsure != nil || len(taken.Report.Faults) > 0 || !slices.Equal(taken.Dropped, keys[2:]) || !swept {
		t.Fatalf("%+v, %v", taken, err)
	}
	if v := Verify(t.Context(), Verifying{From: taking.to, Temp: t.TempDir()}); !v.Good() {
		t.Errorf("%+v", v)
	}
}
