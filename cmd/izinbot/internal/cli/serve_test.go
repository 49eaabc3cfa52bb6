package cli

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"izinbot/cmd/izinbot/internal/office"
)

// serve runs the built program as an office and gives it once it says where its
// pages are, with all that it said by then.
func serve(t *testing.T, settings ...string) (*process, string) {
	t.Helper()
	p, out := begin(t, settings...)
	var said strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "Ctrl-C") {
			break
		}
	}
	p.url = regexp.MustCompile(`http://\S+`).FindString(said.String())
	if p.url == "" {
		_ = p.cmd.Wait()
		t.Fatalf("the office said %q\n%s", said.String(), p.errs)
	}
	if lines.Scan() {
		said.WriteString(lines.Text() + "\n")
	}
	return p, said.String()
}

// sampleOffice is the office file that comes with the program.
const sampleOffice = "../../../../workflow/letters/office.yaml"

func begin(t *testing.T, settings ...string) (*process, io.Reader) {
	t.Helper()
	env := append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LOG_LEVEL=error",
		"PUBLIC_URL=https://izin.contoh.example", "IZINBOT_OFFICE=" + sampleOffice,
	}, settings...)
	return spawn(t, env, "serve", "--listen", "127.0.0.1:0")
}

// refused runs the built program as an office that does not start, and gives why.
func refused(t *testing.T, settings ...string) string {
	t.Helper()
	p, _ := begin(t, settings...)
	if err := p.cmd.Wait(); err == nil {
		t.Error("the office ends as if all were well")
	}
	return p.errs.String()
}

func TestOfficeWithoutANetworkSaysWhatToDo(t *testing.T) {
	for _, use := range []office.Use{office.UseAuto, office.UseOff} {
		said := refused(t, "IZINBOT_DATA="+t.TempDir(), "WHATSAPP="+string(use))
		for _, want := range []string{"belum ada jaringan chat", "TELEGRAM_TOKEN", "izinbot whatsapp pair", "docs/whatsapp.md"} {
			if !strings.Contains(said, want) {
				t.Errorf("with WHATSAPP=%s it does not say %q but\n%s", use, want, said)
			}
		}
	}
}

func TestOfficeOnWhatsAppThatIsNotLinkedYet(t *testing.T) {
	dir := t.TempDir()
	p, said := serve(t, "IZINBOT_DATA="+dir, "WHATSAPP=on")
	if !strings.Contains(said, "belum ditautkan") || !strings.Contains(said, "WHATSAPP") || !strings.Contains(said, "izinbot whatsapp pair") {
		t.Errorf("it says\n%s", said)
	}
	if body, err := p.do(http.MethodGet, "/healthz", "", nil); err != nil || string(body) != "ok\n" {
		t.Errorf("/healthz: %s, %v", body, err)
	}
	if body, err := p.do(http.MethodGet, "/wa/x", "", nil); err != nil || !strings.Contains(string(body), "Tampilkan kode QR") {
		t.Errorf("/wa/x: %s, %v", body, err)
	}
	izinbot(t, "whatsapp", "status", "--data", dir).ends(0).prints("unlinked")
	izinbot(t, "whatsapp", "pair", "--data", dir).ends(1).complains("hentikan izinbot")
	why := refused(t, "IZINBOT_DATA="+t.TempDir(), "WHATSAPP=on", "WHATSAPP_SESSION="+filepath.Join(dir, office.WhatsAppFile))
	if !strings.Contains(why, "another process is using this WhatsApp session") || !strings.Contains(why, "hentikan program itu") {
		t.Errorf("a second office on the session is told\n%s", why)
	}
	p.interrupt()
	again, _ := serve(t, "IZINBOT_DATA="+dir, "WHATSAPP=on")
	again.interrupt()
}

func TestWhatsAppSettings(t *testing.T) {
	for key, wrong := range map[string][]string{
		keyWhatsApp: {"ya"}, keyWhatsAppPause: {"2", "0-6", "6-2", "a-b", "2-601"}, keyWhatsAppHourly: {"0", "x"},
		keyWhatsAppDaily: {"-1", "10001"}, keyWhatsAppWindow: {"0", "61"},
	} {
		for _, value := range wrong {
			t.Setenv(key, value)
			izinbot(t, "config", "print").ends(1).complains(key + ": bukan ")
		}
		t.Setenv(key, "")
	}
	t.Setenv(keyWhatsAppPause, "3-9")
	t.Setenv(keyWhatsAppHourly, "30")
	izinbot(t, "config", "print").ends(0).prints("WHATSAPP ", "auto", "WHATSAPP_SESSION", "3-9", "30", "400", "21")
	set, err := settingFlags{}.load()
	if err != nil {
		t.Fatal(err)
	}
	w := whatsappConfig(set)
	if w.Use != office.UseAuto || w.Pace.Min.Seconds() != 3 || w.Pace.Max.Seconds() != 9 || w.Pace.Hourly != 30 || w.Pace.Daily != 400 || w.Window.Hours() != 21*24 {
		t.Errorf("read: %+v", w)
	}
}
