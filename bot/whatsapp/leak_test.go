//go:build !nowhatsapp

package whatsapp_test

import (
	"runtime"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// Lost connections, and messages that could not be stored, leave nothing running behind.
// It counts all that runs, so it runs alone.
func TestReconnectsLeaveNothingRunning(t *testing.T) { //nolint:paralleltest // see above
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	w.text(p, "halo")
	round := func() {
		fails := true
		w.office.mu.Lock()
		w.office.failing = func(bot.Inbound) bool {
			defer func() { fails = false }()
			return fails
		}
		w.office.mu.Unlock()
		w.text(p, "lagi")
		logins := w.server.Logins()
		w.server.Drop()
		w.eventually("a new login", func() bool { return w.server.Logins() > logins })
		w.await(whatsapp.StateConnected)
		w.text(p, "masih di sini")
	}
	round()
	before := settled()
	for range 10 {
		round()
	}
	var after int
	for range 50 {
		if after = settled(); after <= before+4 {
			return
		}
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines run after 20 reconnects, %d before\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
}

// settled counts what runs once it has come to rest.
func settled() int {
	time.Sleep(100 * time.Millisecond)
	return runtime.NumGoroutine()
}
