//go:build !nowhatsapp

// Package ratchet keeps the WhatsApp library from working on the keys of a chat in two places
// at once.
package ratchet

import (
	"context"

	"go.mau.fi/whatsmeow/store"
)

// ratchet keeps the library from working on the keys of a chat in two places at
// once, which it does not do itself:
//
//   - When a connection is lost, the message that was being read goes on being read
//     while the next connection brings it again. The library would take the second
//     one, whose key the first has just used up, for an old one, and acknowledge it,
//     before anybody has stored it: a crash then would lose it, and what comes after
//     would overtake it.
//   - A message that is encrypted while one is decrypted puts back keys that the
//     other has moved on. The phone can then read nothing until it has asked for new
//     keys, and shows messages late and in the wrong order.
//
// Its one place is taken by whoever reads keys and given back when they are written.
type ratchet struct {
	place chan struct{}
}

// Guard puts a ratchet around the keys of a device that is linked.
func Guard(device *store.Device) {
	if _, done := device.Sessions.(guardedSessions); done || device.Sessions == nil {
		return
	}
	r := &ratchet{place: make(chan struct{}, 1)}
	device.Sessions = guardedSessions{device.Sessions, r}
	device.EventBuffer = guardedEvents{device.EventBuffer, r}
}

// GuardWhenLinked has a device guarded as soon as it is linked, and so has keys.
func GuardWhenLinked(device *store.Device) *store.Device {
	device.Container = guardedContainer{device.Container}
	return device
}

func (r *ratchet) take(ctx context.Context) error {
	select {
	case r.place <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *ratchet) give() {
	select {
	case <-r.place:
	default:
	}
}

// hold is the place that one call of the library's SendMessage has, or has not, at
// present. It goes with the call's context, for nothing else of ours does.
type hold struct{ ratchet *ratchet }

type holdKey struct{}

// Holding gives a context for one SendMessage. Whatever happens in it, done gives
// the place back.
func Holding(ctx context.Context) (_ context.Context, done func()) {
	h := &hold{}
	return context.WithValue(ctx, holdKey{}, h), h.drop
}

func (h *hold) drop() {
	if h != nil && h.ratchet != nil {
		h.ratchet.give()
		h.ratchet = nil
	}
}

func holdOf(ctx context.Context) *hold {
	h, _ := ctx.Value(holdKey{}).(*hold)
	return h
}

// guardedSessions takes the place from the moment that SendMessage reads keys until
// it has written them.
type guardedSessions struct {
	store.SessionStore
	ratchet *ratchet
}

func (g guardedSessions) GetManySessions(ctx context.Context, addresses []string) (map[string][]byte, error) {
	if h := holdOf(ctx); h != nil && h.ratchet == nil {
		if err := g.ratchet.take(ctx); err != nil {
			return nil, err
		}
		h.ratchet = g.ratchet
	}
	return g.SessionStore.GetManySessions(ctx, addresses)
}

func (g guardedSessions) PutManySessions(ctx context.Context, sessions map[string][]byte) error {
	defer holdOf(ctx).drop()
	return g.SessionStore.PutManySessions(ctx, sessions)
}

// guardedEvents takes the place when the library asks whether a message was decrypted
// before. If it was not, the library decrypts it next, and that gives the place back.
type guardedEvents struct {
	store.EventBuffer
	ratchet *ratchet
}

func (g guardedEvents) GetBufferedEvent(ctx context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	if err := g.ratchet.take(ctx); err != nil {
		return nil, err
	}
	buffered, err := g.EventBuffer.GetBufferedEvent(ctx, hash)
	if err != nil || buffered != nil {
		g.ratchet.give()
	}
	return buffered, err
}

func (g guardedEvents) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	defer g.ratchet.give()
	return g.EventBuffer.DoDecryptionTxn(ctx, decrypt)
}

// guardedContainer guards a device once it is saved for the first time.
type guardedContainer struct{ store.DeviceContainer }

func (g guardedContainer) PutDevice(ctx context.Context, device *store.Device) error {
	err := g.DeviceContainer.PutDevice(ctx, device)
	Guard(device)
	return err
}
