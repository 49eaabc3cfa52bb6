//go:build !race

// The pinned whatsmeow races with itself when a device logs out; the Makefile, which
// tells more, runs this package without the race detector.

package cli

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/testclock"
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
	con := &console{Context: t.Context(), out: screen, errs: io.Discard, now: testclock.Now}
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
	if err := (&whatsappLogoutCmd{dir}).logout(&console{Context: t.Context(), out: &out, errs: io.Discard, now: testclock.Now}, cfg); err != nil {
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
