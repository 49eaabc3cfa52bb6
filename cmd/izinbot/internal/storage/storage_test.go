package storage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow"
)

func TestOpenMakesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	cfg := Config{Dir: filepath.Join(t.TempDir(), "baru")}
	if cfg.Exists() {
		t.Error("nothing was made yet")
	}
	data, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if !cfg.Exists() {
		t.Error("there is no database")
	}
	if _, err := data.Store.Case(t.Context(), "LKS-2026-00001-5"); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("a case of an empty store: %v", err)
	}
	key, _, err := data.Files.Put(t.Context(), strings.NewReader("CONTOH"))
	if err != nil {
		t.Fatal(err)
	}
	if err := data.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err = Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	content, err := data.Files.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if err := content.Close(); err != nil {
		t.Error(err)
	}
	if err := data.Close(); err != nil {
		t.Error(err)
	}
}

func TestOneProcessHasThePlace(t *testing.T) {
	t.Parallel()
	cfg := Config{Dir: t.TempDir()}
	first, err := OpenRecords(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := Open(t.Context(), cfg); !InUse(err) || second != nil {
		t.Errorf("%v, %v", second, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := OpenRecords(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// TestFailedOpenHoldsNothing: whoever mends what was wrong can open at once.
func TestFailedOpenHoldsNothing(t *testing.T) {
	t.Parallel()
	cfg := Config{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(cfg.Dir, "files"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := Open(t.Context(), cfg); err == nil || InUse(err) || data != nil {
		t.Errorf("%v, %v", data, err)
	}
	if err := os.Remove(filepath.Join(cfg.Dir, "files")); err != nil {
		t.Fatal(err)
	}
	data, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := data.Close(); err != nil {
		t.Error(err)
	}
}
