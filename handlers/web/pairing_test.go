package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"

	"izinbot/handlers/web"
)

// phone is an office's phone to be linked, behind the link /wa/good.
type phone struct {
	mu     sync.Mutex
	step   web.PairingStep
	again  int
	broken error
}

func (p *phone) set(step web.PairingStep) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.step = step
}

func (p *phone) show(_ context.Context, key string) (web.PairingStep, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if key != "kunci" {
		return web.PairingStep{}, web.ErrPairingGone
	}
	return p.step, p.broken
}

func (p *phone) pages(t *testing.T, secure bool) *web.Server {
	t.Helper()
	s, err := web.New(web.Config{Listen: "127.0.0.1:0", Pairing: &web.Pairing{
		Secure: secure, Show: p.show,
		Begin: func(_ context.Context, token string) (string, error) {
			if token != "good" {
				return "", web.ErrPairingGone
			}
			return "kunci", nil
		},
		Again: func(ctx context.Context, key string) error {
			p.mu.Lock()
			p.again++
			p.mu.Unlock()
			_, err := p.show(ctx, key)
			return err
		},
	}})
	must(t, err)
	must(t, s.Start(t.Context()))
	t.Cleanup(func() { stop(t, s) })
	return s
}

func TestPairingPage(t *testing.T) {
	p := &phone{}
	url := p.pages(t, false).URL()
	jar, err := cookiejar.New(nil)
	must(t, err)
	client := &http.Client{Jar: jar}
	fetch := func(method, path string, status int, words ...string) answer {
		t.Helper()
		a := doWith(t, client, method, url+path)
		a.want(t, status, words...)
		for name, want := range map[string]string{
			"Cache-Control":           "no-store",
			"Referrer-Policy":         "no-referrer",
			"X-Frame-Options":         "DENY",
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:",
		} {
			if got := a.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s %s: %s: %q", method, path, name, got)
			}
		}
		if strings.Contains(a.body, "<script") || strings.Contains(a.body, "kunci") {
			t.Errorf("%s %s shows\n%s", method, path, a.body)
		}
		return a
	}
	fetch(http.MethodGet, "/wa", http.StatusGone, "sudah dipakai", "Ketik WHATSAPP")
	fetch(http.MethodGet, "/wa/good", http.StatusOK, `<form method="post">`)
	fetch(http.MethodPost, "/wa/spent", http.StatusGone, "sudah dipakai")
	a := fetch(http.MethodPost, "/wa/good", http.StatusOK, "Menghubungi WhatsApp", `http-equiv="refresh"`)
	if strings.Contains(a.Request.URL.String(), "good") {
		t.Error("the token stays in the address")
	}
	p.set(web.PairingStep{QR: []byte("PNG")})
	fetch(http.MethodGet, "/wa", http.StatusOK, "data:image/png;base64,UE5H", `http-equiv="refresh"`)
	for failed, words := range map[string]string{"timeout": "tidak dipindai", "unreachable": "tidak bisa dihubungi", "refused": "menolak"} {
		p.set(web.PairingStep{Failed: failed})
		if a := fetch(http.MethodGet, "/wa", http.StatusOK, words, `<form method="post">`); strings.Contains(a.body, "refresh") {
			t.Errorf("%s: the page goes on by itself", failed)
		}
	}
	fetch(http.MethodPost, "/wa", http.StatusOK)
	if p.again != 1 {
		t.Errorf("begun anew %d times", p.again)
	}
	p.set(web.PairingStep{Done: true})
	fetch(http.MethodGet, "/wa", http.StatusOK, "sudah tertaut")
	p.broken = errors.New("database says: secret")
	if a := fetch(http.MethodGet, "/wa", http.StatusInternalServerError, "Ada gangguan"); strings.Contains(a.body, "database") {
		t.Errorf("shown: %s", a.body)
	}
}

func TestPairingCookieStaysHere(t *testing.T) {
	for _, secure := range []bool{false, true} {
		url := (&phone{}).pages(t, secure).URL()
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		a := doWith(t, client, http.MethodPost, url+"/wa/good")
		got := a.Header.Get("Set-Cookie")
		for _, want := range []string{"path=/wa", "HttpOnly", "SameSite=Strict"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in %q", want, got)
			}
		}
		if strings.Contains(strings.ToLower(got), "secure") != secure || strings.Contains(strings.ToLower(got), "expires") {
			t.Errorf("the cookie is %q", got)
		}
	}
}

func TestPairingPageOnlyWhereThereIsAPhone(t *testing.T) {
	newDesk(t).get(t, "/wa/good").want(t, http.StatusNotFound)
}
