//go:build !nowhatsapp

package whatsapp_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/util/keys"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// root signs the certificates of all servers here, which run side by side.
var root = keys.NewKeyPair()

func TestMain(m *testing.M) {
	whatsmeow.WACertPubKey = *root.Pub
	os.Exit(m.Run())
}

var errStore = errors.New("the store is down")

// office is the far side of the channel: it stores what comes in, once.
type office struct {
	mu      sync.Mutex
	seen    map[string]bool
	inbox   []bot.Inbound
	failing func(in bot.Inbound) bool
	changed chan struct{}
}

func newOffice() *office { return &office{seen: map[string]bool{}, changed: make(chan struct{})} }

func (o *office) accept(_ context.Context, in ...bot.Inbound) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, m := range in {
		if o.failing != nil && o.failing(m) {
			return errStore
		}
		if !o.seen[m.ID] {
			o.seen[m.ID] = true
			o.inbox = append(o.inbox, m)
		}
	}
	close(o.changed)
	o.changed = make(chan struct{})
	return nil
}

func (o *office) all() []bot.Inbound {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]bot.Inbound(nil), o.inbox...)
}

// hear waits for the n-th message, counted from 0.
func (o *office) hear(tb testing.TB, n int) bot.Inbound {
	tb.Helper()
	deadline := time.After(20 * time.Second)
	for {
		o.mu.Lock()
		changed := o.changed
		if len(o.inbox) > n {
			m := o.inbox[n]
			o.mu.Unlock()
			return m
		}
		o.mu.Unlock()
		select {
		case <-changed:
		case <-deadline:
			tb.Fatalf("%d messages came, not %d", len(o.all()), n+1)
		}
	}
}

// world is a server with a channel that can be stopped and opened again.
type world struct {
	t      testing.TB
	server *watest.Server
	office *office
	files  *bottest.Files
	path   string
	cfg    whatsapp.Config
	*whatsapp.Channel

	mu     sync.Mutex
	states []whatsapp.StateCode
	now    func() time.Time
}

// newWorld starts a server, and a channel that is linked to it.
func newWorld(tb testing.TB, change ...func(*whatsapp.Config)) *world {
	tb.Helper()
	w := newUnlinked(tb, change...)
	w.open()
	w.pair()
	return w
}

func newUnlinked(tb testing.TB, change ...func(*whatsapp.Config)) *world {
	tb.Helper()
	w := &world{t: tb, office: newOffice(), files: &bottest.Files{}, path: filepath.Join(tb.TempDir(), "whatsapp.db"), now: time.Now}
	server, err := watest.Start(watest.Config{Now: w.clock, Root: root, Quick: true})
	if err != nil {
		tb.Fatal(err)
	}
	w.server = server
	w.cfg = whatsapp.Config{
		Path: w.path, Files: w.files, Accept: w.office.accept, Now: w.clock,
		HTTP: server.HTTPClient(), Retry: 20 * time.Millisecond, Tick: 20 * time.Millisecond, OnState: w.noteState,
	}
	for _, f := range change {
		f(&w.cfg)
	}
	tb.Cleanup(func() {
		if err := server.Faults(); err != nil {
			tb.Errorf("the server complains: %v", err)
		}
		server.Close()
	})
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now()
}

// untended leaves it to the test to [whatsapp.Channel.Look] after the connection.
func untended(cfg *whatsapp.Config) { cfg.Tick = time.Hour }

// advance moves the clock of the channel and of the server. The library has its own.
func (w *world) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.now
	w.now = func() time.Time { return before().Add(d) }
}

func (w *world) noteState(_ context.Context, states []whatsapp.State) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range states {
		w.states = append(w.states, s.Code)
	}
}

// open opens and starts the channel.
func (w *world) open() {
	w.t.Helper()
	c, err := whatsapp.Open(w.t.Context(), w.cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := c.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.Channel = c
	w.t.Cleanup(func() { _ = c.Stop(context.Background()) })
}

func (w *world) stop() {
	w.t.Helper()
	if err := w.Stop(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) pair() {
	w.t.Helper()
	steps, err := w.Pair(w.soon(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	for step := range steps {
		switch {
		case step.QR != "":
			if err := w.server.Scan(w.t.Context(), step.QR); err != nil {
				w.t.Fatal(err)
			}
		case step.Error != nil:
			w.t.Fatal(step.Error)
		}
	}
	w.await(whatsapp.StateConnected)
}

// await waits until the connection is in a state.
func (w *world) await(code whatsapp.StateCode) whatsapp.State {
	w.t.Helper()
	return w.awaitAny(func(s whatsapp.State) bool { return s.Code == code }, string(code))
}

func (w *world) awaitAny(cond func(whatsapp.State) bool, what string) whatsapp.State {
	w.t.Helper()
	for begin := time.Now(); time.Since(begin) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		for _, s := range w.States() {
			if cond(s) {
				return s
			}
		}
	}
	w.t.Fatalf("no state %s, but %v", what, w.States())
	return whatsapp.State{}
}

func (w *world) soon() context.Context {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	w.t.Cleanup(cancel)
	return ctx
}

func (w *world) phone(n int, shows watest.Shows) *watest.Phone {
	w.t.Helper()
	p, err := w.server.AddPhone(watest.PhoneConfig{Number: fmt.Sprintf("6200000001%02d", n), Name: "Ayu CONTOH", Shows: shows})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// say gives the message that the office gets when a phone does something.
func (w *world) say(send func() (string, error)) bot.Inbound {
	w.t.Helper()
	n := len(w.office.all())
	if _, err := send(); err != nil {
		w.t.Fatal(err)
	}
	return w.office.hear(w.t, n)
}

func (w *world) text(p *watest.Phone, text string) bot.Inbound {
	w.t.Helper()
	return w.say(func() (string, error) { return p.Text(text) })
}

// answer sends an answer to a message and gives it as the phone shows it.
func (w *world) answer(p *watest.Phone, in bot.Inbound, m bot.Message) watest.Received {
	w.t.Helper()
	before := len(p.Inbox())
	if err := w.Send(w.soon(), in.ID+"/1", in.Chat, m); err != nil {
		w.t.Fatal(err)
	}
	if err := p.Wait(w.soon(), func() bool { return len(p.Inbox()) > before }); err != nil {
		w.t.Fatal(err)
	}
	return p.Inbox()[before]
}

// eventually waits until cond.
func (w *world) eventually(what string, cond func() bool) {
	w.t.Helper()
	for begin := time.Now(); time.Since(begin) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if cond() {
			return
		}
	}
	w.t.Fatalf("not in time: %s", what)
}
