package telegramtest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/handlers/web"
)

// token is a made-up bot's.
const token = "4242:CONTOH-token_bukan-rahasia"

var _ demo.Carrier = (*Carrier)(nil)

// Carrier has the demo's phones talk over Telegram.
type Carrier struct {
	t       *testing.T
	server  *tgtest.Server
	webhook bool
	now     func() time.Time
	log     *slog.Logger

	program *app.Program
	phones  *simulator.Network
	files   bottest.Files
	mu      sync.Mutex
	chats   map[string]int64 // by phone
	names   map[int64]string
}

// NewCarrier opens a Bot API server that lives as long as the test. Updates are
// polled, or delivered by webhook.
func NewCarrier(t *testing.T, webhook bool, now func() time.Time, log *slog.Logger) *Carrier {
	t.Helper()
	c := &Carrier{t: t, now: now, webhook: webhook, log: log, chats: map[string]int64{}, names: map[int64]string{}}
	c.server = tgtest.New(tgtest.Config{Token: token, Now: now, Shown: c.show})
	if err := c.server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.server.Close() })
	return c
}

// Connect implements [demo.Carrier].
func (c *Carrier) Connect(p *app.Program, phones *simulator.Network) ([]bot.Channel, error) {
	channel, err := c.connect(p, phones)
	return []bot.Channel{channel}, err
}

func (c *Carrier) connect(p *app.Program, phones *simulator.Network) (*telegram.Channel, error) {
	c.program, c.phones = p, phones
	cfg := telegram.Config{
		Token: token, APIURL: c.server.URL(), Files: p.Files, Accept: p.Accept, Now: c.now, Log: c.log,
		Pace: telegram.Pace{Unlimited: true},
	}
	if !c.webhook {
		return telegram.New(cfg)
	}
	var channel *telegram.Channel
	pages := web.Config{Listen: "127.0.0.1:0", Hooks: []web.Hook{{
		Path: "/telegram", Header: telegram.SecretHeader, Limit: telegram.MaxUpdate,
		Receive: func(ctx context.Context, proof string, body []byte) int { return channel.Receive(ctx, proof, body) },
	}}}
	server, err := web.New(pages)
	if err != nil {
		return nil, err
	}
	if err := server.Start(c.t.Context()); err != nil {
		return nil, err
	}
	c.t.Cleanup(func() { _ = server.Stop(context.Background()) })
	cfg.Webhook = &telegram.Webhook{URL: server.URL() + "/telegram", Secret: "CONTOH-rahasia-webhook"}
	channel, err = telegram.New(cfg)
	return channel, err
}

// Files implements [demo.Carrier].
func (c *Carrier) Files() bot.Files { return &c.files }

// Idle implements [demo.Carrier].
func (c *Carrier) Idle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return c.server.Drained(ctx)
}

// person gives the Telegram user who has a phone.
func (c *Carrier) person(phone string) *tgtest.Person {
	c.mu.Lock()
	defer c.mu.Unlock()
	id, ok := c.chats[phone]
	if !ok {
		id = int64(7_000_001 + len(c.chats))
		c.chats[phone], c.names[id] = id, phone
	}
	return c.server.Person(id, phone)
}

// Address implements [demo.Carrier].
func (c *Carrier) Address(phone string) bot.Address {
	return bot.MakeAddress(telegram.Name, fmt.Sprint(c.person(phone).ID()))
}

// Accept implements [demo.Carrier].
func (c *Carrier) Accept(_ context.Context, in ...bot.Inbound) error {
	for _, m := range in {
		c.say(c.person(m.Chat.Chat()), m)
	}
	return nil
}

// say does on Telegram what somebody did on his phone.
func (c *Carrier) say(p *tgtest.Person, m bot.Inbound) {
	switch {
	case m.Choice != "":
		if _, err := p.Press(m.Choice); err != nil {
			p.Type(m.Choice) // a button of the reply keyboard
		}
	case m.Location != nil:
		p.ShareLocation(m.Location.Lat, m.Location.Lon)
	case len(m.Files) > 0:
		for _, f := range m.Files {
			content := c.files.Content(f.Key)
			if f.Photo {
				p.SendPhoto(content, "")
				continue
			}
			p.SendDocument(f.Name, content, f.Size, m.Text)
		}
	default:
		p.Type(m.Text)
	}
}

// show puts what the bot said on the phone.
func (c *Carrier) show(chat int64, m tgtest.Message) {
	c.mu.Lock()
	phone := c.names[chat]
	c.mu.Unlock()
	out := bot.Message{Text: m.Text}
	for _, b := range m.Buttons {
		out.Choices = append(out.Choices, bot.Choice{ID: b.Data, Label: b.Text})
	}
	for _, row := range m.Keyboard {
		for _, word := range row {
			out.Choices = append(out.Choices, bot.Choice{ID: word, Label: word})
		}
	}
	if m.File != nil {
		key, size, _ := c.files.Put(context.Background(), bytes.NewReader(m.File.Content))
		out.Files = []bot.Attachment{{Key: key, Name: m.File.Name, Size: size, Type: http.DetectContentType(m.File.Content)}}
	}
	id := fmt.Sprintf("%d/%d", chat, m.ID)
	if err := c.phones.Send(context.Background(), id, bot.MakeAddress(simulator.Name, phone), out); err != nil {
		c.t.Errorf("show on phone %s: %v", phone, err)
	}
}
