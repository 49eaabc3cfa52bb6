// Package bottest stands in for what surrounds a channel, where a test is about
// something else.
package bottest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"sync"

	"izinbot/bot"
)

var _ bot.Files = (*Files)(nil)

// Files is a file store in memory. The zero value is empty.
type Files struct {
	mu   sync.Mutex
	all  map[string][]byte
	puts map[string]int
}

// Put implements [bot.Files].
func (f *Files) Put(_ context.Context, content io.Reader) (string, int64, error) {
	b, err := io.ReadAll(content)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(b)
	key := hex.EncodeToString(sum[:])
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all == nil {
		f.all, f.puts = map[string][]byte{}, map[string]int{}
	}
	f.all[key] = b
	f.puts[key]++
	return key, int64(len(b)), nil
}

// Retract removes a content that was put once.
func (f *Files) Retract(_ context.Context, key string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.puts[key] == 1 {
		delete(f.all, key)
		delete(f.puts, key)
	}
	return nil
}

// Open implements [bot.Files]. What it gives can be read and closed, and nothing
// more: not even its address, as with the product's own.
func (f *Files) Open(_ context.Context, key string) (io.ReadCloser, error) {
	b, ok := f.get(key)
	if !ok {
		return nil, fs.ErrNotExist
	}
	return struct {
		io.Reader
		io.Closer
	}{bytes.NewReader(b), io.NopCloser(nil)}, nil
}

// Forget removes everything.
func (f *Files) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all, f.puts = nil, nil
}

// Content gives what stands under a key, and nil if nothing does.
func (f *Files) Content(key string) []byte {
	b, _ := f.get(key)
	return b
}

// Len gives how many contents there are.
func (f *Files) Len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.all)
}

func (f *Files) get(key string) ([]byte, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b, ok := f.all[key]
	return b, ok
}
