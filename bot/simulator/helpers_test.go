package simulator_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
)

type bench struct {
	*simulator.Network
	inbox *bottest.Inbox
	files *bottest.Files
	path  string
}

var monday = time.Date(2026, 11, 23, 15, 45, 0, 0, time.FixedZone("WIB", 7*3600))

func config(b *bench) simulator.Config {
	return simulator.Config{
		Phones: []simulator.Phone{{ID: "budi", Name: "Budi CONTOH"}, {ID: "kadis", Name: "Kadis CONTOH"}},
		Clock:  func() time.Time { return monday },
		Files:  b.files,
		Accept: b.inbox.Accept,
	}
}

func open(t *testing.T, change ...func(*simulator.Config)) *bench {
	t.Helper()
	b := &bench{inbox: &bottest.Inbox{}, files: &bottest.Files{}, path: filepath.Join(t.TempDir(), "chats.jsonl")}
	b.reopen(t, change...)
	return b
}

// reopen opens the journal again without closing it, as after kill -9.
func (b *bench) reopen(t *testing.T, change ...func(*simulator.Config)) {
	t.Helper()
	cfg := config(b)
	for _, c := range change {
		c(&cfg)
	}
	n, err := simulator.Open(b.path, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	b.Network = n
}

// texts lists the texts of the messages in the inbox.
func (b *bench) texts() []string {
	var out []string
	for _, m := range b.inbox.All() {
		out = append(out, m.Text)
	}
	return out
}

// say has a person send something.
func (b *bench) say(ctx context.Context, phone string, s simulator.Say) error {
	_, err := b.Say(ctx, phone, s)
	return err
}

func (b *bench) write(ctx context.Context, phone, text string) error {
	return b.say(ctx, phone, simulator.Say{Text: text})
}

// attach stores the files and sends them in one message.
func (b *bench) attach(ctx context.Context, phone string, uploads ...simulator.Upload) error {
	var s simulator.Say
	for _, u := range uploads {
		f, err := b.Keep(ctx, u)
		if err != nil {
			return err
		}
		s.Files = append(s.Files, f)
	}
	return b.say(ctx, phone, s)
}

func (b *bench) messages(t *testing.T, phone string) []simulator.Message {
	t.Helper()
	p, err := b.Phone(phone)
	if err != nil {
		t.Fatal(err)
	}
	return p.Messages
}

func (b *bench) send(t *testing.T, id, phone, text string, choices ...bot.Choice) {
	t.Helper()
	err := b.Send(t.Context(), id, bot.MakeAddress(simulator.Name, phone), bot.Message{Text: text, Choices: choices})
	if err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
