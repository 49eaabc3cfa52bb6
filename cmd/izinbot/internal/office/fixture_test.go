//go:build !nowhatsapp

package office

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/util/keys"

	"izinbot/bot"
	"izinbot/bot/telegram/tgtest"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/supervise"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// root signs the certificates of all WhatsApp servers here.
var root = keys.NewKeyPair()

func TestMain(m *testing.M) {
	whatsmeow.WACertPubKey = *root.Pub
	os.Exit(m.Run())
}

const token = "4242:CONTOH-token_bukan-rahasia"

// tap is a channel whose codes can be read without a camera.
type tap struct {
	*whatsapp.Channel
	mu    sync.Mutex
	codes []string
}

func (t *tap) Pair(ctx context.Context, phone string) (<-chan whatsapp.PairStep, error) {
	steps, err := t.Channel.Pair(ctx, phone)
	if err != nil {
		return nil, err
	}
	out := make(chan whatsapp.PairStep)
	go func() {
		defer close(out)
		for step := range steps {
			t.mu.Lock()
			t.codes = append(t.codes, step.QR)
			t.mu.Unlock()
			out <- step
		}
	}()
	return out, nil
}

func (t *tap) code() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.codes[len(t.codes)-1]
}

// house is an office on both networks, with an admin on Telegram.
type house struct {
	t     *testing.T
	tg    *tgtest.Server
	wa    *watest.Server
	admin *tgtest.Person
	tap   *tap
	*Office
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseWith(t, supervise.Config{})
}

// newHouseWith says how parts that end are begun again.
func newHouseWith(t *testing.T, parts supervise.Config) *house {
	t.Helper()
	h := &house{t: t, tg: tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})}
	if err := h.tg.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.tg.Close() })
	var err error
	if h.wa, err = watest.Start(watest.Config{Now: testclock.Now, Root: root, Quick: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.wa.Close)
	h.Office, err = Open(t.Context(), Config{
		App: app.Config{Dir: t.TempDir(), Now: testclock.Now, Parts: parts}, Listen: "127.0.0.1:0",
		Telegram: Telegram{Token: token, APIURL: h.tg.URL()},
		WhatsApp: WhatsApp{Use: UseOn, HTTP: h.wa.HTTPClient()},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	h.tap = &tap{Channel: h.whatsapp}
	h.pairer.channel = h.tap
	h.hire("admin", "telegram:71", workflow.RoleAdmin)
	h.admin = h.tg.Person(71, "Admin CONTOH")
	return h
}

func (h *house) hire(id string, address bot.Address, roles ...workflow.Role) {
	h.t.Helper()
	_, err := h.Program.Store.Commit(h.t.Context(), testclock.Now(), store.UnitOfWork{
		Persons:  []store.Person{{ID: workflow.PersonID(id), Lang: workflow.Indonesian, Addresses: []bot.Address{address}}},
		Officers: []workflow.Officer{{ID: workflow.OfficerID(id), Person: workflow.PersonID(id), Name: id + " CONTOH", Roles: roles}},
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// told waits until the newest message on a phone has a text in it.
func (h *house) told(p *tgtest.Person, text string) string {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 30*time.Second)
	defer cancel()
	found := ""
	err := h.tg.Until(ctx, func() bool {
		for _, m := range p.Messages() {
			if strings.Contains(m.Text, text) {
				found = m.Text
			}
		}
		return found != ""
	})
	if err != nil {
		h.t.Fatalf("nobody says %q: %+v", text, p.Messages())
	}
	return found
}

// link asks for a link in chat and gives it.
func (h *house) link() string {
	h.t.Helper()
	before := len(h.admin.Messages())
	h.admin.Type("whatsapp")
	ctx, cancel := context.WithTimeout(h.t.Context(), 30*time.Second)
	defer cancel()
	link := ""
	err := h.tg.Until(ctx, func() bool {
		for _, m := range h.admin.Messages()[before:] {
			link = regexp.MustCompile(`http://\S+/wa/[A-Za-z0-9_-]+`).FindString(m.Text)
		}
		return link != ""
	})
	if err != nil {
		h.t.Fatalf("no link in %+v", h.admin.Messages())
	}
	return link
}

// browser keeps cookies and follows redirects.
type browser struct {
	t *testing.T
	http.Client
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

func (b *browser) do(method, url string) (status int, page string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, url, http.NoBody)
	if err != nil {
		b.t.Fatal(err)
	}
	resp, err := b.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// await looks again, as the page does by itself, until it shows a text.
func (b *browser) await(url, text string) string {
	b.t.Helper()
	page := ""
	for range 300 {
		if _, page = b.do(http.MethodGet, url); strings.Contains(page, text) {
			return page
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("the page does not show %q but\n%s", text, page)
	return ""
}
