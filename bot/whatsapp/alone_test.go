//go:build !nowhatsapp

package whatsapp_test

import (
	"context"
	"testing"
	"time"

	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// Where several processes share the work, only the one that may is connected; what
// comes meanwhile waits at WhatsApp, also for one that has lost the work.
func TestOnlyOneProcessIsConnected(t *testing.T) {
	t.Parallel()
	may, mayNot := make(chan struct{}), make(chan struct{})
	ended := make(chan struct{})
	w := newWorld(t, untended)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	w.text(p, "satu")
	w.stop()
	w.cfg.Alone = func(ctx context.Context, work func(context.Context)) {
		defer close(ended)
		select {
		case <-may:
		case <-ctx.Done():
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		go func() {
			<-mayNot
			cancel()
		}()
		work(ctx)
	}
	w.open()
	if _, err := p.Text("dua"); err != nil {
		t.Fatal(err)
	}
	if n := w.server.Logins(); n != 1 || len(w.office.all()) != 1 {
		t.Errorf("%d logins, %d messages before it may", n, len(w.office.all()))
	}
	close(may)
	w.await(whatsapp.StateConnected)
	if got := w.office.hear(t, 1); got.Text != "dua" {
		t.Errorf("got %q", got.Text)
	}
	close(mayNot)
	<-ended
	if s := w.States()[0]; s.Code != whatsapp.StateStopped {
		t.Errorf("a process that is not the one says %+v", s)
	}
	w.advance(10 * time.Minute)
	w.Look()
	if s := w.States()[0]; s.Code != whatsapp.StateStopped {
		t.Errorf("later it says %+v", s)
	}
	if _, err := p.Text("tiga"); err != nil {
		t.Fatal(err)
	}
	w.eventually("a message waits at WhatsApp", func() bool { return w.server.Waiting() > 0 })
	if n := w.server.Logins(); n != 2 || len(w.office.all()) != 2 {
		t.Errorf("%d logins, %d messages after it may no longer", n, len(w.office.all()))
	}
}
