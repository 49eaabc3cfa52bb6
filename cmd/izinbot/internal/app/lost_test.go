package app

import (
	"bytes"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/workflow/store"
)

// A file that is gone, damaged or shorter than it was is told in words at once, and what
// follows it in the chat is sent.
func TestFilesThatCannotBeReadHoldUpNothing(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"gone":      os.Remove,
		"damaged":   func(path string) error { return flip(path, -1) },
		"other key": func(path string) error { return flip(path, 0) },
		"cut off":   func(path string) error { return os.Truncate(path, 7) },
		"empty":     func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, w, log := t.TempDir(), &wire{}, &bottest.Log{}
			cfg := config(dir, w)
			cfg.Log = slog.New(slog.NewTextHandler(log, nil))
			p := open(t, cfg)
			key, size, err := p.Files.Put(t.Context(), bytes.NewReader(bytes.Repeat([]byte("surat CONTOH "), 1000)))
			if err != nil {
				t.Fatal(err)
			}
			if err := spoil(filepath.Join(dir, "files", key[:2], key[2:])); err != nil {
				t.Fatal(err)
			}
			letter := bot.Attachment{Key: key, Name: "resi-LKS-2026-00001-3.pdf", Type: "application/pdf", Size: size}
			commitAnswers(t, p, bot.Message{Text: "Resi Anda.", Files: []bot.Attachment{letter}}, bot.Message{Text: "Berikutnya."})
			if err := p.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := p.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			said := w.said()
			if !strings.Contains(said, "Resi Anda.\n\nBerkas berikut tidak dapat dibaca lagi") || !strings.Contains(said, letter.Name) ||
				!strings.HasSuffix(said, "Berikutnya.\n") {
				t.Errorf("said %q", said)
			}
			if logged := log.String(); !strings.Contains(logged, "level=ERROR") || !strings.Contains(logged, "case=LKS-2026-00001-3") || !strings.Contains(logged, key) {
				t.Errorf("logged\n%s", logged)
			}
		})
	}
}

// Records of a message, a delivery or a conversation may be damaged; the
// others go on, and whoever waits is told.
func TestRecordsThatCannotBeDecodedHoldUpNothing(t *testing.T) {
	t.Parallel()
	dir, w := t.TempDir(), &wire{}
	first, err := Open(t.Context(), config(dir, w))
	if err != nil {
		t.Fatal(err)
	}
	commitAnswers(t, first, bot.Message{Text: "Rusak."}, bot.Message{Text: "Utuh."})
	for _, in := range []bot.Inbound{
		{ID: "test:1", Chat: "test:ani", Text: "mulai"},
		{ID: "test:2", Chat: "test:ani", Text: "status"},
		{ID: "test:3", Chat: "test:budi", Text: "mulai"},
		{ID: "test:4", Chat: "test:cici", Text: "mulai"},
	} {
		if err := first.Accept(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, first)
	damage(t, dir,
		`UPDATE inbox SET message = CAST('{"id":' AS BLOB) WHERE id = 'test:1'`,
		`UPDATE outbox SET message = CAST('xx' AS BLOB) WHERE id = 'test:ani/0'`,
		`INSERT INTO conversations (handled, state, chat, version) VALUES (0, CAST('{{' AS BLOB), 'test:cici', 1)`,
	)
	second := open(t, config(dir, w))
	if err := second.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := second.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	said := w.said()
	for word, times := range map[string]int{
		"Pesan Anda sudah kami terima, tetapi tidak dapat dibaca": 1, "Satu pesan untuk Anda tidak dapat dibaca": 1,
		"Utuh.": 1, "Rusak.": 0, "Catatan percakapan ini tidak dapat dibaca": 1, "Selamat datang": 2,
	} {
		if n := strings.Count(said, word); n != times {
			t.Errorf("%q said %d times, want %d, in\n%s", word, n, times, said)
		}
	}
	left, err := second.Store.Unhandled(t.Context())
	if err != nil || len(left) > 0 {
		t.Errorf("left: %d messages, %v", len(left), err)
	}
}

// commitAnswers stores deliveries to one chat.
func commitAnswers(t *testing.T, p *Program, messages ...bot.Message) {
	t.Helper()
	now := p.cfg.Now()
	var unit store.UnitOfWork
	for i, m := range messages {
		unit.Deliveries = append(unit.Deliveries, bot.Delivery{
			ID: "test:ani/" + string(rune('0'+i)), Chat: "test:ani", Message: m, Created: now.Add(-time.Minute),
		})
	}
	if _, err := p.Store.Commit(t.Context(), now, unit); err != nil {
		t.Fatal(err)
	}
}

// flip changes a byte of a file: the at-th, or from the end if at is below 0.
func flip(path string, at int) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if at < 0 {
		at += len(b)
	}
	b[at] ^= 1
	return os.WriteFile(path, b, 0o600)
}

// damage changes a database that nobody has open.
func damage(t *testing.T, dir string, queries ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "izinbot.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range queries {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}
