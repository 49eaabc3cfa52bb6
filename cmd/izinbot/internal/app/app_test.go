package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
)

// wire is a network that only remembers what it carried.
type wire struct {
	mu   sync.Mutex
	sent []bot.Message
}

func (*wire) Name() string { return "test" }

func (w *wire) Send(_ context.Context, _ string, _ bot.Address, m bot.Message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, m)
	return nil
}

// last gives the message that was sent last.
func (w *wire) last() bot.Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent[len(w.sent)-1]
}

func (w *wire) messages() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.sent)
}

func (w *wire) said() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var b strings.Builder
	for _, m := range w.sent {
		b.WriteString(m.Text + "\n")
	}
	return b.String()
}

func config(dir string, w *wire) Config {
	return Config{
		Dir: dir, Log: slog.New(slog.DiscardHandler), BaseURL: "http://127.0.0.1:8080",
		Now:      func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, workflow.WIB()) },
		Channels: func(*Program) ([]bot.Channel, error) { return []bot.Channel{w}, nil },
	}
}

// open opens a program that is closed with the test.
func open(t *testing.T, cfg Config) *Program {
	t.Helper()
	p, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, p) })
	return p
}

func shut(tb testing.TB, p *Program) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := p.Close(ctx); err != nil {
		tb.Error(err)
	}
}

// TestMessagesWaitForTheStart accepts a message while nothing handles messages: it is
// safe, and is answered once by the next start.
func TestMessagesWaitForTheStart(t *testing.T) {
	t.Parallel()
	dir, w := t.TempDir(), &wire{}
	first, err := Open(t.Context(), config(dir, w))
	if err != nil {
		t.Fatal(err)
	}
	hello := bot.Inbound{ID: "test:1", Chat: "test:ani", Name: "Ani CONTOH", Text: "mulai"}
	if err := first.Accept(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	shut(t, first)
	if w.said() != "" {
		t.Fatalf("a program that was never started said %q", w.said())
	}
	second := open(t, config(dir, w))
	if err := second.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := second.Accept(t.Context(), hello); err != nil { // the network repeats itself
		t.Fatal(err)
	}
	if err := second.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if said := w.said(); strings.Count(said, "Selamat datang") != 1 {
		t.Errorf("said %q", said)
	}
}

func TestBeginIsDoneBeforeTheStartEnds(t *testing.T) {
	t.Parallel()
	cfg := config(t.TempDir(), &wire{})
	failed := errors.New("nobody came")
	var p *Program
	cfg.Begin = func(ctx context.Context) error {
		// Messages are let in by now.
		err := p.Accept(ctx, bot.Inbound{ID: "test:1", Chat: "test:ani", Text: "mulai"})
		return errors.Join(err, p.Idle(ctx), failed)
	}
	p = open(t, cfg)
	if err := p.Start(t.Context()); !errors.Is(err, failed) {
		t.Errorf("start: %v", err)
	}
}

func TestOpenNamesWhatIsBroken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := []byte("bukan: [benar")
	for want, change := range map[string]func(*Config){
		"calendar: ": func(c *Config) { c.Calendar = broken },
		"office: ":   func(c *Config) { c.Office = broken },
		"sop":        func(c *Config) { c.SOP = broken },
		"open channels: out of order": func(c *Config) {
			c.Channels = func(*Program) ([]bot.Channel, error) { return nil, errors.New("out of order") }
		},
	} {
		cfg := config(dir, &wire{})
		change(&cfg)
		if _, err := Open(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	open(t, config(dir, &wire{})) // nothing was left open
}

func TestOneProgramHasTheData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, config(dir, &wire{}))
	if _, err := Open(t.Context(), config(dir, &wire{})); !errors.Is(err, sqlitestore.ErrInUse) {
		t.Errorf("error %v", err)
	}
}

func TestDataArePrivate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	p := open(t, config(dir, &wire{}))
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Files.Put(t.Context(), strings.NewReader("CONTOH")); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLostKeyIsExplained(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, err := Open(t.Context(), config(dir, &wire{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Files.Put(t.Context(), strings.NewReader("CONTOH")); err != nil {
		t.Fatal(err)
	}
	shut(t, p)
	if err := os.Remove(filepath.Join(dir, "files", "key.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), config(dir, &wire{})); err == nil || !strings.Contains(err.Error(), "put key.json back from its backup") {
		t.Errorf("error %v", err)
	}
}
