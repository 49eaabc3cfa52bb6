package demo

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// TestCaseIsFinishedOnTheCopy begins a case on SQLite, moves the office to MongoDB in
// the middle of it, and finishes it there; nobody who chats notices.
func TestCaseIsFinishedOnTheCopy(t *testing.T) {
	t.Parallel()
	s, err := loadStory("tolak")
	if err != nil {
		t.Fatal(err)
	}
	half := slices.IndexFunc(s.lines, func(l line) bool { return l.verb == '=' && len(l.text) > 10 && l.text[:10] == "Langkah 8:" })
	if half < 0 {
		t.Fatal("the story has no eighth step")
	}
	k := stillClock(time.Date(2026, 11, 23, 7, 0, 0, 0, workflow.WIB()))
	cfg := Config{Dir: t.TempDir()}
	d := opened(t, cfg, k)
	var moved bytes.Buffer
	p := newPlayer(d, testSamples(t, d.Program.Desk.Library.Current()), &moved)
	playLines(t, p, s.lines[:half], true)
	shutDown(t, d)

	cfg.MongoURI = mongotest.URI(t)
	move(t, storage.Config{Dir: cfg.Dir}, storage.Config{Dir: cfg.Dir, MongoURI: cfg.MongoURI, Now: k.Now()})
	p.d = opened(t, cfg, k)
	playLines(t, p, s.lines[half:], false)
	c, err := p.d.Program.Store.Case(t.Context(), p.theCase(1))
	if err != nil || c.End != workflow.EndRefused {
		t.Errorf("it ended %q: %v", c.End, err)
	}
	entries, err := p.d.Program.Store.History(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if seq, why := c.VerifyHistory(entries); seq != 0 {
		t.Errorf("entry %d %s", seq, why)
	}
	shutDown(t, p.d)

	var stayed bytes.Buffer
	d = opened(t, Config{Dir: t.TempDir()}, stillClock(time.Date(2026, 11, 23, 7, 0, 0, 0, workflow.WIB())))
	playLines(t, newPlayer(d, testSamples(t, d.Program.Desk.Library.Current()), &stayed), s.lines, true)
	shutDown(t, d)
	if !bytes.Equal(stayed.Bytes(), moved.Bytes()) || stayed.Len() < 10_000 {
		t.Errorf("transcripts of %d and %d bytes differ", stayed.Len(), moved.Len())
	}
}

func opened(t *testing.T, cfg Config, k *clock) *Demo {
	t.Helper()
	d, err := open(t.Context(), cfg, k, "http://127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func shutDown(t *testing.T, d *Demo) {
	t.Helper()
	if err := d.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func playLines(t *testing.T, p *player, lines []line, begin bool) {
	t.Helper()
	if begin {
		if err := p.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range lines {
		if err := p.line(t.Context(), l); err != nil {
			t.Fatalf("%s: %v", l.at, err)
		}
	}
}

// move carries an office from one place to another.
func move(t *testing.T, source, target storage.Config) {
	t.Helper()
	from, err := storage.OpenHalf(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := storage.OpenHalf(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if err := storage.Copy(t.Context(), from, to, "a", func(store.Kind, int) {}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := storage.Finish(t.Context(), from, to, func(store.Kind) {}); err != nil {
		t.Fatal(err)
	}
}
