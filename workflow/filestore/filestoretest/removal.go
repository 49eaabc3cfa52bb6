package filestoretest

import (
	"bytes"
	"errors"
	"io/fs"
	"sync"
	"testing"
	"time"

	"izinbot/workflow/filestore"
)

func removed(t *testing.T, s *filestore.Store, key string, before time.Time) bool {
	t.Helper()
	gone, err := s.Remove(t.Context(), key, before)
	if err != nil {
		t.Fatal(err)
	}
	return gone
}

// there fails unless a content can be read, or cannot, as wanted.
func there(t *testing.T, s *filestore.Store, content []byte, want bool) {
	t.Helper()
	got, err := Get(t, s, Sum(content))
	if want && (err != nil || !bytes.Equal(got, content)) {
		t.Errorf("%d bytes are not there: %v", len(content), err)
	}
	if !want && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%d bytes are there still: %v", len(content), err)
	}
}

func removal(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	day := k.Clock.At
	small, large := Content(10), Content(600_000)
	Put(t, s, small)
	k.Clock.At = day.Add(time.Hour)
	Put(t, s, large)
	for _, key := range []string{"", "../key.json", Sum([]byte("nobody's"))} {
		if removed(t, s, key, day.Add(48*time.Hour)) {
			t.Errorf("%q was removed", key)
		}
	}
	if removed(t, s, Sum(small), day) {
		t.Error("removed though it was put at that instant")
	}
	list, err := s.List(t.Context(), "", 10)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	for _, c := range list {
		if want := map[string]time.Time{Sum(small): day, Sum(large): day.Add(time.Hour)}[c.Name]; !c.Put.Equal(want) || c.Size < 10 {
			t.Errorf("listed %+v, want it put at %v", c, want)
		}
	}
	for n, content := range [][]byte{small, large} {
		if !removed(t, s, Sum(content), day.Add(2*time.Hour)) || removed(t, s, Sum(content), day.Add(2*time.Hour)) {
			t.Error("not removed, or twice")
		}
		there(t, s, content, false)
		if left := k.Count(t); left != 1-n {
			t.Errorf("%d contents take room", left)
		}
	}
	Put(t, s, large)
	there(t, s, large, true)
}

func renewal(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	day := k.Clock.At
	Put(t, s, Content(100))
	k.Clock.At = day.Add(30 * time.Hour)
	Put(t, s, Content(100))
	if removed(t, s, Sum(Content(100)), day.Add(24*time.Hour)) {
		t.Error("removed though it was put again later")
	}
	there(t, s, Content(100), true)
}

// contested removes a content as old while others put it: whoever's Put has ended finds
// it there.
func contested(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	day := k.Clock.At
	content := Content(5000)
	for range 20 {
		k.Clock.At = day
		Put(t, s, content)
		k.Clock.At = day.Add(48 * time.Hour)
		var both sync.WaitGroup
		both.Go(func() {
			if _, err := s.Remove(t.Context(), Sum(content), day.Add(24*time.Hour)); err != nil {
				t.Error(err)
			}
		})
		both.Go(func() {
			if _, _, err := s.Put(t.Context(), bytes.NewReader(content)); err != nil {
				t.Error(err)
			}
		})
		both.Wait()
		there(t, s, content, true)
		if !removed(t, s, Sum(content), day.Add(72*time.Hour)) {
			t.Error("it was put, and is not there to be removed")
		}
	}
	if left := k.Count(t); left != 0 {
		t.Errorf("%d contents take room", left)
	}
}

func retraction(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	retract := func(content []byte) {
		t.Helper()
		if err := s.Retract(t.Context(), Sum(content)); err != nil {
			t.Error(err)
		}
	}
	alone, twice, old := Content(11), Content(600_001), Content(13)
	retract(alone) // nobody has put it
	Put(t, s, alone)
	Put(t, s, twice)
	Put(t, s, twice)
	Put(t, s, old)
	retract(alone)
	retract(twice)
	there(t, s, alone, false)
	there(t, s, twice, true)
	Put(t, s, alone)
	retract(alone)
	there(t, s, alone, false)
	// A content that another run of the process has put may be named by a record.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = k.open(t)
	retract(old)
	Put(t, s, old)
	retract(old)
	there(t, s, old, true)
	if left := k.Count(t); left != 2 {
		t.Errorf("%d contents take room", left)
	}
}
