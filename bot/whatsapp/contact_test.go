//go:build !nowhatsapp

package whatsapp_test

import (
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot/bottest"
	"izinbot/bot/whatsapp"
)

// observed has a channel's log kept and its clock counted.
type observed struct {
	bottest.Log
	asked atomic.Int64 // for the time, by the channel: at each tick, and when there is news
}

func (o *observed) of(cfg *whatsapp.Config) {
	cfg.Log = slog.New(slog.NewTextHandler(&o.Log, nil))
	now := cfg.Now
	cfg.Now = func() time.Time { o.asked.Add(1); return now() }
}

// looked waits until the channel has looked after its connection, several times.
func (o *observed) looked(w *world) {
	w.t.Helper()
	before := o.asked.Load()
	w.eventually("ticks", func() bool { return o.asked.Load() > before+20 })
}

func TestLogOfALostConnection(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lasts  time.Duration
		errors int
	}{
		"for long": {5 * time.Minute, 2},
		"shortly":  {50 * time.Second, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log observed
			w := newWorld(t, log.of)
			w.server.Refuse(503)
			w.await(whatsapp.StateConnecting)
			log.looked(w)
			w.advance(c.lasts)
			if c.errors > 0 {
				w.eventually("it is told", func() bool { return strings.Contains(log.String(), "channel is without contact") })
			}
			log.looked(w)
			w.server.Refuse(0)
			if c.errors > 0 {
				w.advance(4 * time.Minute) // else the library takes its time
			}
			w.await(whatsapp.StateConnected)
			log.looked(w)
			said := log.String()
			if n := strings.Count(said, "level=ERROR"); n != c.errors {
				t.Errorf("%d errors, want %d:\n%s", n, c.errors, said)
			}
			if n := strings.Count(said, "level=WARN"); n > 1 {
				t.Errorf("%d warnings:\n%s", n, said)
			}
		})
	}
}

// A WhatsApp that nobody has linked has lost no contact.
func TestNoContactIsLostBeforeALink(t *testing.T) {
	t.Parallel()
	var log observed
	w := newUnlinked(t, log.of)
	w.open()
	log.looked(w)
	w.advance(time.Hour)
	log.looked(w)
	if said := log.String(); strings.Contains(said, "level=ERROR") {
		t.Errorf("the log says\n%s", said)
	}
}
