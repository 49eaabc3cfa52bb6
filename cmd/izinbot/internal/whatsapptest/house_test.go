package whatsapptest

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

const botToken = "4242:CONTOH-token_bukan-rahasia"

// house is a real office on both networks, whose WhatsApp was linked before it
// opened. Its clock can be moved.
type house struct {
	t      *testing.T
	dir    string
	tg     *tgtest.Server
	wa     *watest.Server
	log    bottest.Log
	office *office.Office
	data   func(ctx context.Context, place storage.Config) (*storage.Data, error)

	mu    sync.Mutex
	ahead time.Duration
	n     int
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseWith(t, nil)
}

// newHouseWith says what opens the house's storage; nil: as usual.
func newHouseWith(t *testing.T, data func(ctx context.Context, place storage.Config) (*storage.Data, error)) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), data: data}
	h.tg = tgtest.New(tgtest.Config{Token: botToken, Now: h.now})
	if err := h.tg.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.tg.Close() })
	var err error
	if h.wa, err = watest.Start(watest.Config{Now: h.now, Root: root, Quick: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.wa.Close)
	h.link()
	h.open()
	t.Cleanup(h.close)
	return h
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return testclock.Now().Add(h.ahead)
}

func (h *house) advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead += d
}

func (h *house) session() string { return filepath.Join(h.dir, office.WhatsAppFile) }

// link links the session before there is an office, as `izinbot whatsapp pair` does.
func (h *house) link() {
	h.t.Helper()
	c, err := whatsapp.Open(h.t.Context(), whatsapp.Config{
		Path: h.session(), Files: &bottest.Files{}, Now: h.now, HTTP: h.wa.HTTPClient(),
		Accept: func(context.Context, ...bot.Inbound) error { return whatsapp.ErrNotNow },
	})
	if err != nil {
		h.t.Fatal(err)
	}
	steps, err := c.Pair(h.t.Context(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	for step := range steps {
		if step.QR != "" {
			err = h.wa.Scan(h.t.Context(), step.QR)
		}
		if err != nil || step.Error != nil {
			h.t.Fatal(err, step.Error)
		}
	}
	if err := c.Stop(context.WithoutCancel(h.t.Context())); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) config() office.Config {
	return office.Config{
		App:    app.Config{Dir: h.dir, Now: h.now, Data: h.data, Log: slog.New(slog.NewTextHandler(&h.log, nil))},
		Listen: "127.0.0.1:0", Telegram: office.Telegram{Token: botToken, APIURL: h.tg.URL()},
		WhatsApp: office.WhatsApp{
			Use: office.UseAuto, HTTP: h.wa.HTTPClient(), Pace: whatsapp.Pace{Unlimited: true}, Tick: 50 * time.Millisecond,
		},
	}
}

func (h *house) open() {
	h.t.Helper()
	var err error
	if h.office, err = office.Open(h.t.Context(), h.config()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) close() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(h.t.Context()), 20*time.Second)
	defer cancel()
	if err := h.office.Close(ctx); err != nil {
		h.t.Error(err)
	}
}

func (h *house) commit(unit store.UnitOfWork) {
	h.t.Helper()
	sender := h.office.Program.Commits.Sender
	unit.Owner, unit.Lease = sender.Lease(h.now())
	born, err := h.office.Program.Store.Commit(h.t.Context(), h.now(), unit)
	if err != nil {
		h.t.Fatal(err)
	}
	sender.Push(born...)
}

// knows makes a person known at addresses, and an officer if there are roles.
func (h *house) knows(id workflow.PersonID, addresses []bot.Address, roles ...workflow.Role) {
	h.t.Helper()
	p, err := h.office.Program.Store.Person(h.t.Context(), id)
	if err != nil {
		p = store.Person{ID: id, Name: string(id) + " CONTOH", Lang: workflow.Indonesian}
	}
	p.Addresses = addresses
	unit := store.UnitOfWork{Persons: []store.Person{p}}
	if len(roles) > 0 {
		unit.Officers = []workflow.Officer{{ID: workflow.OfficerID(id), Person: id, Name: p.Name, Roles: roles}}
	}
	h.commit(unit)
}

func onTelegram(p *tgtest.Person) bot.Address {
	return bot.MakeAddress(telegram.Name, fmt.Sprint(p.ID()))
}

// notice puts a notice into the outbox.
func (h *house) notice(to bot.Address, text string) {
	h.t.Helper()
	h.n++
	h.commit(store.UnitOfWork{Deliveries: []bot.Delivery{{
		ID: fmt.Sprintf("kabar/%d", h.n), Chat: to, Notice: true, Created: h.now(), Message: bot.Message{Text: text},
	}}})
}

// phone is somebody on WhatsApp who has written once, and what the product knows him
// by. Who shows his number alone is never found by those who look him up.
func (h *house) phone(shows watest.Shows) (*watest.Phone, bot.Address, workflow.PersonID) {
	h.t.Helper()
	h.n++
	number := fmt.Sprintf("6200000003%02d", h.n)
	p, err := h.wa.AddPhone(watest.PhoneConfig{Number: number, Name: "Ayu CONTOH", Shows: shows})
	if err != nil {
		h.t.Fatal(err)
	}
	if shows == watest.ShowsNumber {
		p.Unlist()
	}
	if _, err := p.Text("mulai"); err != nil {
		h.t.Fatal(err)
	}
	address := bot.MakeAddress(whatsapp.Name, "9"+number+"@lid")
	if shows == watest.ShowsNumber || shows == watest.ShowsNumberAndLID {
		address = bot.MakeAddress(whatsapp.Name, number+"@s.whatsapp.net")
	}
	for range 1_000 {
		if person, err := h.office.Program.Store.PersonAt(h.t.Context(), address); err == nil {
			if shows != watest.ShowsNumber {
				h.shows(p, "Selamat datang")
				h.confirmed()
			}
			return p, address, person.ID
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.t.Fatalf("nobody is known as %s", address)
	return nil, "", ""
}

// patience is the time that something may take; admins are promised a minute.
const patience = time.Minute

func (h *house) shows(p *watest.Phone, text string) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if _, err := p.WaitText(ctx, 0, text); err != nil {
		h.t.Fatalf("%v\n%s", err, h.log.String())
	}
}

// told waits until a person on Telegram was told something, and gives how often.
// confirmed waits until WhatsApp has answered every message of the office: one that is shown
// but not answered would be sent again, and hold up what follows.
func (h *house) confirmed() {
	h.t.Helper()
	for range 1_000 {
		if st, err := whatsapp.ReadStatus(h.t.Context(), h.session(), h.now()); err == nil && st.Messages.Waiting == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.t.Fatal("messages are not answered")
}

func (h *house) told(p *tgtest.Person, text string) int {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := h.tg.Until(ctx, func() bool { return count(p, text) > 0 }); err != nil {
		h.t.Fatalf("nobody is told %q but %+v\n%s", text, p.Messages(), h.log.String())
	}
	return count(p, text)
}

func count(p *tgtest.Person, text string) int {
	n := 0
	for _, m := range p.Messages() {
		if strings.Contains(m.Text, text) {
			n++
		}
	}
	return n
}
