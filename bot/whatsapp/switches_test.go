//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
)

type noFiles struct{ bot.Files }

// What the library must be told; most of it shows only when something goes wrong at
// WhatsApp's side.
func TestSwitchesOfTheLibrary(t *testing.T) {
	t.Parallel()
	c, err := Open(t.Context(), Config{
		Path: filepath.Join(t.TempDir(), "whatsapp.db"), Files: noFiles{}, Now: time.Now,
		Accept: func(context.Context, ...bot.Inbound) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Stop(context.Background()) })
	client := c.newClient(c.session.NewDevice())
	for name, on := range map[string]bool{
		"acknowledges after storing":          client.SynchronousAck,
		"keeps what it decrypted":             client.EnableDecryptedEventBuffer,
		"keeps what it sent":                  client.UseRetryMessageStore,
		"asks the account's phone for copies": client.AutomaticMessageRerequestFromPhone,
		"connects when the network is back":   client.InitialAutoReconnect && client.EnableAutoReconnect,
		"leaves old chats at WhatsApp":        client.ManualHistorySyncDownload,
		"lives as long as the channel":        client.BackgroundEventCtx == c.ctx,
	} {
		if !on {
			t.Errorf("the library no longer %s", name)
		}
	}
}

// A message that was not answered is given time for its receipt before it is sent again.
func TestUnansweredMessageIsGivenTime(t *testing.T) {
	t.Parallel()
	c := &Channel{}
	for _, err := range []error{whatsmeow.ErrMessageTimedOut, &whatsmeow.DisconnectedError{}} {
		said, ok := errors.AsType[*bot.SendError](c.verdict(t.Context(), fmt.Errorf("send: %w", err)))
		if !ok || said.Dead || said.After < 10*time.Second {
			t.Errorf("after %v: %+v", err, said)
		}
	}
}

func TestWhoWritesInPrivate(t *testing.T) {
	t.Parallel()
	for jid, want := range map[types.JID]bool{
		types.NewJID("620000000101", types.DefaultUserServer):      true,
		types.NewJID("9620000000101", types.HiddenUserServer):      true,
		types.NewJID("120000000000000001", types.GroupServer):      false,
		types.NewJID("120000000000000001", types.NewsletterServer): false,
		types.NewJID("1", types.BroadcastServer):                   false,
		types.StatusBroadcastJID:                                   false,
		types.PSAJID:                                               false,
		types.NewJID("867051314767696", types.BotServer):           false,
		types.NewJID("13135550002", types.DefaultUserServer):       false, // a machine of Meta's
		types.EmptyJID: false,
	} {
		if got := private(types.MessageInfo{MessageSource: types.MessageSource{Chat: jid, Sender: jid}}); got != want {
			t.Errorf("%s is private: %v", jid, got)
		}
	}
	person := types.NewJID("620000000101", types.DefaultUserServer)
	if private(types.MessageInfo{MessageSource: types.MessageSource{Chat: person, Sender: person, IsGroup: true}}) {
		t.Error("what is said in a group is private")
	}
}

func TestMessageThatIsNeverAnsweredIsNotCountedOn(t *testing.T) {
	for reason, lasts := range map[string]bool{reasonUnconfirmed: true, reasonNotConnected: false} {
		for _, tried := range []time.Duration{0, time.Hour, 2 * time.Hour} {
			err := inVain(&bot.SendError{Reason: reason}, tried)
			if said, ok := errors.AsType[*bot.SendError](err); !ok || said.Lasts != (lasts && tried > time.Hour) {
				t.Errorf("%s after %v is %+v", reason, tried, said)
			}
		}
	}
	if err := inVain(context.Canceled, 2*time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("it becomes %v", err)
	}
}
