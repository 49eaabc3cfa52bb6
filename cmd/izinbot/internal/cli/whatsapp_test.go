package cli

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/testclock"
)

func whatsappServer(t *testing.T) *watest.Server {
	t.Helper()
	server, err := watest.Start(watest.Config{Now: testclock.Now, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	whatsmeow.WACertPubKey = server.Root()
	t.Cleanup(server.Close)
	return server
}

func TestWhatsAppThatCannotBeReachedIsToldAtOnce(t *testing.T) {
	server := whatsappServer(t)
	cfg := whatsapp.Config{HTTP: server.HTTPClient()}
	server.Close()
	pair := &whatsappPairCmd{sessionDir: sessionDir{Data: t.TempDir()}}
	err := pair.pair(&console{Context: t.Context(), out: io.Discard, errs: io.Discard, now: testclock.Now}, cfg)
	if err == nil || !strings.Contains(err.Error(), "tidak dapat dihubungi") {
		t.Errorf("the pairing ends with %v", err)
	}
}

func TestWhatsAppCommandsLeaveTheRunningOfficeItsSession(t *testing.T) {
	dir := t.TempDir()
	channel, err := whatsapp.Open(t.Context(), whatsapp.Config{
		Path: filepath.Join(dir, office.WhatsAppFile), Files: noFiles{}, Now: testclock.Now,
		Accept: func(context.Context, ...bot.Inbound) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = channel.Stop(t.Context()) }()
	izinbot(t, "whatsapp", "status", "--data", dir).ends(0).prints("unlinked")
	for _, command := range []string{"pair", "logout"} {
		izinbot(t, "whatsapp", command, "--data", dir).ends(1).complains("another process is using this WhatsApp session", "hentikan izinbot")
	}
}

// TestTerminalQR reads the drawn code back: every module must be where the code has
// it.
func TestTerminalQR(t *testing.T) {
	drawn, err := terminalQR("https://wa.me/settings/linked_devices#CONTOH")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(drawn, "\n"), "\n")
	width := len([]rune(lines[0]))
	for i, line := range lines {
		if len([]rune(line)) != width {
			t.Errorf("line %d is %d wide, not %d", i, len([]rune(line)), width)
		}
	}
	if h := 2 * len(lines); h != width && h != width+1 {
		t.Errorf("%d × %d is no square", width, h)
	}
	// The finder pattern in the corner: a dark frame of 7 inside a light border of 2.
	if got := []rune(lines[1])[:10]; string(got) != "██ ▄▄▄▄▄ █" {
		t.Errorf("the corner is %q", string(got))
	}
}
