package watest_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"
	_ "modernc.org/sqlite"

	"izinbot/bot/whatsapp/watest"
)

// client is the real client, linked to a server's account.
type client struct {
	*whatsmeow.Client
	messages  chan *events.Message
	connected chan struct{}
}

func start(t *testing.T) *watest.Server {
	t.Helper()
	s, err := watest.Start(watest.Config{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	whatsmeow.WACertPubKey = s.Root()
	t.Cleanup(func() {
		if err := s.Faults(); err != nil {
			t.Errorf("the server complains: %v", err)
		}
		s.Close()
	})
	return s
}

func newClient(t *testing.T, s *watest.Server) *client {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "session.db")+"?_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	container := sqlstore.NewWithDB(db, "sqlite3", nil)
	if err := container.Upgrade(t.Context()); err != nil {
		t.Fatal(err)
	}
	device, err := container.GetFirstDevice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := &client{Client: whatsmeow.NewClient(device, nil), messages: make(chan *events.Message, 100), connected: make(chan struct{}, 10)}
	c.SetPreLoginHTTPClient(s.HTTPClient())
	c.SetWebsocketHTTPClient(s.HTTPClient())
	c.SetMediaHTTPClient(s.HTTPClient())
	c.AddEventHandler(func(e any) {
		switch m := e.(type) {
		case *events.Message:
			if !m.Info.IsFromMe {
				c.messages <- m
			}
		case *events.Connected:
			c.connected <- struct{}{}
		}
	})
	t.Cleanup(func() { c.Disconnect(); _ = container.Close() })
	return c
}

func (c *client) pair(t *testing.T, s *watest.Server) {
	t.Helper()
	codes, err := c.GetQRChannel(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Connect(); err != nil {
		t.Fatal(err)
	}
	for item := range codes {
		if item.Event == whatsmeow.QRChannelEventCode {
			if err := s.Scan(t.Context(), item.Code); err != nil {
				t.Fatal(err)
			}
		} else if item != whatsmeow.QRChannelSuccess {
			t.Fatalf("pairing: %v %v", item.Event, item.Error)
		}
	}
	select {
	case <-c.connected:
	case <-time.After(10 * time.Second):
		t.Fatal("the client does not log in")
	}
}

func (c *client) hear(t *testing.T) *events.Message {
	t.Helper()
	select {
	case m := <-c.messages:
		return m
	case <-time.After(10 * time.Second):
		t.Fatal("no message")
	}
	return nil
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func TestRealClientPairsAndExchangesTexts(t *testing.T) {
	s := start(t)
	c := newClient(t, s)
	c.pair(t, s)
	for _, shows := range []watest.Shows{watest.ShowsLIDAndNumber, watest.ShowsLID, watest.ShowsNumber, watest.ShowsNumberAndLID} {
		phone, err := s.AddPhone(watest.PhoneConfig{Number: "62000000010" + string('0'+rune(shows)), Name: "Ayu CONTOH", Shows: shows})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := phone.Text("Selamat pagi"); err != nil {
				t.Fatal(err)
			}
			m := c.hear(t)
			if got := m.Message.GetConversation(); got != "Selamat pagi" {
				t.Fatalf("the client got %q", got)
			}
			before := len(phone.Inbox())
			if _, err := c.SendMessage(soon(t), m.Info.Chat, &waE2E.Message{Conversation: new("Selamat datang")}); err != nil {
				t.Fatal(err)
			}
			if _, err := phone.WaitText(soon(t), before, "Selamat datang"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestClientBelievesNoServerWithAnotherRoot(t *testing.T) {
	liar := start(t)
	start(t) // its root is the one that the client trusts
	c := newClient(t, liar)
	if err := c.Connect(); err == nil {
		t.Error("the client believes a server whose certificates another root signed")
	}
}
