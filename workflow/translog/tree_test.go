package translog_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"izinbot/workflow/translog"
)

func entry(n int) translog.Entry {
	return translog.Commit([]byte("garam CONTOH"), binary.BigEndian.AppendUint64(nil, uint64(n)))
}

// TestRootAgreesWithTheLibrary compares the root at every size with that of the library's own
// storage of hashes, and proves each entry by it.
func TestRootAgreesWithTheLibrary(t *testing.T) {
	t.Parallel()
	var tree translog.Tree
	var all translog.Entries
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			out[i] = stored[at]
		}
		return out, nil
	})
	for n := range 300 {
		e := entry(n)
		hashes, err := tlog.StoredHashes(int64(n), e[:], reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		tree.Append(e)
		all = append(all, e)
		want, err := tlog.TreeHash(int64(n+1), reader)
		if err != nil || tree.Root() != want || tree.Size() != int64(n+1) {
			t.Fatalf("root of %d entries: %v, want %v, %v", n+1, tree.Root(), want, err)
		}
	}
	for _, n := range []int64{0, 1, 127, 255, 256, 299} {
		proof, err := tlog.ProveRecord(tree.Size(), n, all)
		if err != nil || tlog.CheckRecord(proof, tree.Size(), tree.Root(), n, all[n].Leaf()) != nil {
			t.Errorf("entry %d is not proven: %v", n, err)
		}
		if tlog.CheckRecord(proof, tree.Size(), tree.Root(), n, entry(1000).Leaf()) == nil {
			t.Errorf("another entry is proven in the place of %d", n)
		}
	}
}

func TestEntryOfAnErasedSaltTellsNothing(t *testing.T) {
	t.Parallel()
	if translog.Commit([]byte("a"), []byte("isi")) == translog.Commit([]byte("b"), []byte("isi")) {
		t.Error("the same content has the same entry under another salt")
	}
	if translog.Commit([]byte("a"), []byte("isi")) == translog.Commit([]byte("a"), []byte("isj")) {
		t.Error("other content has the same entry")
	}
}

func key(t *testing.T, b byte) translog.Key {
	t.Helper()
	k, err := translog.NewKey(bytes.Repeat([]byte{b}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestCheckpoint: what is signed is read again, and any other text is not.
func TestCheckpoint(t *testing.T) {
	t.Parallel()
	var tree translog.Tree
	for n := range 7 {
		tree.Append(entry(n))
	}
	k := key(t, 1)
	c, signed, err := k.Checkpoint(&tree)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := translog.Open(signed, k.Public()); err != nil || again != c || again.Size != 7 || again.Root != tree.Root() {
		t.Errorf("%+v, %v", again, err)
	}
	text := string(signed)
	for name, other := range map[string]string{
		"another size":   strings.Replace(text, "\n7\n", "\n8\n", 1),
		"another root":   strings.Replace(text, c.Root.String()[:4], "AAAA", 1),
		"another origin": strings.Replace(text, "izinbot/", "izinbos/", 1),
		"no signature":   c.String(),
		"nothing":        "",
	} {
		if _, err := translog.Open([]byte(other), k.Public()); !errors.Is(err, translog.ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := translog.Open(signed, key(t, 2).Public()); !errors.Is(err, translog.ErrCheckpoint) {
		t.Errorf("by another key: %v", err)
	}
	if len(c.Short()) != 14 || strings.Count(c.Short(), "-") != 2 {
		t.Errorf("short form %q", c.Short())
	}
}

// FuzzCheckpoint: a text that is read is written the same way.
func FuzzCheckpoint(f *testing.F) {
	f.Add("izinbot/00\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Add("a\n007\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := translog.ParseCheckpoint(text)
		if err == nil && !strings.HasPrefix(text, c.String()) {
			t.Errorf("%q is read as %q", text, c.String())
		}
	})
}
