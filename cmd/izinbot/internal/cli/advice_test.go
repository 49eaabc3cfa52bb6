package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/workflow/calendar"
)

func TestOfficeAdvises(t *testing.T) {
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("tanpa-bentuk-rahasia"), 0o644); err != nil {
		t.Fatal(err)
	}
	said := refused(t, "IZINBOT_DATA="+t.TempDir(), "TELEGRAM_TOKENN=rahasia", "TELEGRAM_TOKEN_FILE="+token)
	if !contains(said, "TELEGRAM_TOKENN bukan pengaturan", "maksudnya TELEGRAM_TOKEN?", "chmod 600 "+token) || strings.Contains(said, "rahasia") {
		t.Errorf("said:\n%s", said)
	}
}

func TestAdviceOnAnOfficeThatIsNotFinished(t *testing.T) {
	for public, want := range map[string]string{
		"": "PUBLIC_URL belum diisi", "http://localhost:8080": "hanya dikenal di komputer ini",
		"http://izin.contoh.example": "pakailah https", "https://izin.contoh.example": "",
	} {
		t.Setenv(keyPublicURL, public)
		said := izinbot(t, "config", "print", "--office", sampleOffice).ends(0).errs
		if strings.Contains(said, "Perhatian") != (want != "") || !strings.Contains(said, want) {
			t.Errorf("with PUBLIC_URL=%s:\n%s", public, said)
		}
	}
	if said := izinbot(t, "config", "print").errs; !strings.Contains(said, "IZINBOT_OFFICE belum diisi") {
		t.Errorf("without an office file:\n%s", said)
	}
}

func TestCalendarThatEndsIsTold(t *testing.T) {
	cal, err := calendar.Default() // 2026 and 2027
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]string{
		time.Date(2027, 10, 1, 9, 0, 0, 0, time.UTC):  "",
		time.Date(2027, 11, 20, 9, 0, 0, 0, time.UTC): "tahun 2028",
		time.Date(2028, 6, 1, 9, 0, 0, 0, time.UTC):   "tahun 2028",
	} {
		got := shortCalendar(cal, at)
		if len(got) > 1 || (len(got) == 1) != (want != "") || !strings.Contains(strings.Join(got, ""), want) {
			t.Errorf("at %v: %q", at, got)
		}
	}
}

func TestFilesAreCheckedTogether(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("nam: x\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	data := filepath.Join(dir, "data")
	said := refused(t, "IZINBOT_DATA="+data, "WHATSAPP=on",
		"IZINBOT_SOP="+file("sop.yaml"), "IZINBOT_OFFICE="+file("kantor.yaml"), "IZINBOT_HOLIDAYS="+file("kalender.yaml"))
	if !contains(said, "IZINBOT_SOP: ", "sop.yaml", "IZINBOT_OFFICE: ", "kantor.yaml", "IZINBOT_HOLIDAYS: ", "kalender.yaml", "baris 1") {
		t.Errorf("said:\n%s", said)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the data directory: %v", err)
	}
}

func TestAddressInUseIsExplained(t *testing.T) {
	first, said := serve(t, "IZINBOT_DATA="+t.TempDir(), "WHATSAPP=on")
	if !strings.Contains(said, first.url) {
		t.Fatal(said)
	}
	t.Setenv(keyWhatsApp, "on")
	izinbot(t, "serve", "--data", t.TempDir(), "--listen", strings.TrimPrefix(first.url, "http://")).ends(1).
		complains("sudah dipakai program lain", "--listen atau IZINBOT_LISTEN")
	first.interrupt()
}

func TestHelpAndVersion(t *testing.T) {
	izinbot(t, "help").ends(0).prints("serve", "officer add", "version")
	izinbot(t, "help", "backup").ends(0).prints("--with-key")
	izinbot(t, "version").ends(0).prints("izinbot ", "sumber", "go1.")
	izinbot(t, "sreve").ends(2).complains(`mungkin maksudnya "serve"`, "izinbot help")
}
