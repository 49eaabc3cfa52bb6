//go:build !nowhatsapp

package office

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot/telegram/tgtest"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

func TestAdminLinksWhatsAppInHisBrowser(t *testing.T) {
	h := newHouse(t)
	h.told(h.admin, "belum ditautkan")
	link, b := h.link(), newBrowser(t)
	if status, page := b.do(http.MethodGet, link); status != http.StatusOK || strings.Contains(page, "data:image") {
		t.Errorf("a preview: %d\n%s", status, page)
	}
	b.do(http.MethodPost, link)
	page := b.await(h.URL()+"/wa", "data:image/png")
	if strings.Contains(page, h.tap.code()) || strings.Contains(page, link[strings.LastIndex(link, "/")+1:]) {
		t.Error("the page tells the code or the token in clear")
	}
	if status, _ := newBrowser(t).do(http.MethodGet, h.URL()+"/wa"); status != http.StatusGone {
		t.Errorf("another browser: %d", status)
	}
	if status, _ := newBrowser(t).do(http.MethodPost, link); status != http.StatusGone {
		t.Errorf("the link a second time: %d", status)
	}
	if err := h.wa.Scan(t.Context(), h.tap.code()); err != nil {
		t.Fatal(err)
	}
	b.await(h.URL()+"/wa", "sudah tertaut")
	h.told(h.admin, "tersambung lagi")
	phone, err := h.wa.AddPhone(watest.PhoneConfig{Number: "620000000101", Name: "Ayu CONTOH"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := phone.Text("mulai"); err != nil {
		t.Fatal(err)
	}
	if _, err := phone.WaitText(t.Context(), 0, "Selamat datang"); err != nil {
		t.Error(err)
	}
	h.admin.Type("WHATSAPP")
	if said := h.told(h.admin, "WhatsApp tersambung."); strings.Contains(said, "/wa/") {
		t.Errorf("a link although it is linked: %q", said)
	}
}

func TestOnlyAdminsGetAPairingLink(t *testing.T) {
	h := newHouse(t)
	h.hire("fo", "telegram:72", "front_office")
	fo, guest := h.tg.Person(72, "Petugas CONTOH"), h.tg.Person(73, "Tamu CONTOH")
	for _, p := range []*tgtest.Person{fo, guest} {
		p.Type("whatsapp")
		h.told(p, "hanya untuk petugas")
	}
	stale := h.link()
	o, err := h.Program.Store.Officer(t.Context(), "admin")
	if err != nil {
		t.Fatal(err)
	}
	o.Roles = []workflow.Role{"front_office"}
	if _, err := h.Program.Store.Commit(t.Context(), testclock.Now(), store.UnitOfWork{Officers: []workflow.Officer{o}}); err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t)
	for name, url := range map[string]string{"of who is no admin any more": stale, "forged": h.URL() + "/wa/AAAA", "of no base": h.URL() + "/wa/%00"} {
		if status, _ := b.do(http.MethodPost, url); status != http.StatusGone {
			t.Errorf("a link %s: %d", name, status)
		}
	}
}

func anybody(context.Context, string) (workflow.OfficerID, error) { return "adam", nil }

func stays(context.Context, workflow.OfficerID, time.Time) error { return nil }

// TestPageEndsWithTheRights: once its admin is disabled, an open page shows nothing more.
func TestPageEndsWithTheRights(t *testing.T) {
	now := time.Now()
	gone := false
	fake := &script{}
	p := &pairer{channel: fake, spend: anybody, now: func() time.Time { return now }}
	p.allowed = func(context.Context, workflow.OfficerID, time.Time) error {
		if gone {
			return workflow.Refuse(workflow.CodeNotFound, "link")
		}
		return nil
	}
	p.start(t.Context())
	defer p.stop()
	key, err := p.begin(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.show(t.Context(), key); err != nil {
		t.Error(err)
	}
	gone = true
	if _, err := p.show(t.Context(), key); !errors.Is(err, web.ErrPairingGone) {
		t.Errorf("the page still shows: %v", err)
	}
	if err := p.again(t.Context(), key); !errors.Is(err, web.ErrPairingGone) {
		t.Errorf("it begins anew: %v", err)
	}
	fake.step(0, whatsapp.PairStep{Done: true})
}

// TestAttempts: a failed attempt can be begun anew, a newer browser takes over, and
// what an older attempt finds out is no news.
func TestAttempts(t *testing.T) {
	now := testclock.Now()
	fake := &script{}
	p := &pairer{channel: fake, spend: anybody, allowed: stays, now: func() time.Time { return now }}
	p.start(t.Context())
	defer p.stop()
	first, err := p.begin(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	shows := func(key string, want web.PairingStep) {
		t.Helper()
		for range 200 {
			got, err := p.show(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			if (len(got.QR) > 0) == (len(want.QR) > 0) && got.Done == want.Done && got.Failed == want.Failed {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("it does not come to %+v", want)
	}
	fake.step(0, whatsapp.PairStep{QR: "CONTOH-1"})
	shows(first, web.PairingStep{QR: []byte{1}})
	fake.step(0, whatsapp.PairStep{Error: whatsapp.ErrPairTimeout})
	shows(first, web.PairingStep{Failed: "timeout"})
	if err := p.again(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	fake.step(1, whatsapp.PairStep{QR: "CONTOH-2"})
	shows(first, web.PairingStep{QR: []byte{1}})
	second, err := p.begin(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.show(t.Context(), first); !errors.Is(err, web.ErrPairingGone) {
		t.Errorf("the older browser: %v", err)
	}
	fake.step(1, whatsapp.PairStep{Error: whatsapp.ErrPairFailed})
	fake.step(2, whatsapp.PairStep{Done: true})
	shows(second, web.PairingStep{Done: true})
	now = now.Add(viewLife)
	if _, err := p.show(t.Context(), second); !errors.Is(err, web.ErrPairingGone) {
		t.Errorf("after a quarter of an hour: %v", err)
	}
}

// script is a channel whose attempts go as the test says.
type script struct {
	mu       sync.Mutex
	attempts []chan whatsapp.PairStep
}

func (*script) Linked() bool { return false }

func (s *script) Pair(context.Context, string) (<-chan whatsapp.PairStep, error) {
	return s.attempt(-1), nil
}

// attempt gives the n-th attempt, once it is there; -1 makes one.
func (s *script) attempt(n int) chan whatsapp.PairStep {
	for {
		s.mu.Lock()
		if n < 0 {
			s.attempts = append(s.attempts, make(chan whatsapp.PairStep, 4))
			n = len(s.attempts) - 1
		}
		if n < len(s.attempts) {
			defer s.mu.Unlock()
			return s.attempts[n]
		}
		s.mu.Unlock()
		time.Sleep(5 * time.Millisecond)
	}
}

func (s *script) step(n int, step whatsapp.PairStep) {
	ch := s.attempt(n)
	ch <- step
	if step.QR == "" {
		close(ch)
	}
}
