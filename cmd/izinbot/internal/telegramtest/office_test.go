package telegramtest

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/testclock"
)

// openOffice runs the real office in this process.
func openOffice(t *testing.T, settings office.Telegram, api *tgtest.Config, dir string) (*office.Office, *tgtest.Server) {
	t.Helper()
	api.Token, api.Now = token, testclock.Now
	server := tgtest.New(*api)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	settings.Token, settings.APIURL = token, server.URL()
	o, err := office.Open(t.Context(), office.Config{
		App: app.Config{Dir: dir, Now: testclock.Now}, Listen: "127.0.0.1:0", Telegram: settings,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := o.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return o, server
}

func until(t *testing.T, server *tgtest.Server, what string, reached func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	if err := server.Until(ctx, reached); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestTokenIsEnough(t *testing.T) {
	o, server := openOffice(t, office.Telegram{Rate: 25}, &tgtest.Config{Limits: true}, t.TempDir())
	p := server.Person(71, "Ayu CONTOH")
	p.Type("/start")
	until(t, server, "welcome", func() bool { return len(p.Messages()) == 1 })
	if m := p.Messages()[0]; !strings.Contains(m.Text, "Selamat datang") || len(m.Buttons) != 5 {
		t.Errorf("shown: %+v", m)
	}
	until(t, server, "menus", func() bool { return len(server.Menu("")) > 5 && len(server.Menu("en")) > 5 })
	if status, body := get(t, o.URL()+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d %s", status, body)
	}
	if status, _ := post(t, o.URL()+"/telegram", "x", "{}"); status == http.StatusOK {
		t.Error("there is a webhook although updates are polled")
	}
}

func TestStaleButtonIsAnsweredAndTold(t *testing.T) {
	_, server := openOffice(t, office.Telegram{}, &tgtest.Config{}, t.TempDir())
	p := server.Person(71, "Ayu CONTOH")
	for n, text := range []string{"Ajukan izin", "batal", "Ajukan izin"} {
		p.Type(text)
		until(t, server, text, func() bool { return len(p.Messages()) == n+1 })
	}
	old := p.Messages()[0]
	query, err := p.Press(old.Buttons[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	until(t, server, "answer", func() bool { return server.Answer(query).Answered && len(p.Messages()) == 4 })
	if a := server.Answer(query); !a.Alert || !strings.Contains(a.Text, " / ") {
		t.Errorf("alert: %+v", a)
	}
	if m := p.Messages()[3]; !strings.Contains(m.Text, "sudah lewat") {
		t.Errorf("told: %q", m.Text)
	}
	if _, err := p.Press(p.Messages()[3].Buttons[0].Data); err != nil {
		t.Fatal(err)
	}
	until(t, server, "the next question", func() bool { return len(p.Messages()) == 5 })
}

func TestWebhookOverHTTP(t *testing.T) {
	dir := t.TempDir()
	o, server := openOffice(t, office.Telegram{WebhookURL: "https://izin.contoh.example/dari-telegram"}, &tgtest.Config{}, dir)
	until(t, server, "setWebhook", func() bool { return server.WebhookURL() != "" })
	if server.WebhookURL() != "https://izin.contoh.example/dari-telegram" {
		t.Errorf("delivered to %s", server.WebhookURL())
	}
	path := filepath.Join(dir, "telegram-webhook-secret")
	secret, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret's file: %v, %v", info.Mode(), err)
	}
	proof := strings.TrimSpace(string(secret))
	p := server.Person(71, "Ayu CONTOH")
	update := `{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":71,"type":"private"},"from":{"id":71,"first_name":"Ayu"},"text":"/start"}}`
	hook := o.URL() + "/dari-telegram"
	for _, c := range []struct {
		name, proof, body string
		want              int
	}{
		{"wrong secret", "x", update, 401},
		{"too large", proof, strings.Repeat(" ", telegram.MaxUpdate+1), 413},
		{"wrong secret and too large", "x", strings.Repeat(" ", telegram.MaxUpdate+1), 401},
		{"no update", proof, "halo", 200},
		{"right", proof, update, 200},
		{"again", proof, update, 200},
	} {
		if status, body := post(t, hook, c.proof, c.body); status != c.want {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
	until(t, server, "welcome", func() bool { return len(p.Messages()) > 0 })
	if err := o.Program.Idle(t.Context()); err != nil || len(p.Messages()) != 1 {
		t.Errorf("%d answers, %v", len(p.Messages()), err)
	}
}

func TestSecretIsKept(t *testing.T) {
	dir := t.TempDir()
	read := func() string {
		o, server := openOffice(t, office.Telegram{WebhookURL: "https://izin.contoh.example"}, &tgtest.Config{}, dir)
		until(t, server, "setWebhook", func() bool { return strings.HasSuffix(server.WebhookURL(), "/telegram") })
		if err := o.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		secret, err := os.ReadFile(filepath.Join(dir, "telegram-webhook-secret"))
		if err != nil {
			t.Fatal(err)
		}
		return string(secret)
	}
	if first, second := read(), read(); first != second || len(first) < 32 {
		t.Errorf("the secret was %q, then %q", first, second)
	}
}

func TestUnknownTokenIsTold(t *testing.T) {
	server := tgtest.New(tgtest.Config{Token: "4242:another", Now: testclock.Now})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	_, err := office.Open(t.Context(), office.Config{
		App: app.Config{Dir: t.TempDir(), Now: testclock.Now}, Listen: "127.0.0.1:0",
		Telegram: office.Telegram{Token: token, APIURL: server.URL()},
	})
	if err == nil || !strings.Contains(err.Error(), "BotFather") || strings.Contains(err.Error(), token) {
		t.Errorf("opened: %v", err)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	return do(t, http.MethodGet, url, "", "")
}

func post(t *testing.T, url, proof, body string) (int, string) {
	t.Helper()
	return do(t, http.MethodPost, url, proof, body)
}

func do(t *testing.T, method, url, proof, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(telegram.SecretHeader, proof)
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(content)
}
