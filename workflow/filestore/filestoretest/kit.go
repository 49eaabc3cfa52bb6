// Package filestoretest is the conformance suite that every backend of a
// [filestore.Store] passes.
package filestoretest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"izinbot/workflow/filestore"
)

// Kit is an empty backend under test and what is known of its inside.
type Kit struct {
	// KeyFile is the file of its keys.
	KeyFile string
	// Open opens the backend, as often as it is called, with the clock; the test closes it.
	Open  func() (*filestore.Store, error)
	Clock *Clock
	// Kept gives the encrypted bytes of what has a name.
	Kept func(t *testing.T, name string) []byte
	// Change puts other bytes in their place.
	Change func(t *testing.T, name string, to []byte)
	// Count counts contents, whole or not, that take room.
	Count func(t *testing.T) int
	// Dump gives all that can be read by whoever has the backend but not the keys.
	Dump func(t *testing.T) []byte
}

// Clock is set by a test.
type Clock struct{ At time.Time }

// Now is the clock of a store.
func (c *Clock) Now() time.Time { return c.At }

// NewClock gives a clock that shows a made-up day.
func NewClock() *Clock { return &Clock{time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC)} }

// Run checks a backend; fresh gives an empty one for each case.
func Run(t *testing.T, fresh func(t *testing.T) *Kit) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, *Kit){
		"what was put is read again":      roundTrip,
		"the same is stored once":         once,
		"nothing can be read of it":       unreadable,
		"what is no name is not there":    unknown,
		"damage is found":                 damaged,
		"a broken upload leaves nothing":  broken,
		"names are listed in order":       names,
		"memory stays small":              memory,
		"other keys are refused":          otherKeys,
		"lost keys are explained":         lostKeys,
		"secrets are sealed":              sealer,
		"two stores agree on one content": together,
		"what is old can be removed":      removal,
		"what is put again stays":         renewal,
		"removing and putting at once":    contested,
		"what nobody took is retracted":   retraction,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

// Open opens the backend for the length of the test.
func (k *Kit) open(t *testing.T) *filestore.Store {
	t.Helper()
	s, err := k.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// Content gives made-up bytes, the same ones for the same size.
func Content(size int) []byte {
	b := make([]byte, size)
	r := rand.New(rand.NewPCG(1, uint64(size)))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// Sum is the name of a content.
func Sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Put stores bytes and gives their name.
func Put(t *testing.T, s *filestore.Store, b []byte) string {
	t.Helper()
	key, size, err := s.Put(t.Context(), bytes.NewReader(b))
	if err != nil || key != Sum(b) || size != int64(len(b)) {
		t.Fatalf("put %d bytes: %s, %d, %v", len(b), key, size, err)
	}
	return key
}

// Get reads a content to its end.
func Get(t *testing.T, s *filestore.Store, key string) ([]byte, error) {
	t.Helper()
	r, err := s.Open(t.Context(), key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}
