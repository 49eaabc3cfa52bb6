//go:build !nowhatsapp

package whatsapp_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

func TestTextsGoBothWays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n, shows := range []watest.Shows{watest.ShowsLIDAndNumber, watest.ShowsLID, watest.ShowsNumber, watest.ShowsNumberAndLID} {
		p := w.phone(n, shows)
		id, err := p.Text("Selamat pagi")
		if err != nil {
			t.Fatal(err)
		}
		in := w.office.hear(t, n)
		if in.Text != "Selamat pagi" || in.Name != "Ayu CONTOH" || in.Chat.Channel() != whatsapp.Name || time.Since(in.At) > time.Minute {
			t.Fatalf("the office got %+v", in)
		}
		if strings.Contains(in.ID, "6200000001") {
			t.Errorf("the id %s shows the number", in.ID)
		}
		got := w.answer(p, in, bot.Message{Text: "Selamat datang", Choices: []bot.Choice{{ID: "x:mulai", Label: "Ajukan izin"}, {ID: "/status", Label: "Cek status"}}})
		if want := "Selamat datang\n\n*1* Ajukan izin\n*2* Cek status"; got.Text != want {
			t.Errorf("the phone shows %q, want %q", got.Text, want)
		}
		if got.Quoted != id {
			t.Errorf("the answer quotes %q, want %q", got.Quoted, id)
		}
		w.eventually("read receipt", func() bool { return slices.Contains(p.Receipts(id), "read") })
	}
}

func TestRestartNeedsNoNewPairing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "satu")
	w.stop()
	if _, err := p.Text("dua, saat mati"); err != nil {
		t.Fatal(err)
	}
	w.open()
	w.await(whatsapp.StateConnected)
	again := w.office.hear(t, 1)
	if again.Text != "dua, saat mati" || again.Chat != in.Chat {
		t.Errorf("after the restart the office got %+v", again)
	}
	if got := w.answer(p, again, bot.Message{Text: "baik"}); got.Text != "baik" {
		t.Errorf("the phone shows %q", got.Text)
	}
	if n := w.server.Logins(); n != 2 {
		t.Errorf("%d logins, want 2", n)
	}
}

func TestSecondProcessOnASessionSaysWhyItWillNot(t *testing.T) {
	t.Parallel()
	w := newUnlinked(t)
	w.open()
	_, err := whatsapp.Open(t.Context(), w.cfg)
	if !errors.Is(err, whatsapp.ErrInUse) || !strings.Contains(err.Error(), w.path) {
		t.Errorf("the second process is told %v", err)
	}
	w.stop()
	w.open()
}

func TestSessionFileIsPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(w.path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", suffix, info.Mode())
		}
	}
}

func TestPairingByCode(t *testing.T) {
	t.Parallel()
	w := newUnlinked(t)
	w.open()
	if s := w.States()[0]; s.Code != whatsapp.StateUnlinked {
		t.Errorf("state %s", s.Code)
	}
	steps, err := w.Pair(w.soon(), "+62 000-0000-001")
	if err != nil {
		t.Fatal(err)
	}
	var last whatsapp.PairStep
	for last = range steps {
		if last.Code != "" {
			if err := w.server.EnterCode(t.Context(), last.Code); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !last.Done || last.Error != nil {
		t.Fatalf("the pairing ended with %+v", last)
	}
	p := w.phone(1, watest.ShowsLID)
	w.text(p, "halo")
	if _, err := w.Pair(w.soon(), ""); !errors.Is(err, whatsapp.ErrLinked) {
		t.Errorf("a second pairing: %v", err)
	}
}

func TestLogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.Logout(w.soon()); err != nil {
		t.Fatal(err)
	}
	if w.Linked() || w.server.Linked() || w.States()[0].Code != whatsapp.StateUnlinked {
		t.Errorf("still linked: here %v, there %v, state %v", w.Linked(), w.server.Linked(), w.States())
	}
	w.pair()
	w.text(w.phone(1, watest.ShowsLID), "halo lagi")
}
