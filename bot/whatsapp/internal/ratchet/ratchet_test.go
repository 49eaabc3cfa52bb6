//go:build !nowhatsapp

package ratchet

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"go.mau.fi/whatsmeow/store"
)

// buffer is the library's store of what was decrypted, as far as the guard minds.
type buffer struct {
	store.EventBuffer
	store.SessionStore
	plain map[[32]byte][]byte
}

func (b *buffer) GetBufferedEvent(_ context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	if p, ok := b.plain[hash]; ok {
		return &store.BufferedEvent{Plaintext: p}, nil
	}
	return nil, nil
}

func (*buffer) DoDecryptionTxn(ctx context.Context, f func(context.Context) error) error {
	return f(ctx)
}

func (*buffer) GetManySessions(context.Context, []string) (map[string][]byte, error) { return nil, nil }

func (*buffer) PutManySessions(context.Context, map[string][]byte) error { return nil }

func guarded() (*store.Device, *buffer) {
	b := &buffer{plain: map[[32]byte][]byte{}}
	d := &store.Device{Sessions: b, EventBuffer: b}
	Guard(d)
	Guard(d) // twice is once
	return d, b
}

// decrypt does what the library does with a message, and waits for until in the
// middle of it. It tells whether the message had been decrypted before.
func decrypt(t *testing.T, d *store.Device, b *buffer, hash [32]byte, until <-chan struct{}) (before bool) {
	t.Helper()
	e, err := d.EventBuffer.GetBufferedEvent(t.Context(), hash)
	if err != nil {
		t.Error(err)
	}
	if e != nil {
		return true
	}
	err = d.EventBuffer.DoDecryptionTxn(t.Context(), func(context.Context) error {
		<-until
		b.plain[hash] = []byte("CONTOH")
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return false
}

func TestTheSameMessageIsNotDecryptedTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, b := guarded()
		until, twice := make(chan struct{}), make(chan bool, 2)
		for range 2 {
			go func() { twice <- decrypt(t, d, b, [32]byte{1}, until) }()
		}
		synctest.Wait()
		if len(twice) > 0 {
			t.Error("the second did not wait for the first")
		}
		close(until)
		if a, b := <-twice, <-twice; a == b {
			t.Error("both decrypted it, or none")
		}
	})
}

func TestNothingIsDecryptedWhileAMessageIsEncrypted(t *testing.T) {
	at := make(chan struct{})
	close(at)
	for name, leave := range map[string]func(d *store.Device, ctx context.Context, done func()){
		"the keys are written": func(d *store.Device, ctx context.Context, _ func()) { _ = d.Sessions.PutManySessions(ctx, nil) },
		"sending has failed":   func(_ *store.Device, _ context.Context, done func()) { done() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, b := guarded()
				ctx, done := Holding(t.Context())
				for range 2 { // the library may read keys more than once
					if _, err := d.Sessions.GetManySessions(ctx, nil); err != nil {
						t.Fatal(err)
					}
				}
				read := make(chan bool, 1)
				go func() { read <- decrypt(t, d, b, [32]byte{1}, at) }()
				synctest.Wait()
				if len(read) > 0 {
					t.Error("it did not wait")
				}
				leave(d, ctx, done)
				<-read
				done()
				done()
				if before := decrypt(t, d, b, [32]byte{2}, at); before {
					t.Error("a new message is an old one")
				}
			})
		})
	}
}

func TestWhoWaitsForKeysCanBeStopped(t *testing.T) {
	d, _ := guarded()
	ctx, done := Holding(t.Context())
	defer done()
	if _, err := d.Sessions.GetManySessions(ctx, nil); err != nil {
		t.Fatal(err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.EventBuffer.GetBufferedEvent(stopped, [32]byte{}); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if _, err := d.Sessions.GetManySessions(t.Context(), nil); err != nil {
		t.Errorf("the library's own reading waits: %v", err)
	}
}
