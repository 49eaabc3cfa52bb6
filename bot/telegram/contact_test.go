package telegram_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

// outage is a Telegram that does not answer some calls of a method, and a clock that each
// of them moves on.
type outage struct {
	method string
	step   time.Duration // from one call to the next

	mu    sync.Mutex
	now   time.Time
	fails int // calls to come that are not answered
	calls int
}

func (o *outage) of(api *tgtest.Config, cfg *telegram.Config) {
	o.now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	api.Fault, cfg.Now = o.fault, o.clock
}

func (o *outage) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *outage) fault(method string) tgtest.Fault {
	o.mu.Lock()
	defer o.mu.Unlock()
	if method != o.method {
		return tgtest.FaultNone
	}
	o.calls++
	if o.calls > 1 && o.calls <= o.fails+1 {
		o.now = o.now.Add(o.step)
	}
	if o.calls > o.fails {
		return tgtest.FaultNone
	}
	return tgtest.FaultReset
}

func TestLogOfALostContact(t *testing.T) {
	t.Parallel()
	for name, method := range map[string]string{"polling": "getUpdates", "webhook": "setWebhook"} {
		for _, c := range []struct {
			name   string
			fails  int
			step   time.Duration
			errors int
			lasted string
		}{
			{"for long", 3, time.Minute, 2, "lasted=3m0s"},
			{"shortly", 2, 29 * time.Second, 0, ""},
		} {
			t.Run(name+" "+c.name, func(t *testing.T) {
				t.Parallel()
				o := &outage{method: method, step: c.step, fails: c.fails}
				w := newWorld(t, o.of, func(_ *tgtest.Config, cfg *telegram.Config) {
					if method == "setWebhook" {
						cfg.Webhook = &telegram.Webhook{URL: "http://127.0.0.1:1/hook", Secret: "rahasia-CONTOH"}
					}
				}).start()
				answered := func() bool { o.mu.Lock(); defer o.mu.Unlock(); return o.calls > o.fails }
				reached(t, "an answer", answered)
				if c.errors > 0 {
					reached(t, "the end in the log", func() bool { return strings.Contains(w.log.String(), "channel has contact again") })
				}
				log := w.log.String()
				if n := strings.Count(log, "level=ERROR"); n != c.errors || !strings.Contains(log, c.lasted) {
					t.Errorf("%d errors, want %d and %q:\n%s", n, c.errors, c.lasted, log)
				}
				if n := strings.Count(log, "level=WARN"); n != 1 {
					t.Errorf("%d warnings:\n%s", n, log)
				}
			})
		}
	}
}
