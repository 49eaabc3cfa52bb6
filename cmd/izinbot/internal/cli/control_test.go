package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"izinbot/cmd/izinbot/internal/control"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// TestOfficersWhileTheOfficeRuns adds, sees and disables an officer in a running office,
// and again in one whose process before was killed.
func TestOfficersWhileTheOfficeRuns(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, control.SocketFile)
	p, _ := serve(t, "IZINBOT_DATA="+dir, "WHATSAPP=on")
	if info, err := os.Stat(socket); err != nil || info.Mode() != fs.ModeSocket|0o600 {
		t.Fatalf("the socket: %v, %v", info, err)
	}
	id := addOfficer(t, dir, "Bona CONTOH", "backoffice")
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints(id, "Bona CONTOH", "belum bergabung")
	izinbot(t, "officer", "disable", "--data", dir, id).ends(0).prints("Bona CONTOH dinonaktifkan.")
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints("nonaktif")
	izinbot(t, "officer", "enable", "--data", dir, id).ends(0).prints("Bona CONTOH aktif kembali.")
	izinbot(t, "officer", "invite", "--data", dir, id).ends(0).prints("Kode undangan: ")
	izinbot(t, "officer", "disable", "--data", dir, "nobody").ends(1).complains(`izinbot: tidak ada petugas "nobody"`)
	izinbot(t, "officer", "add", "--data", dir, "--name", "A CONTOH", "--role", "bupati").ends(1).complains("bukan jabatan petugas")
	izinbot(t, "audit", "verify", "--data", dir).ends(0).prints("0 permohonan, 0 catatan diperiksa, 0 tidak cocok")
	if left, err := filepath.Glob(filepath.Join(dir, ".izinbot-*")); err != nil || len(left) > 0 {
		t.Errorf("the audit has left %v, %v", left, err)
	}

	p.kill()
	if _, err := os.Lstat(socket); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "officer", "disable", "--data", dir, id).ends(0).prints("dinonaktifkan") // by itself
	again, _ := serve(t, "IZINBOT_DATA="+dir, "WHATSAPP=on")
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints(id, "nonaktif")
	if err := errors.Join(again.cmd.Process.Signal(os.Interrupt), again.cmd.Wait()); err != nil {
		t.Errorf("after Ctrl-C: %v\n%s", err, again.errs)
	}
	if _, err := os.Lstat(socket); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after the stop the socket is still there: %v", err)
	}
}

// addOfficer gives the id of a new officer.
func addOfficer(t *testing.T, dir, name, role string) string {
	t.Helper()
	added := izinbot(t, "officer", "add", "--data", dir, "--name", name, "--role", role, "--nip", "CONTOH-"+name).ends(0).prints("GABUNG ")
	id := regexp.MustCompile(`\((p[0-9a-f]{12})\)`).FindStringSubmatch(added.out)
	if id == nil {
		t.Fatalf("added: %s", added.out)
	}
	return id[1]
}

// TestLongPathOfTheData has an office whose directory has no room for a socket run, and
// its commands say why they need it stopped.
func TestLongPathOfTheData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("x", 100))
	p, _ := serve(t, "IZINBOT_DATA="+dir, "WHATSAPP=on")
	izinbot(t, "officer", "list", "--data", dir).ends(1).complains("hentikan izinbot yang sedang berjalan dulu", "letak direktori data terlalu panjang")
	p.kill()
	izinbot(t, "officer", "list", "--data", dir).ends(0)
}

// TestLastAdminIsNotDisabledByMistake needs --yes for the only admin who could act.
func TestLastAdminIsNotDisabledByMistake(t *testing.T) {
	dir := newData(t)
	s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	only := workflow.Officer{ID: "p1", Person: "x1", Name: "Adi CONTOH", Roles: []workflow.Role{workflow.RoleAdmin}}
	_, err = s.Commit(t.Context(), testclock.Now(), store.UnitOfWork{Officers: []workflow.Officer{only}})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	addOfficer(t, dir, "Belum CONTOH", "admin") // has not joined
	izinbot(t, "officer", "disable", "--data", dir, "p1").ends(1).complains("Adi CONTOH satu-satunya admin yang aktif", "--yes")
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints("bergabung")
	izinbot(t, "officer", "disable", "--data", dir, "p1", "--yes").ends(0).prints("Adi CONTOH dinonaktifkan.")
}
