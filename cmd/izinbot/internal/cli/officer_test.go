package cli

import (
	"errors"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

func itoa(n int) string { return strconv.Itoa(n) }

// newData makes the data of an office with nobody in it.
func newData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOfficers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "office") // made by the first officer
	added := izinbot(t, "officer", "add", "--data", dir, "--name", " Bona CONTOH ", "--role", "backoffice", "--role", "admin", "--nip", "CONTOH-9").ends(0).
		prints("Direktori data baru dibuat: "+dir, "Bona CONTOH (p", "Kode undangan: ", "GABUNG ", "satu kali pakai")
	id := regexp.MustCompile(`\((p[0-9a-f]{12})\)`).FindStringSubmatch(added.out)
	code := regexp.MustCompile(`[A-Z2-7]{5}-[A-Z2-7]{5}`).FindString(added.out)
	if id == nil || code == "" {
		t.Fatalf("added: %s", added.out)
	}
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints(id[1], "Bona CONTOH", "backoffice,admin", "belum bergabung")
	again := izinbot(t, "officer", "invite", "--data", dir, id[1], "--reset-otp").ends(0).prints("Kode undangan: ")
	if strings.Contains(again.out, code) {
		t.Error("the new invitation has the old code")
	}
	izinbot(t, "officer", "disable", "--data", dir, id[1]).ends(0).prints("Bona CONTOH dinonaktifkan")
	izinbot(t, "officer", "list", "--data", dir).ends(0).prints("nonaktif")
	izinbot(t, "officer", "add", "--data", dir, "--name", "Loket CONTOH", "--role", "loket", "--sop", smallSOP).ends(0)
}

// TestInvitingAnewBarsTheOldChat: what waits for the lost phone is not delivered any more.
func TestInvitingAnewBarsTheOldChat(t *testing.T) {
	dir := newData(t)
	open := func() *sqlitestore.Store {
		s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	_, err := s.Commit(t.Context(), testclock.Now(), store.UnitOfWork{
		Persons:  []store.Person{{ID: "p-eka", Name: "Eka CONTOH", Addresses: []bot.Address{"test:eka"}}},
		Officers: []workflow.Officer{{ID: "p0123456789ab", Person: "p-eka", Name: "Eka CONTOH", Roles: []workflow.Role{"kadis"}}},
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "officer", "invite", "--data", dir, "p0123456789ab").ends(0).prints("Kode undangan: ")
	s = open()
	p, err := s.Person(t.Context(), "p-eka")
	if err := errors.Join(err, s.Close()); err != nil || p.Barred.IsZero() {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestOfficersSayWhatIsWrong(t *testing.T) {
	dir := newData(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"add", "--data", dir, "--name", "A CONTOH", "--role", "bupati"}, `"bupati" bukan jabatan petugas; pilih dari admin, front_office`},
		{[]string{"add", "--data", dir, "--name", "A CONTOH", "--role", "pemohon"}, "bukan jabatan petugas"},
		{[]string{"add", "--data", dir, "--name", "  ", "--role", "kadis"}, "--name: nama belum diisi"},
		{[]string{"disable", "--data", dir, "nobody"}, `tidak ada petugas "nobody"; izinbot officer list menampilkan`},
		{[]string{"invite", "--data", dir, "nobody"}, "izinbot officer list"},
		{[]string{"list", "--data", filepath.Join(dir, "elsewhere")}, "tidak ada data di"},
	} {
		izinbot(t, append([]string{"officer"}, c.args...)...).ends(1).complains(c.want)
	}
	s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	izinbot(t, "officer", "list", "--data", dir).ends(1).complains("in use by another process", "hentikan izinbot yang sedang berjalan dulu")
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
