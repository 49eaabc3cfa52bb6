package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

const token = "4242:CONTOH-bukan-token"

// world is a channel against a Bot API server.
type world struct {
	t       testing.TB
	server  *tgtest.Server
	cfg     telegram.Config // of the channel
	channel *telegram.Channel
	files   *bottest.Files
	log     *bottest.Log

	mu      sync.Mutex
	heard   []bot.Inbound
	known   map[string]bool
	refuses int // so many times the store fails
	accepts int
	full    bot.Address // a chat that takes nothing more
}

type option func(*tgtest.Config, *telegram.Config)

func newWorld(tb testing.TB, options ...option) *world {
	tb.Helper()
	w := &world{t: tb, files: &bottest.Files{}, known: map[string]bool{}, log: &bottest.Log{}}
	api := tgtest.Config{Token: token, Now: time.Now}
	cfg := telegram.Config{
		Token: token, Files: w.files, Accept: w.accept, Now: time.Now, Pace: telegram.Pace{Unlimited: true},
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, o := range options {
		o(&api, &cfg)
	}
	w.server = tgtest.New(api)
	if err := w.server.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = w.server.Close() })
	cfg.APIURL = w.server.URL()
	w.cfg = cfg
	var err error
	if w.channel, err = telegram.New(cfg); err != nil {
		tb.Fatal(err)
	}
	return w
}

// start has the channel receive until the test ends.
func (w *world) start() *world {
	w.t.Helper()
	if err := w.channel.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := w.channel.Stop(ctx); err != nil {
			w.t.Error(err)
		}
		w.silent()
	})
	return w
}

// silent fails if the log or anything else told holds what it must not.
func (w *world) silent() {
	w.t.Helper()
	_, secret, _ := strings.Cut(token, ":")
	for _, sign := range []string{secret, "/file/bot", "documents/", "photos/"} {
		if strings.Contains(w.log.String(), sign) {
			w.t.Errorf("the log holds %q:\n%s", sign, w.log.String())
		}
	}
}

// accept is an inbox: it drops what it has.
func (w *world) accept(_ context.Context, in ...bot.Inbound) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.accepts++
	var full error
	in = slices.DeleteFunc(slices.Clone(in), func(m bot.Inbound) bool {
		if m.Chat == w.full {
			full = fmt.Errorf("accept: %w", bot.ErrFull)
		}
		return m.Chat == w.full
	})
	if w.refuses > 0 {
		w.refuses--
		return errors.New("the store is full")
	}
	for _, m := range in {
		if !w.known[m.ID] {
			w.known[m.ID] = true
			w.heard = append(w.heard, m)
		}
	}
	return full
}

func (w *world) all() []bot.Inbound {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]bot.Inbound(nil), w.heard...)
}

// drained waits until the bot has confirmed all and gives what was heard.
func (w *world) drained() []bot.Inbound {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
	defer cancel()
	if err := w.server.Drained(ctx); err != nil {
		w.t.Fatalf("updates wait: %v\n%s", err, w.log.String())
	}
	return w.all()
}

// until waits for something to become true of the server.
func (w *world) until(what string, reached func() bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
	defer cancel()
	if err := w.server.Until(ctx, reached); err != nil {
		w.t.Fatalf("%s: %v\n%s", what, err, w.log.String())
	}
}

// one is the only message that was heard.
func (w *world) one() bot.Inbound {
	w.t.Helper()
	heard := w.drained()
	if len(heard) != 1 {
		w.t.Fatalf("heard %d messages: %+v", len(heard), heard)
	}
	return heard[0]
}

func (w *world) send(p *tgtest.Person, id string, m bot.Message) error {
	return w.channel.Send(w.t.Context(), id, address(p), m)
}

func (w *world) mustSend(p *tgtest.Person, id string, m bot.Message) {
	w.t.Helper()
	if err := w.send(p, id, m); err != nil {
		w.t.Fatal(err)
	}
}

// put keeps a content to be attached.
func (w *world) put(name, content string) bot.Attachment {
	w.t.Helper()
	key, size, err := w.files.Put(w.t.Context(), strings.NewReader(content))
	if err != nil {
		w.t.Fatal(err)
	}
	return bot.Attachment{Key: key, Name: name, Type: "application/pdf", Size: size}
}

// faults makes one method fail.
type faults struct {
	method string

	mu     sync.Mutex
	next   []tgtest.Fault // of the next calls
	always tgtest.Fault   // of those after them
}

func (f *faults) of(api *tgtest.Config, _ *telegram.Config) { api.Fault = f.fault }

func (f *faults) set(always tgtest.Fault, next ...tgtest.Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.always, f.next = always, next
}

func (f *faults) fault(method string) tgtest.Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	if method != f.method {
		return tgtest.FaultNone
	}
	if len(f.next) == 0 {
		return f.always
	}
	now := f.next[0]
	f.next = f.next[1:]
	return now
}
