package browsertest_test

import (
	"context"
	"sync"
	"testing"

	"izinbot/handlers/web"
	"izinbot/handlers/web/browsertest"
	"izinbot/workflow/totp"
)

// link is a phone that is linked as the test says.
type link struct {
	mu    sync.Mutex
	step  web.PairingStep
	spent bool
}

func (l *link) set(step web.PairingStep) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.step = step
}

func (l *link) begin(context.Context, string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.spent {
		return "", web.ErrPairingGone
	}
	l.spent = true
	return "CONTOH", nil
}

func (l *link) show(_ context.Context, key string) (web.PairingStep, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if key != "CONTOH" {
		return web.PairingStep{}, web.ErrPairingGone
	}
	return l.step, nil
}

func (l *link) again(context.Context, string) error {
	l.set(web.PairingStep{})
	return nil
}

func newLink(t *testing.T) (*link, string) {
	t.Helper()
	l := &link{}
	return l, serve(t, web.Config{Pairing: &web.Pairing{Begin: l.begin, Show: l.show, Again: l.again}})
}

// code is as long as WhatsApp's codes are.
func code(t *testing.T, ref string) []byte {
	t.Helper()
	const key = "CONTOHCONTOHCONTOHCONTOHCONTOHCONTOHCONTOHC="
	picture, err := totp.QR("https://wa.me/settings/linked_devices#" + ref + "," + key + "," + key + "," + key + ",1")
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

func TestLinkingAPhoneInABrowser(t *testing.T) {
	l, url := newLink(t)
	p := browsertest.Open(t, url+"/wa/CONTOH", 390, 844)
	p.AwaitSelector("button")
	p.Screenshot("tautkan-tanya")
	p.Click("button")
	p.AwaitText("#state", "Menghubungi WhatsApp…")
	l.set(web.PairingStep{QR: code(t, "2@CONTOH1")})
	p.AwaitText("#state", "Menunggu dipindai. Kodenya berganti sendiri.")
	first := p.Attribute("img", "src")
	p.Screenshot("tautkan-kode")
	if p.TooWide() {
		t.Error("the page is wider than its window")
	}
	l.set(web.PairingStep{QR: code(t, "2@CONTOH2")})
	p.AwaitOther("img", "src", first)
	l.set(web.PairingStep{Failed: "timeout"})
	p.AwaitText("#state", "Kode QR tidak dipindai pada waktunya.")
	p.Screenshot("tautkan-lewat")
	p.Click("button")
	p.AwaitText("#state", "Menghubungi WhatsApp…")
	l.set(web.PairingStep{Done: true})
	p.AwaitText("#state", "WhatsApp kantor sudah tertaut.")
	p.Resize(1200, 800)
	p.Screenshot("tautkan-selesai")
}
