package whatsapptest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/util/keys"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/cmd/izinbot/internal/testclock"
)

var _ demo.Carrier = (*carrier)(nil)

// root signs the certificates of all servers here.
var root = keys.NewKeyPair()

func TestMain(m *testing.M) {
	if os.Getenv(envDir) != "" {
		if err := child(); err != nil {
			_, _ = fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	whatsmeow.WACertPubKey = *root.Pub
	os.Exit(m.Run())
}

// carrier has the demo's phones talk over WhatsApp.
type carrier struct {
	t       *testing.T
	server  *watest.Server
	log     *slog.Logger
	dir     string
	channel *whatsapp.Channel
	phones  *simulator.Network
	files   bot.Files

	mu     sync.Mutex
	people map[string]*watest.Phone // by the demo's phone
	lids   map[string]string
}

func newCarrier(t *testing.T, log *slog.Logger) *carrier {
	t.Helper()
	server, err := watest.Start(watest.Config{Now: testclock.Now, Root: root, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Faults(); err != nil {
			t.Errorf("the server complains: %v", err)
		}
		server.Close()
	})
	return &carrier{
		t: t, server: server, log: log, dir: t.TempDir(), files: &bottest.Files{},
		people: map[string]*watest.Phone{}, lids: map[string]string{},
	}
}

func (c *carrier) Connect(p *app.Program, phones *simulator.Network) ([]bot.Channel, error) {
	c.phones = phones
	var err error
	c.channel, err = whatsapp.Open(c.t.Context(), whatsapp.Config{
		Path: filepath.Join(c.dir, "whatsapp.db"), Files: p.Files, Accept: p.Accept, Now: testclock.Now, Log: c.log,
		HTTP: c.server.HTTPClient(), Pace: whatsapp.Pace{Unlimited: true},
	})
	if err != nil {
		return nil, err
	}
	steps, err := c.channel.Pair(c.t.Context(), "")
	if err != nil {
		return nil, err
	}
	for step := range steps {
		if step.QR != "" {
			err = errors.Join(err, c.server.Scan(c.t.Context(), step.QR))
		}
		err = errors.Join(err, step.Error)
	}
	return []bot.Channel{c.channel}, err
}

func (c *carrier) Files() bot.Files { return c.files }

// Idle waits until the program has acknowledged all that was sent to it.
func (c *carrier) Idle(ctx context.Context) error {
	for range 6_000 {
		if c.server.Waiting() == 0 {
			return ctx.Err()
		}
		time.Sleep(5 * time.Millisecond)
	}
	return errors.New("the program does not take what was said")
}

// person gives the WhatsApp phone of a demo's phone.
func (c *carrier) person(phone string) *watest.Phone {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.people[phone]
	if p == nil {
		number := fmt.Sprintf("6200000001%02d", len(c.people))
		c.lids[phone] = "9" + number
		var err error
		p, err = c.server.AddPhone(watest.PhoneConfig{Number: number, Name: phone, Shown: func(r watest.Received) { c.show(phone, r) }})
		if err != nil {
			c.t.Fatal(err)
		}
		c.people[phone] = p
	}
	return p
}

func (c *carrier) Address(phone string) bot.Address {
	c.person(phone)
	c.mu.Lock()
	defer c.mu.Unlock()
	return bot.MakeAddress(whatsapp.Name, c.lids[phone]+"@lid")
}

func (c *carrier) Accept(ctx context.Context, in ...bot.Inbound) error {
	for _, m := range in {
		if err := c.say(ctx, c.person(m.Chat.Chat()), m); err != nil { //nolint:contextcheck // phones show messages by themselves
			return err
		}
	}
	return nil
}

// say does on WhatsApp what somebody did on his phone.
func (c *carrier) say(ctx context.Context, p *watest.Phone, m bot.Inbound) (err error) {
	switch {
	case m.Choice != "":
		// A choice is taken by its number, in a reply to the message that has it; a
		// command is typed.
		if id, number, ok := strings.Cut(m.Choice, "#"); ok {
			_, err = p.Reply(id, number)
		} else {
			_, err = p.Text(m.Choice)
		}
	case m.Location != nil:
		_, err = p.Location(m.Location.Lat, m.Location.Lon)
	case len(m.Files) > 0:
		for _, f := range m.Files {
			if err := c.attach(ctx, p, f, m.Text); err != nil {
				return err
			}
		}
	default:
		_, err = p.Text(m.Text)
	}
	return err
}

func (c *carrier) attach(ctx context.Context, p *watest.Phone, f bot.InboundFile, caption string) error {
	r, err := c.files.Open(ctx, f.Key)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if f.Photo {
		_, err = p.Image(watest.File{Type: "image/jpeg", Data: data}, caption)
		return err
	}
	_, err = p.Document(watest.File{Name: f.Name, Type: "application/octet-stream", Data: data})
	return err
}

// How the channel words choices.
var (
	numbered = regexp.MustCompile(`^\*(\d+)\* (.+)$`)
	typed    = regexp.MustCompile(`^(.+): ketik \*(.+)\*$`)
)

// show puts what the bot said on the demo's phone.
func (c *carrier) show(phone string, r watest.Received) {
	var out bot.Message
	var text []string
	for line := range strings.SplitSeq(r.Text, "\n") {
		if m := numbered.FindStringSubmatch(line); m != nil && m[1] == strconv.Itoa(len(out.Choices)+1) {
			out.Choices = append(out.Choices, bot.Choice{ID: r.ID + "#" + m[1], Label: m[2]})
		} else if m := typed.FindStringSubmatch(line); m != nil {
			out.Choices = append(out.Choices, bot.Choice{ID: m[2], Label: m[1]})
		} else {
			text = append(text, line)
		}
	}
	out.Text = strings.TrimSpace(strings.Join(text, "\n"))
	if r.File != nil {
		key, size, _ := c.files.Put(context.Background(), bytes.NewReader(r.File.Data))
		out.Files = []bot.Attachment{{Key: key, Name: r.File.Name, Size: size, Type: r.File.Type}}
	}
	if err := c.phones.Send(context.Background(), r.ID, bot.MakeAddress(simulator.Name, phone), out); err != nil {
		c.t.Errorf("show on phone %s: %v", phone, err)
	}
}
