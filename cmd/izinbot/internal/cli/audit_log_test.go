package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAuditAgainstACheckpoint: a checkpoint that was kept elsewhere shows that the log was taken
// away, which nothing in the database does.
func TestAuditAgainstACheckpoint(t *testing.T) {
	dir := t.TempDir()
	data, kept := filepath.Join(dir, "data"), filepath.Join(dir, "checkpoint.txt")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	if err := exec.CommandContext(t.Context(), path, "demo", "--auto", "tolak", "--data", data, "--out", filepath.Join(dir, "out")).Run(); err != nil {
		t.Fatal(err)
	}
	public := strings.TrimSpace(izinbot(t, "audit", "kunci", "--data", data).ends(0).out)
	signed := izinbot(t, "audit", "checkpoint", "--data", data).ends(0).out
	if !strings.HasPrefix(public, "izinbot/") || !strings.HasPrefix(signed, public[:20]+"\n") {
		t.Fatalf("key %q, checkpoint %q", public, signed)
	}
	if err := os.WriteFile(kept, []byte(signed), 0o600); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "audit", "verify", "--data", data, "--against", kept).ends(0).prints("Log kantor: ", "Checkpoint yang dibandingkan termuat: ", ", 0 tidak cocok")

	gone := tamper(t, data, "DELETE FROM claims WHERE key >= 'log/' AND key < 'log0'", "DELETE FROM claims WHERE key >= 'checkpoint/' AND key < 'checkpoint0'")
	izinbot(t, "audit", "verify", "--data", gone).ends(0).prints(" catatan belum masuk log kantor").complains("tanda tangan checkpoint tidak diperiksa")
	izinbot(t, "audit", "verify", "--data", gone, "--against", kept, "--kunci-publik", public).ends(1).prints("log kantor: hanya ada 0 catatan, padahal checkpoint menyebut ")
	izinbot(t, "audit", "checkpoint", "--data", gone).ends(1).complains("log kantor belum ada")

	if err := os.WriteFile(kept, []byte(strings.Replace(signed, "\n", "\n1", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "audit", "verify", "--data", data, "--against", kept).ends(1).prints("checkpoint yang dibandingkan tidak ditandatangani dengan kunci kantor ini")
}
