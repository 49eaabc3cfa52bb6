package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/mongostore/mongotest"
)

func TestMongoNeedsADatabase(t *testing.T) {
	t.Setenv("TELEGRAM_TOKEN", "123456789:CONTOHCONTOHCONTOHCONTOHCONTOHCONTO")
	for uri, want := range map[string]string{
		"mongodb://petugas:rahasia@contoh.example":  "MONGODB_URI: the address names no database",
		"postgres://petugas:rahasia@contoh.example": "MONGODB_URI: connect to MongoDB: the connection string is wrong",
	} {
		t.Setenv("MONGODB_URI", uri)
		for _, args := range [][]string{{"config", "print"}, {"serve"}, {"officer", "list"}, {"audit", "verify"}, {"demo", "--auto", "terbit"}} {
			r := izinbot(t, args...).ends(1)
			r.complains(strings.TrimPrefix(want, "MONGODB_URI: "))
			if strings.Contains(r.out+r.errs, "rahasia") {
				t.Errorf("%q shows the password", args)
			}
		}
	}
	t.Setenv("MONGODB_URI", "mongodb://petugas:rahasia@contoh.example/izinbot")
	if r := izinbot(t, "config", "print").prints("MONGODB_URI", "(tersembunyi)"); strings.Contains(r.out, "rahasia") {
		t.Error("the password is printed")
	}
}

// TestOfficersInMongoDB: the commands that need no running office work on MongoDB by
// the same variable, given in a file.
func TestOfficersInMongoDB(t *testing.T) {
	file, data := filepath.Join(t.TempDir(), "uri"), filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(file, []byte(mongotest.URI(t)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("MONGODB_URI_FILE", file)
	izinbot(t, "officer", "add", "--data", data, "--name", "Badu CONTOH", "--role", "kabid", "--nip", "CONTOH-4").ends(0).prints("GABUNG")
	izinbot(t, "officer", "list", "--data", data).ends(0).prints("Badu CONTOH", "belum bergabung")
	izinbot(t, "audit", "verify", "--data", data).ends(0).prints("0 permohonan")
	if _, err := os.Stat(filepath.Join(data, "izinbot.db")); err == nil {
		t.Error("there is a SQLite database too")
	}
	t.Setenv("MONGODB_URI_FILE", "")
	izinbot(t, "officer", "list", "--data", data).ends(1).complains("tidak ada data di")
}
