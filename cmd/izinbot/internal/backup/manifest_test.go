package backup

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"izinbot/cmd/izinbot/internal/storage"
)

// FuzzManifest: whatever is in a manifest, it is read in one way or not at all, and
// leads nowhere out of the backup.
func FuzzManifest(f *testing.F) {
	for _, seed := range []string{"", "{}", `{"form":2,"files":[{"path":"../x"}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			return
		}
		again, err := json.MarshalIndent(m, "", "  ")
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("read as\n%s, %v", again, err)
		}
		named := false
		for _, i := range m.Files {
			if !filepath.IsLocal(filepath.FromSlash(i.Path)) || i.Path == manifestFile {
				t.Fatalf("it names %q", i.Path)
			}
			named = named || i.Path == storage.DatabaseFile
		}
		if !named {
			t.Fatal("it names no database")
		}
	})
}

// TestSealCoversAll: a seal of one office is worth nothing with the key of another, and
// each field is under it.
func TestSealCoversAll(t *testing.T) {
	t.Parallel()
	place, _, _ := wholeOffice(t)
	other, _, _ := wholeOffice(t)
	m := Manifest{Form: form, Begun: now(), Files: []Item{{Path: storage.DatabaseFile, Size: 1, SHA256: "a"}}, Dropped: []string{"d"}, Lacks: []string{"l"}}
	m, err := m.sealed(place.Keys())
	if err != nil {
		t.Fatal(err)
	}
	if err := m.checkSeal(place.Keys()); err != nil {
		t.Error(err)
	}
	if err := m.checkSeal(other.Keys()); err == nil {
		t.Error("another office's key fits")
	}
	for what, change := range map[string]func(*Manifest){
		"form": func(m *Manifest) { m.Form = 1 }, "begun": func(m *Manifest) { m.Begun = m.Begun.Add(1) },
		"key": func(m *Manifest) { m.Key = true }, "files": func(m *Manifest) { m.Files = nil },
		"size":    func(m *Manifest) { m.Files = []Item{{Path: storage.DatabaseFile, Size: 2, SHA256: "a"}} },
		"dropped": func(m *Manifest) { m.Dropped = nil }, "lacks": func(m *Manifest) { m.Lacks = nil },
		"seal": func(m *Manifest) { m.Seal = m.Seal[2:] },
	} {
		changed := m
		change(&changed)
		if err := changed.checkSeal(place.Keys()); err == nil {
			t.Errorf("%s is not under the seal", what)
		}
	}
}
