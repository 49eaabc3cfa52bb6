package cli

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// qrReader is a terminal that somebody looks at: he links the device as soon as he
// sees a code.
type qrReader struct {
	bytes.Buffer
	seen func(text string)
}

func (q *qrReader) Write(p []byte) (int, error) {
	n, err := q.Buffer.Write(p)
	q.seen(string(p))
	return n, err
}

func whatsappServer(t *testing.T) *watest.Server {
	t.Helper()
	server, err := watest.Start(watest.Config{Now: time.Now, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	whatsmeow.WACertPubKey = server.Root()
	t.Cleanup(server.Close)
	return server
}

func TestWhatsAppIsLinkedShownAndUnlinked(t *testing.T) {
	server := whatsappServer(t)
	dir := sessionDir{Data: t.TempDir()}
	cfg := whatsapp.Config{HTTP: server.HTTPClient()}
	izinbot(t, "whatsapp", "status", "--data", dir.Data).ends(0).prints("unlinked", "izinbot whatsapp pair")

	screen := &qrReader{}
	screen.seen = func(text string) {
		if _, code, ok := strings.Cut(text, "Ketik kode ini: "); ok {
			go func() { _ = server.EnterCode(context.Background(), strings.TrimSpace(code)) }()
		}
	}
	con := &console{Context: t.Context(), out: screen, errs: io.Discard}
	pair := &whatsappPairCmd{sessionDir: dir, Phone: "+62 000 0000 001"}
	if err := pair.pair(con, cfg); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(screen.String(), "Tertaut.") {
		t.Errorf("the screen shows %s", screen.String())
	}
	if err := pair.pair(con, cfg); err == nil || !strings.Contains(err.Error(), "sudah tertaut") {
		t.Errorf("a second pairing ends with %v", err)
	}
	izinbot(t, "whatsapp", "status", "--data", dir.Data).ends(0).prints("Nomor: +620000000001", "stopped", "Ponsel kantor terakhir terlihat")

	// Somebody has written meanwhile. That is left to the office.
	phone, err := server.AddPhone(watest.PhoneConfig{Number: "620000000101", Name: "Ayu CONTOH"})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := phone.Text("halo"); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := (&whatsappLogoutCmd{dir}).logout(&console{Context: t.Context(), out: &out, errs: io.Discard}, cfg); err != nil {
		t.Fatal(err)
	}
	if server.Waiting() < 3 {
		t.Errorf("only %d stanzas wait: a command has taken messages", server.Waiting())
	}
	if server.Linked() || !strings.Contains(out.String(), "dilepas") {
		t.Errorf("after the logout: linked %v, screen %s", server.Linked(), out.String())
	}
	izinbot(t, "whatsapp", "status", "--data", dir.Data).ends(0).prints("unlinked")
	izinbot(t, "whatsapp", "logout", "--data", dir.Data).ends(1).complains("belum tertaut")
}

func TestWhatsAppThatCannotBeReachedIsToldAtOnce(t *testing.T) {
	server := whatsappServer(t)
	cfg := whatsapp.Config{HTTP: server.HTTPClient()}
	server.Close()
	pair := &whatsappPairCmd{sessionDir: sessionDir{Data: t.TempDir()}}
	err := pair.pair(&console{Context: t.Context(), out: io.Discard, errs: io.Discard}, cfg)
	if err == nil || !strings.Contains(err.Error(), "tidak dapat dihubungi") {
		t.Errorf("the pairing ends with %v", err)
	}
}

func TestWhatsAppCommandsLeaveTheRunningOfficeItsSession(t *testing.T) {
	dir := t.TempDir()
	channel, err := whatsapp.Open(t.Context(), whatsapp.Config{
		Path: filepath.Join(dir, whatsappFile), Files: noFiles{}, Now: time.Now,
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
