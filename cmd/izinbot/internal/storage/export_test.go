package storage

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"izinbot/workflow/store"
)

// line is a line of an export as any tool may read it.
type line struct {
	Kind   store.Kind                 `json:"kind"`
	ID     string                     `json:"id"`
	Record map[string]json.RawMessage `json:"record"`
	Counts map[store.Kind]int         `json:"counts"`
}

func readExport(t *testing.T, dir string) (lines []line) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, ExportRecords))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var l line
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			t.Fatalf("%v: %s", err, scan.Text())
		}
		lines = append(lines, l)
	}
	return lines
}

// TestExportHoldsEverything: each record once, with its document as JSON, the bytes
// over which a history's hashes are, and the content of every file.
func TestExportHoldsEverything(t *testing.T) {
	_, d := filled(t)
	dir := filepath.Join(t.TempDir(), "ekspor")
	lacks, err := Export(t.Context(), d, dir, func(store.Kind, int) {})
	if err != nil || len(lacks) > 0 {
		t.Fatal(lacks, err)
	}
	lines := readExport(t, dir)
	end := lines[len(lines)-1]
	counts := map[store.Kind]int{KindFile: 45}
	for _, l := range lines[:len(lines)-1] {
		counts[l.Kind]++
		if field := inner(l.Kind); field != "" && len(l.Record[field]) > 0 && l.Kind != store.KindSOP && l.Record[field][0] != '{' {
			t.Errorf("%s %s: its %s is %s", l.Kind, l.ID, field, l.Record[field])
		}
	}
	for _, kind := range append(store.Kinds(), KindFile) {
		if counts[kind] == 0 || end.Kind != KindEnd || end.Counts[kind] != counts[kind] {
			t.Errorf("%s: %d lines, %d counted by the line %q", kind, counts[kind], end.Counts[kind], end.Kind)
		}
	}
	sameRecords(t, portable(t, d), lines)
	names, err := d.Files.Names(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(dir, ExportFiles, name))
		if hash := sha256.Sum256(content); err != nil || hex.EncodeToString(hash[:]) != name {
			t.Errorf("file %s: %v", name, err)
		}
	}
}

// sameRecords fails unless the documents of entries in an export are those of a store,
// byte for byte.
func sameRecords(t *testing.T, s store.Portable, lines []line) {
	t.Helper()
	page, err := s.Records(t.Context(), store.KindEntry, "", 1000)
	if err != nil || len(page.Records) == 0 {
		t.Fatal(len(page.Records), err)
	}
	for _, r := range page.Records {
		var e store.PortableEntry
		if err := json.Unmarshal(r.Doc, &e); err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(lines, func(l line) bool {
			return l.Kind == store.KindEntry && l.ID == r.ID && string(l.Record["entry"]) == string(e.Entry)
		}) {
			t.Errorf("entry %s is not there as it is", r.ID)
		}
	}
}

func TestExportNamesWhatItLacks(t *testing.T) {
	cfg, d := filled(t)
	names, err := d.Files.Names(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	found := ""
	_ = filepath.WalkDir(cfg.files(), func(path string, _ os.DirEntry, _ error) error {
		if strings.Contains(filepath.Base(path), names[0][2:]) {
			found = path
		}
		return nil
	})
	if err := os.WriteFile(found, []byte("rusak"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "ekspor")
	lacks, err := Export(t.Context(), d, dir, func(store.Kind, int) {})
	if err != nil || !slices.Equal(lacks, names) {
		t.Errorf("lacks %v, %v; want %v", lacks, err, names)
	}
	if _, err := os.Stat(filepath.Join(dir, ExportFiles, names[0])); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something is left of it: %v", err)
	}
}

// TestHalfAnExportIsKnown: it has no last line; and an export does not mix with another.
func TestHalfAnExportIsKnown(t *testing.T) {
	_, d := filled(t)
	dir := filepath.Join(t.TempDir(), "ekspor")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Export(ctx, d, dir, func(kind store.Kind, _ int) {
		if kind == store.KindEntry {
			cancel()
		}
	})
	if err == nil {
		t.Fatal("it went on after the end of its context")
	}
	lines := readExport(t, dir)
	if len(lines) == 0 || lines[len(lines)-1].Kind == KindEnd {
		t.Errorf("%d lines, the last is an end", len(lines))
	}
	if _, err := Export(t.Context(), d, dir, func(store.Kind, int) {}); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
}
