package notifications_test

import (
	"slices"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/notifications"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// tell reports a condition and gives who is told what by it: "chat: text".
func (h *house) tell(a *notifications.Alarm, c notifications.Condition) []string {
	h.t.Helper()
	h.sent = nil
	if err := a.Tell(h.t.Context(), h.now, c); err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, d := range h.sent {
		out = append(out, string(d.Chat)+": "+d.Message.Text)
	}
	slices.Sort(out)
	return out
}

func (h *house) alarm() *notifications.Alarm {
	return &notifications.Alarm{Store: h.store, Commits: h.watch.Commits, Log: h.watch.Log}
}

func TestTroubleIsToldToEachAdminOnceAndItsEndToo(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	for id, addresses := range map[string][]bot.Address{
		"ani": {"whatsapp:1", "telegram:2"}, "budi": {"telegram:3"}, "cici": {"whatsapp:4"}, "dodi": {"telegram:5"},
	} {
		h.hire(id, workflow.RoleAdmin)
		p, err := h.store.Person(t.Context(), workflow.PersonID(id))
		if err != nil {
			t.Fatal(err)
		}
		p.Addresses = addresses
		h.commit(store.UnitOfWork{Persons: []store.Person{p}})
	}
	h.disable("dodi")
	down := notifications.Condition{Channel: "whatsapp", Side: "link", Trouble: "logged_out@1", Text: "Keluar."}
	for _, step := range []struct {
		name, trouble, text string
		side                string
		want                []string
	}{
		{"nothing yet", "", "Baik.", "link", nil},
		{"trouble", "logged_out@1", "Keluar.", "link", []string{"telegram:2: Keluar.", "telegram:3: Keluar."}},
		{"the same", "logged_out@1", "Keluar.", "link", nil},
		{"another side", "timelock@5", "Terkunci.", "lock", []string{"telegram:2: Terkunci.", "telegram:3: Terkunci."}},
		{"another trouble", "banned@2", "Diblokir.", "link", []string{"telegram:2: Diblokir.", "telegram:3: Diblokir."}},
		{"the end of all", "", "Baik.", "link", []string{"telegram:2: Baik.", "telegram:3: Baik."}},
		{"still well", "", "Baik.", "link", nil},
		{"trouble again", "logged_out@3", "Keluar.", "link", []string{"telegram:2: Keluar.", "telegram:3: Keluar."}},
		{"the lock's end", "", "Bebas.", "lock", []string{"telegram:2: Bebas.", "telegram:3: Bebas."}},
	} {
		c := down
		c.Trouble, c.Text, c.Side = step.trouble, step.text, step.side
		// A new Alarm knows what the one before told: a restart is no news.
		if got := h.tell(h.alarm(), c); !slices.Equal(got, step.want) {
			t.Errorf("%s: told %q, want %q", step.name, got, step.want)
		}
	}
}

func TestTroubleThatNoAdminCanBeToldOf(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.person("admin", "whatsapp:1")
	h.commit(store.UnitOfWork{Officers: []workflow.Officer{{ID: "adm", Person: "admin", Name: "CONTOH", Roles: []workflow.Role{workflow.RoleAdmin}}}})
	a := h.alarm()
	c := notifications.Condition{Channel: "whatsapp", Side: "link", Trouble: "banned@2", Text: "Diblokir."}
	for range 3 {
		if got := h.tell(a, c); got != nil {
			t.Errorf("told over the broken channel: %q", got)
		}
	}
	if n := strings.Count(h.log.String(), "admins cannot be told"); n != 1 {
		t.Errorf("logged %d times: %s", n, h.log.String())
	}
	p, err := h.store.Person(t.Context(), "admin")
	if err != nil {
		t.Fatal(err)
	}
	p.Addresses = append(p.Addresses, "telegram:7")
	h.commit(store.UnitOfWork{Persons: []store.Person{p}})
	if got := h.tell(a, c); len(got) != 1 || bot.Address(got[0][:10]) != "telegram:7" {
		t.Errorf("once an admin has Telegram: %q", got)
	}
}
