package capped_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"izinbot/bot/internal/capped"
)

// TestUpToTheLimit has contents around the limit arrive whole, or fail; in the
// pieces that a network makes of them, and whatever the reader's buffer.
func TestUpToTheLimit(t *testing.T) {
	pieces := map[string]func(io.Reader) io.Reader{
		"whole":        func(r io.Reader) io.Reader { return r },
		"byte by byte": iotest.OneByteReader,
		"halves":       iotest.HalfReader,
		"end at once":  iotest.DataErrReader,
	}
	for name, cut := range pieces {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				content := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "content")
				limit := rapid.IntRange(0, 40).Draw(t, "limit")
				r := capped.New(cut(bytes.NewReader(content)), int64(limit))
				buffer := make([]byte, rapid.IntRange(1, 50).Draw(t, "buffer"))
				got, err := read(r, buffer)
				if want := content[:min(limit, len(content))]; !bytes.Equal(got, want) {
					t.Fatalf("read %x, want %x", got, want)
				}
				if over := len(content) > limit; errors.Is(err, capped.ErrOver) != over || errors.Is(r.Err(), capped.ErrOver) != over {
					t.Fatalf("%d bytes, limit %d: %v, %v", len(content), limit, err, r.Err())
				}
			})
		})
	}
}

// read reads all with one buffer; the end is no error.
func read(r io.Reader, buffer []byte) (got []byte, err error) {
	for {
		n, err := r.Read(buffer)
		got = append(got, buffer[:n]...)
		if errors.Is(err, io.EOF) {
			return got, nil
		}
		if err != nil {
			return got, err
		}
	}
}

// TestOverStaysOver has a store try once more.
func TestOverStaysOver(t *testing.T) {
	r := capped.New(bytes.NewReader(make([]byte, 10)), 4)
	if _, err := io.ReadAll(r); !errors.Is(err, capped.ErrOver) {
		t.Fatalf("read: %v", err)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, capped.ErrOver) {
		t.Errorf("after the limit: %d, %v", n, err)
	}
}

// TestWhoFailed tells a broken connection from the end.
func TestWhoFailed(t *testing.T) {
	broken := errors.New("broken")
	r := capped.New(io.MultiReader(bytes.NewReader([]byte("ab")), iotest.ErrReader(broken)), 10)
	if got, err := io.ReadAll(r); string(got) != "ab" || !errors.Is(err, broken) || !errors.Is(r.Err(), broken) {
		t.Errorf("%q, %v, %v", got, err, r.Err())
	}
	r = capped.New(bytes.NewReader([]byte("ab")), 2)
	if got, err := io.ReadAll(r); string(got) != "ab" || err != nil || r.Err() != nil {
		t.Errorf("%q, %v, %v", got, err, r.Err())
	}
}
