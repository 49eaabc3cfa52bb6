//go:build nowhatsapp && nomongo

package cli

import (
	"os"
	"path/filepath"
	"testing"

	"izinbot/cmd/izinbot/internal/office"
)

// A program without WhatsApp and MongoDB says so where it is asked for them, and how to get
// them; it does everything else.
func TestLeftOut(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(keyToken, "4242:CONTOH-token_bukan-rahasia")
	izinbot(t, "officer", "add", "--data", dir, "--name", "Admin CONTOH", "--role", "admin").ends(0).prints("GABUNG")
	izinbot(t, "whatsapp", "status", "--data", dir).ends(0).prints("unlinked")

	tellsOfWhatsApp := func(r result) {
		r.ends(1).complains("dibangun tanpa WhatsApp", "tag nowhatsapp", "make build", keyWhatsApp+"=off")
	}
	tellsOfWhatsApp(izinbot(t, "whatsapp", "pair", "--data", dir))
	if err := os.WriteFile(filepath.Join(dir, office.WhatsAppFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tellsOfWhatsApp(izinbot(t, "whatsapp", "status", "--data", dir))
	tellsOfWhatsApp(izinbot(t, "serve", "--data", dir, "--listen", "127.0.0.1:0"))
	t.Setenv(keyWhatsApp, string(office.UseOn))
	tellsOfWhatsApp(izinbot(t, "config", "print"))

	t.Setenv(keyWhatsApp, string(office.UseOff))
	izinbot(t, "config", "print").ends(0)
	t.Setenv(keyMongo, "mongodb://localhost/izinbot")
	for _, args := range [][]string{
		{"config", "print"},
		{"serve", "--data", dir},
		{"audit", "verify", "--data", dir},
		{"store", "copy", "--from", dir, "--to", keyMongo},
	} {
		izinbot(t, args...).ends(1).complains("dibangun tanpa MongoDB", "tag nomongo", "make build", keyMongo)
	}
}
