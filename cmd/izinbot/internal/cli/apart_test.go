package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestDemoAndOfficeStayApart: made-up officers must not sign in a real office, and a
// demo's reset must not forget one.
func TestDemoAndOfficeStayApart(t *testing.T) {
	kantor := filepath.Join(t.TempDir(), "kantor")
	izinbot(t, "officer", "add", "--data", kantor, "--name", "Bona CONTOH", "--role", "kadis", "--nip", "CONTOH-6").ends(0)
	for _, args := range [][]string{{}, {"--reset"}, {"--auto", "terbit"}} {
		izinbot(t, append([]string{"demo", "--listen", "127.0.0.1:0", "--data", kantor}, args...)...).ends(1).complains("ada data kantor")
	}
	izinbot(t, "officer", "list", "--data", kantor).ends(0).prints("Bona CONTOH")
	if _, err := os.Stat(filepath.Join(kantor, "clock.json")); err == nil {
		t.Error("the demo wrote into the office's directory")
	}

	demo := filepath.Join(t.TempDir(), "demo")
	start(t, "--data", demo).interrupt()
	if said := refused(t, "IZINBOT_DATA="+demo, "WHATSAPP=on"); !contains(said, "petugas rekaan", demo) {
		t.Errorf("an office on a demo's data is told\n%s", said)
	}
}

// TestRefusedOfficeMakesNothing: a directory that it left behind would look like an
// office with nobody in it.
func TestRefusedOfficeMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kantor")
	refused(t, "IZINBOT_DATA="+dir)
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the directory: %v", err)
	}
}

// TestCommandsGoWhereTheOfficeIs: an invitation in another database would be of no use.
func TestCommandsGoWhereTheOfficeIs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kantor")
	t.Setenv(keyData, dir)
	t.Chdir(t.TempDir())
	izinbot(t, "officer", "add", "--name", "Bona CONTOH", "--role", "kadis", "--nip", "CONTOH-6").ends(0)
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints("Bona CONTOH")
	izinbot(t, "audit", "verify").ends(0)
}
