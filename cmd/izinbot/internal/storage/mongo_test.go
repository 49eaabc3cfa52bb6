//go:build !nomongo

package storage

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/filestore"
	"izinbot/workflow/mongostore"
)

// TestMongoHoldsEverything: a second node finds what the first has stored, if it has
// its keys; in its directory there is nothing but them.
func TestMongoHoldsEverything(t *testing.T) {
	t.Parallel()
	cfg := mongoConfig(t)
	first, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
	if err := first.Store.SaveSOP(t.Context(), sopRef(), []byte("x")); err != nil {
		t.Fatal(err)
	}
	name, _, err := first.Files.Put(t.Context(), strings.NewReader("CONTOH"))
	if err != nil {
		t.Fatal(err)
	}
	other := cfg
	other.Dir = t.TempDir()
	if _, err := Open(t.Context(), other); !errors.Is(err, filestore.ErrKeyLost) {
		t.Errorf("without the keys: %v", err)
	}
	other.KeyFile = cfg.Keys()
	second, err := Open(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if _, err := second.Store.SOPSource(t.Context(), sopRef()); err != nil {
		t.Error(err)
	}
	if err := ReadThrough(t.Context(), second.Files, name); err != nil {
		t.Error(err)
	}
	kept, err := filepath.Glob(filepath.Join(cfg.Dir, "*", "*"))
	if err != nil || len(kept) != 1 || kept[0] != cfg.Keys() {
		t.Errorf("kept %v, %v", kept, err)
	}
}

func TestApart(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string]string{
		"mongodb://a/izin":                                    "mongodb://a/izin_demo",
		"mongodb://a:1,b:2/izin?replicaSet=rs0":               "mongodb://a:1,b:2/izin_demo?replicaSet=rs0",
		"mongodb://u:p@a/izin":                                "mongodb://u:p@a/izin_demo?authSource=izin",
		"mongodb://u:p@a/izin?tls=true":                       "mongodb://u:p@a/izin_demo?tls=true&authSource=izin",
		"mongodb://u:p@a/izin?authSource=admin&replicaSet=rs": "mongodb://u:p@a/izin_demo?authSource=admin&replicaSet=rs",
	} {
		apart, err := Config{MongoURI: uri}.Apart("_demo")
		if err != nil || apart.MongoURI != want {
			t.Errorf("%s: %s, %v", uri, apart.MongoURI, err)
		}
		if name, err := mongostore.DatabaseName(apart.MongoURI); err != nil || name != "izin_demo" {
			t.Errorf("%s: %s, %v", uri, name, err)
		}
	}
	for _, uri := range []string{"mongodb://u:rahasia@a", "mongodb://u:rahasia@a/?x=y", "postgres://rahasia/x"} {
		if err := CheckURI(uri); err == nil || strings.Contains(err.Error(), "rahasia") {
			t.Errorf("%v", err)
		}
	}
}

func TestFreshIsDropped(t *testing.T) {
	t.Parallel()
	cfg := mongoConfig(t)
	fresh, err := cfg.Fresh()
	if err != nil || fresh.MongoURI == cfg.MongoURI {
		t.Fatal(err)
	}
	for range 2 {
		s, err := OpenRecords(t.Context(), fresh)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.SOPSource(t.Context(), sopRef()); err == nil {
			t.Error("it is not fresh")
		}
		if err := errors.Join(s.SaveSOP(t.Context(), sopRef(), []byte("x")), s.Close(), Drop(t.Context(), fresh)); err != nil {
			t.Fatal(err)
		}
	}
}
