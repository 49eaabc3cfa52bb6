package whatsapptest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/notifications/outbox"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// Environment of a child process, which is there to be killed.
const (
	envDir     = "WHATSAPPTEST_DIR"
	envAddress = "WHATSAPPTEST_ADDRESS"
	envCert    = "WHATSAPPTEST_CERT"
	envRoot    = "WHATSAPPTEST_ROOT"
)

// counter is a handler whose every effect can be counted: it keeps what a chat said,
// in order, and answers each message.
type counter struct {
	store  *sqlitestore.Store
	outbox *outbox.Outbox
}

func (h *counter) Handle(ctx context.Context, r bot.Received) error {
	conv, err := h.store.Conversation(ctx, r.Chat)
	if err != nil || conv.Handled >= r.Seq {
		return err
	}
	var said []string
	if len(conv.State) > 0 {
		if err := json.Unmarshal(conv.State, &said); err != nil {
			return err
		}
	}
	said = append(said, r.Text)
	if conv.State, err = json.Marshal(said); err != nil {
		return err
	}
	conv.Handled = r.Seq
	now := testclock.Now()
	unit := store.UnitOfWork{Conversation: &conv, Deliveries: []bot.Delivery{{
		ID: r.ID + "/1", Chat: r.Chat, Message: bot.Message{Text: "terima " + strconv.Itoa(len(said)) + ": " + r.Text}, Created: now,
	}}}
	unit.Owner, unit.Lease = h.outbox.Lease(now)
	pushed, err := h.store.Commit(ctx, now, unit)
	if err != nil {
		return err
	}
	h.outbox.Push(pushed...)
	return nil
}

// child runs a counter on WhatsApp until its standard input ends, or it is killed.
func child() error {
	ctx := context.Background()
	dir := os.Getenv(envDir)
	key, err := hex.DecodeString(os.Getenv(envRoot))
	if err != nil {
		return err
	}
	whatsmeow.WACertPubKey = [32]byte(key)
	s, err := sqlitestore.Open(ctx, filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		return err
	}
	files, err := filestore.Open(filepath.Join(dir, "files"))
	if err != nil {
		return err
	}
	h := &counter{store: s}
	dispatcher := bot.NewDispatcher(s, h, bot.DispatcherConfig{})
	channel, err := whatsapp.Open(ctx, whatsapp.Config{
		Path: filepath.Join(dir, "whatsapp.db"), Files: files, Now: testclock.Now, Retry: 50 * time.Millisecond,
		Accept: func(ctx context.Context, in ...bot.Inbound) error {
			return dispatcher.Accept(ctx, testclock.Now(), in...)
		},
		HTTP: watest.HTTPClient(os.Getenv(envAddress), []byte(os.Getenv(envCert))),
		Log:  slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		return err
	}
	h.outbox = outbox.New(s, []bot.Channel{channel}, outbox.Config{
		Owner: rand.Text(), Clock: testclock.Now, Scan: 200 * time.Millisecond,
		Lease: 8 * time.Second, Timeout: 5 * time.Second, Margin: time.Second, Backoff: 100 * time.Millisecond,
	})
	if err := link(ctx, channel); err != nil {
		return err
	}
	for _, part := range []interface{ Start(context.Context) error }{h.outbox, dispatcher, channel} {
		if err := part.Start(ctx); err != nil {
			return err
		}
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	for _, part := range []interface{ Stop(context.Context) error }{channel, dispatcher, h.outbox} {
		if err := part.Stop(ctx); err != nil {
			return err
		}
	}
	return s.Close()
}

// link links the device at the first start; the parent scans the codes.
func link(ctx context.Context, channel *whatsapp.Channel) error {
	if channel.Linked() {
		return nil
	}
	steps, err := channel.Pair(ctx, "")
	if err != nil {
		return err
	}
	for step := range steps {
		if step.QR != "" {
			fmt.Println("QR " + strings.TrimSpace(step.QR))
		}
		if step.Error != nil {
			return step.Error
		}
	}
	return nil
}
