package bottest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"izinbot/bot"
	"izinbot/bot/bottest"
)

func TestFilesAreFoundByTheirSum(t *testing.T) {
	var f bottest.Files
	for _, content := range []string{"", "%PDF-", "%PDF-"} {
		key, size, err := f.Put(t.Context(), strings.NewReader(content))
		sum := sha256.Sum256([]byte(content))
		if err != nil || size != int64(len(content)) || key != hex.EncodeToString(sum[:]) {
			t.Fatalf("%q is kept as %s, %d, %v", content, key, size, err)
		}
		r, err := f.Open(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if closing := r.Close(); err != nil || closing != nil || string(got) != content || !bytes.Equal(f.Content(key), got) {
			t.Errorf("%q came back as %q, %v, %v", content, got, err, closing)
		}
	}
	if f.Len() != 2 {
		t.Errorf("%d contents, want 2", f.Len())
	}
	if _, err := f.Open(t.Context(), strings.Repeat("0", 64)); !errors.Is(err, fs.ErrNotExist) || f.Content("0") != nil {
		t.Errorf("what was never put: %v", err)
	}
}

// TestBrokenUploadIsNotKept has a content fail half-way.
func TestBrokenUploadIsNotKept(t *testing.T) {
	var f bottest.Files
	broken := errors.New("broken")
	key, _, err := f.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || key != "" || f.Len() != 0 {
		t.Errorf("%d kept, as %q, %v", f.Len(), key, err)
	}
}

func TestLogOfManyGoroutines(t *testing.T) {
	var l bottest.Log
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { _, _ = fmt.Fprintf(&l, "line %d\n", i) })
	}
	all.Wait()
	if n := strings.Count(l.String(), "\n"); n != 20 {
		t.Errorf("%d lines", n)
	}
}

func TestInboxTakesWhatItDoesNotRefuse(t *testing.T) {
	var i bottest.Inbox
	first, second := bot.Inbound{ID: "test:1"}, bot.Inbound{ID: "test:2"}
	down := errors.New("down")
	i.Refuse(down)
	if err := i.Accept(t.Context(), first); !errors.Is(err, down) || len(i.All()) != 0 {
		t.Errorf("refused with %v, has %+v", err, i.All())
	}
	i.Refuse(nil)
	if err := i.Accept(t.Context(), first, second); err != nil {
		t.Fatal(err)
	}
	if all := i.All(); len(all) != 2 || all[0].ID != first.ID || i.Last(t).ID != second.ID {
		t.Errorf("has %+v", all)
	}
}
