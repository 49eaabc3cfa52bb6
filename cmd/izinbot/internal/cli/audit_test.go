package cli

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	_ "modernc.org/sqlite" // the driver that tampers
)

// TestAuditVerify plays a story, verifies, and then changes the database behind the
// program's back.
func TestAuditVerify(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	played, err := exec.CommandContext(t.Context(), path, "demo", "--auto", "tolak", "--data", data, "--out", filepath.Join(dir, "out")).Output()
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`LKS-\d{4}-\d{5}-\d`).FindString(string(played))
	izinbot(t, "audit", "verify", "--data", data).ends(0).prints("1 permohonan, ", ", 0 tidak cocok")

	const named = "UPDATE history SET entry = CAST(replace(CAST(entry AS TEXT), 'CONTOH', 'CONTOJ') AS BLOB) WHERE CAST(entry AS TEXT) LIKE '%CONTOH%'"
	for _, c := range []struct{ change, want string }{
		{named + " AND n = (SELECT max(n) FROM history WHERE CAST(entry AS TEXT) LIKE '%CONTOH%')", " diubah setelah ditulis"},
		{named, ": catatan 2 diubah setelah ditulis"},
		{"UPDATE history SET hash = lower(hex(randomblob(32))) WHERE n = 7", ": catatan 7 diubah setelah ditulis"},
		{"DELETE FROM history WHERE n = 9", ": catatan 9 hilang"},
		{"DELETE FROM history WHERE n = (SELECT max(n) FROM history)", " hilang"},
	} {
		changed := tamper(t, data, c.change)
		izinbot(t, "audit", "verify", "--data", changed).ends(1).prints(id+": catatan ", c.want, "1 tidak cocok")
	}
	for _, c := range []struct{ change, want string }{
		{"UPDATE history SET entry = x'7b' WHERE n = 4", ": catatan 4 tidak terbaca"},
		{"DELETE FROM sops", ": prosedur lks-asing versi "},
		{"UPDATE officers SET doc = x'7b' WHERE rowid = 1", "petugas: tidak terbaca"},
	} {
		changed := tamper(t, data, c.change)
		izinbot(t, "audit", "verify", "--data", changed).ends(1).prints(c.want, "1 permohonan, ", "1 tidak cocok")
	}
	changed := tamper(t, data, "UPDATE cases SET doc = x'ffff'")
	izinbot(t, "audit", "verify", "--data", changed).ends(1).prints(": permohonan tidak terbaca: damaged case", "1 permohonan, ", "2 tidak cocok")
	both := tamper(t, data, "UPDATE cases SET doc = x'ffff'")
	both = tamper(t, both, "DELETE FROM sops", "DELETE FROM history WHERE n = 9")
	izinbot(t, "audit", "verify", "--data", both).ends(1).prints("permohonan tidak terbaca", "catatan 9 hilang", "3 tidak cocok")
	izinbot(t, "audit", "verify", "--data", data).ends(0)
	izinbot(t, "audit", "verify", "--data", filepath.Join(dir, "nowhere")).ends(1).complains("tidak ada data di")
}

// tamper gives a copy of the data in which somebody who knows SQL changed the
// history.
func tamper(t *testing.T, data string, statements ...string) string {
	t.Helper()
	dir := t.TempDir()
	content, err := os.ReadFile(filepath.Join(data, "izinbot.db"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "izinbot.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "DROP TRIGGER IF EXISTS history_kept; DROP TRIGGER IF EXISTS history_whole"); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		res, err := db.ExecContext(t.Context(), statement)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			t.Fatalf("%s changed %d rows, %v", statement, n, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestAuditVerifyReadsFiles: a letter's changed or missing bytes are found where files are read,
// in an office and in a backup of it.
func TestAuditVerifyReadsFiles(t *testing.T) {
	dir := t.TempDir()
	data, saved := filepath.Join(dir, "data"), filepath.Join(dir, "saved")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	if err := exec.CommandContext(t.Context(), path, "demo", "--auto", "tolak", "--data", data, "--out", filepath.Join(dir, "out")).Run(); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "backup", "--with-key", "--data", data, saved).ends(0)
	all := filepath.Join("files", "??", "*")
	for where, args := range map[string][]string{data: {"--data", data}, saved: {"--backup", saved}} {
		args = append([]string{"audit", "verify"}, args...)
		izinbot(t, append(args, "--files")...).ends(0).prints(" berkas dibuka", ", 0 tidak cocok")
		found, err := filepath.Glob(filepath.Join(where, all))
		if err != nil || len(found) < 2 {
			t.Fatalf("%d files, %v", len(found), err)
		}
		content, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		content[len(content)/2] ^= 1
		if err := errors.Join(os.WriteFile(found[0], content, 0o600), os.Remove(found[1])); err != nil {
			t.Fatal(err)
		}
		izinbot(t, args...).ends(0)
		izinbot(t, append(args, "--files")...).ends(1).prints("berkas rusak atau bukan yang disimpan", "berkas tidak ada")
	}
}
