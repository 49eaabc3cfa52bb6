//go:build !nowhatsapp

package whatsapp_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// refused sends a message that does not go, and gives why.
func (w *world) refused(id string, to bot.Address) *bot.SendError {
	w.t.Helper()
	err := w.Send(w.soon(), id, to, bot.Message{Text: "Kabar"})
	said, ok := errors.AsType[*bot.SendError](err)
	if !ok {
		w.t.Fatalf("the message was answered with %v", err)
	}
	return said
}

func TestChatsThatDoNotWriteAreNotWrittenTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	in := w.text(p, "halo")
	if got := w.refused("n1", "whatsapp:900000000@lid"); got.Reason != whatsapp.ReasonNoInbound || !got.Dead {
		t.Errorf("a stranger: %+v", got)
	}
	w.advance(21*24*time.Hour - time.Minute)
	if err := w.Send(w.soon(), "n2", in.Chat, bot.Message{Text: "Kabar"}); err != nil {
		t.Error(err)
	}
	w.advance(2 * time.Minute)
	if got := w.refused("n3", in.Chat); got.Reason != whatsapp.ReasonNoInbound || !got.Dead {
		t.Errorf("silent for 21 days: %+v", got)
	}
}

func TestTimelock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.text(w.phone(1, watest.ShowsLID), "halo")
	ends := time.Now().Add(72 * time.Hour).Truncate(time.Second)
	w.server.Timelock(ends)
	w.awaitAny(func(s whatsapp.State) bool { return s.Until.Equal(ends) }, "the lock's end as WhatsApp tells it")
	w.stop()
	w.open() // the end is kept
	w.awaitAny(func(s whatsapp.State) bool { return s.Until.Equal(ends) }, "the lock's end after a restart")
	w.await(whatsapp.StateConnected)

	w.advance(25 * time.Hour)
	if got := w.refused("n2", old.Chat); got.Reason != whatsapp.ReasonTimelock || !got.Dead {
		t.Errorf("under the lock: %+v", got)
	}
	w.advance(48 * time.Hour)
	w.eventually("the lock ends", func() bool { return len(w.States()) == 1 })
	if err := w.Send(w.soon(), "n3", old.Chat, bot.Message{Text: "Kabar"}); err != nil {
		t.Error(err)
	}
}

func TestStatesOfTheAccount(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		happen func(s *watest.Server)
		want   whatsapp.StateCode
	}{
		"logged out on the phone": {func(s *watest.Server) { s.Unlink() }, whatsapp.StateLoggedOut},
		"logged out at a login":   {func(s *watest.Server) { s.Refuse(401) }, whatsapp.StateLoggedOut},
		"account locked":          {func(s *watest.Server) { s.Refuse(403) }, whatsapp.StateLocked},
		"banned":                  {func(s *watest.Server) { s.Refuse(406) }, whatsapp.StateBanned},
		"outdated":                {func(s *watest.Server) { s.Refuse(405) }, whatsapp.StateOutdated},
		"replaced":                {func(s *watest.Server) { s.Replace() }, whatsapp.StateReplaced},
		"refused":                 {func(s *watest.Server) { s.Refuse(418) }, whatsapp.StateRefused},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			in := w.text(w.phone(1, watest.ShowsLID), "halo")
			tt.happen(w.server)
			s := w.await(tt.want)
			what, todo := s.Sentence(func(at time.Time) string { return at.Format(time.DateTime) })
			if what == "" || todo == "" || !s.Alarming() {
				t.Errorf("%s has the sentence %q, %q", s.Code, what, todo)
			}
			w.eventually("the state is told", func() bool {
				w.mu.Lock()
				defer w.mu.Unlock()
				return slices.Contains(w.states, tt.want)
			})
			if got := w.refused("n1", in.Chat); got.Dead || got.After == 0 {
				t.Errorf("meanwhile a message is %+v", got)
			}
		})
	}
}

func TestLoggedOutCanBePairedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	first := w.text(p, "halo")
	w.server.Unlink()
	w.await(whatsapp.StateLoggedOut)
	w.pair()
	p.Reinstall()
	if in := w.text(p, "halo lagi"); in.Chat != first.Chat {
		t.Errorf("after the new pairing the chat is %s", in.Chat)
	}
}

func TestRefusedConnectionIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Refuse(418) // the library gives up
	if s := w.await(whatsapp.StateRefused); s.Detail != "418" {
		t.Errorf("the state is %+v", s)
	}
	w.server.Refuse(0)
	w.advance(4 * time.Minute)
	w.await(whatsapp.StateConnected)
	w.text(w.phone(1, watest.ShowsLID), "halo")
}

func TestTemporaryBanEndsByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Ban(time.Now().Add(time.Hour))
	s := w.await(whatsapp.StateTempBanned)
	if left := s.Until.Sub(w.clock()); left < 59*time.Minute || left > time.Hour {
		t.Errorf("the ban ends in %v", left)
	}
	w.server.Refuse(0)
	w.server.Drop()
	w.advance(61 * time.Minute)
	w.await(whatsapp.StateConnected)
}

func TestConnectedIsNotAlive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Mute(true)
	logins := w.server.Logins()
	w.advance(4 * time.Minute)
	w.eventually("the connection is probed", func() bool { return w.LastSign().Before(w.clock().Add(-3 * time.Minute)) })
	w.server.Mute(false)
	w.eventually("a sign of life", func() bool { return w.clock().Sub(w.LastSign()) < 3*time.Minute })
	w.await(whatsapp.StateConnected)
	w.text(w.phone(1, watest.ShowsLID), "halo")
	if w.server.Logins() < logins {
		t.Error("logins went back")
	}
}

func TestPhoneThatIsAwayIsToldInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, untended)
	w.advance(9 * 24 * time.Hour)
	w.Look()
	if got := w.States(); len(got) != 1 {
		t.Fatalf("after 9 days: %v", got)
	}
	w.advance(24 * time.Hour)
	w.Look()
	if s := w.await(whatsapp.StatePhoneUnseen); s.Detail != "10" {
		t.Errorf("after 10 days: %+v", s)
	}
	w.advance(49 * time.Hour)
	w.Look()
	w.awaitAny(func(s whatsapp.State) bool { return s.Detail == "12" }, "12 days")
	if _, err := w.server.Main().Text("dari ponsel kantor"); err != nil {
		t.Fatal(err)
	}
	w.eventually("the warning ends", func() bool { return len(w.States()) == 1 })
}

func TestPaceOfNotices(t *testing.T) {
	t.Parallel()
	w := newUnlinked(t, func(cfg *whatsapp.Config) {
		cfg.Pace = whatsapp.Pace{Hourly: 3, Daily: 5}
		cfg.Rand = func() float64 { return 0.5 }
	})
	w.open()
	now, sent := time.Now(), 0
	var at []time.Duration
	begin := now
	for sent < 6 {
		if wait := w.Pace(now, "whatsapp:1@lid", true); wait > 0 {
			now = now.Add(wait)
			continue
		}
		if w.Pace(now, "whatsapp:1@lid", false) != 0 {
			t.Error("an answer waits")
		}
		at = append(at, now.Sub(begin))
		sent++
	}
	want := []time.Duration{0, 4 * time.Second, 8 * time.Second, time.Hour, time.Hour + 4*time.Second, 24 * time.Hour}
	for i := range want {
		if at[i] != want[i] {
			t.Errorf("notice %d went after %v, want %v", i, at[i], want[i])
		}
	}
	w.stop()
	w.open() // what went out counts after a restart too
	if wait := w.Pace(begin.Add(2*time.Hour), "whatsapp:1@lid", true); wait == 0 {
		t.Error("a restart makes the day's cap new")
	}
}

func TestPaceFollowsAClockThatIsPutBack(t *testing.T) {
	t.Parallel()
	w := newUnlinked(t, func(cfg *whatsapp.Config) { cfg.Pace = whatsapp.Pace{Hourly: 2} })
	w.open()
	now := time.Now()
	if wait := w.Pace(now.AddDate(1, 0, 0), "whatsapp:1@lid", true); wait != 0 {
		t.Fatalf("the first notice waits %v", wait)
	}
	wait := w.Pace(now, "whatsapp:1@lid", true)
	if wait <= 0 || wait > 6*time.Second {
		t.Errorf("after the clock was put back a notice waits %v", wait)
	}
	if now = now.Add(wait); w.Pace(now, "whatsapp:1@lid", true) != 0 {
		t.Error("it waits again")
	}
	if wait := w.Pace(now.Add(time.Minute), "whatsapp:1@lid", true); wait < 58*time.Minute {
		t.Errorf("what went out before is forgotten: the next waits %v", wait)
	}
}
