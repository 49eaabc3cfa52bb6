package notifications_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// voice is a channel that notes what was said where, and minds a pace of a message
// a second.
type voice struct {
	mu   sync.Mutex
	said []string
	last time.Time
}

func (*voice) Name() string { return "sim" }

func (v *voice) Pace(now time.Time, _ bot.Address, _ bool) time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	if wait := v.last.Add(time.Second).Sub(now); wait > 0 {
		return wait
	}
	v.last = now
	return 0
}

func (v *voice) Send(_ context.Context, _ string, to bot.Address, m bot.Message) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said = append(v.said, to.Chat()+": "+m.Text)
	return errors.New("broken") // nobody minds
}

// all gives what was said so far, and forgets it.
func (v *voice) all() []string {
	synctest.Wait()
	v.mu.Lock()
	defer v.mu.Unlock()
	said := v.said
	v.said = nil
	return said
}

func newOutage(t *testing.T, v *voice, elsewhere func() bool) *notifications.Outage {
	t.Helper()
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	o := notifications.NewOutage([]bot.Channel{v}, notifications.OutageConfig{Texts: words, Clock: time.Now, Elsewhere: elsewhere})
	o.Start(t.Context())
	t.Cleanup(o.Stop)
	return o
}

func TestOutageIsToldOnceAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &voice{}
		o := newOutage(t, v, nil)
		o.Spoke("sim:a", workflow.Indonesian)
		o.Spoke("sim:b", workflow.English)
		for range 5 {
			o.Stored(t.Context(), "sim:a")
			o.Kept(t.Context(), "sim:b")
			o.Stored(t.Context(), "sim:c")
			o.Stored(t.Context(), "nowhere:d")
			time.Sleep(time.Minute)
		}
		got := v.all()
		want := []string{
			"a: Sistem sedang gangguan. Pesan Anda sudah tersimpan dan akan dibalas begitu sistem pulih. Tidak perlu dikirim ulang.",
			"b: The system is having a problem. Your message will be answered as soon as it is back. There is no need to send it again.",
		}
		if len(got) != 3 || !slices.Equal(got[:2], want) {
			t.Fatalf("said\n%s", strings.Join(got, "\n"))
		}
		if both := got[2]; !strings.Contains(both, "sudah tersimpan") || !strings.Contains(both, "is saved") {
			t.Errorf("a chat whose language is not known was told %q", both)
		}
		o.Spoke("sim:a", workflow.Indonesian) // its message was handled: that outage is over
		o.Stored(t.Context(), "sim:a")
		time.Sleep(time.Minute)
		if got := v.all(); len(got) != 1 {
			t.Errorf("at the next outage it was told %q", got)
		}
	})
}

// What is no longer true is not said.
func TestOutageThatIsOverIsNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &voice{}
		var served atomic.Bool
		o := newOutage(t, v, served.Load)
		o.Stored(t.Context(), "sim:a")
		o.Stored(t.Context(), "sim:b")
		time.Sleep(time.Second)
		o.Spoke("sim:a", workflow.Indonesian)
		served.Store(true) // b is answered by another process
		time.Sleep(time.Minute)
		if got := v.all(); len(got) > 0 {
			t.Errorf("said %q", got)
		}
	})
}

func TestOutageMindsThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &voice{}
		o := newOutage(t, v, nil)
		for i := range 10 {
			o.Stored(t.Context(), bot.MakeAddress("sim", string(rune('a'+i))))
		}
		time.Sleep(4500 * time.Millisecond)
		if got := v.all(); len(got) != 5 {
			t.Errorf("%d were told in 4.5 s, want 5", len(got))
		}
	})
}

// A sender whose message is not stored within ten seconds is told so, once.
func TestUnstoredMessageIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &voice{}
		o := newOutage(t, v, nil)
		o.Spoke("sim:a", workflow.Indonesian)
		o.Spoke("sim:b", workflow.Indonesian)
		for range 3 {
			o.Unstored("sim:a")
			o.Unstored("sim:b")
			time.Sleep(3 * time.Second)
		}
		o.Accepted("sim:b")
		if got := v.all(); len(got) > 0 {
			t.Errorf("after 9 s said %q", got)
		}
		time.Sleep(time.Minute)
		if got := v.all(); len(got) != 1 || !strings.HasPrefix(got[0], "a: Sistem sedang gangguan. Pesan terakhir Anda belum tersimpan.") {
			t.Errorf("said %q", got)
		}
	})
}

// A message that is stored in time, or answered although its storing was not confirmed, is
// not told of; a later failure waits ten seconds of its own.
func TestStoredMessageIsNotToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &voice{}
		o := newOutage(t, v, nil)
		o.Unstored("sim:answered")
		o.Spoke("sim:answered", workflow.Indonesian)
		o.Unstored("sim:twice")
		time.Sleep(time.Second)
		o.Accepted("sim:twice")
		time.Sleep(8 * time.Second)
		o.Unstored("sim:twice")
		time.Sleep(5 * time.Second) // past the ten seconds of the first failure
		if got := v.all(); len(got) > 0 {
			t.Errorf("said %q", got)
		}
		o.Accepted("sim:twice")
		time.Sleep(time.Minute)
		if got := v.all(); len(got) > 0 {
			t.Errorf("said %q", got)
		}
	})
}

func TestLateMessageIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &voice{}
		o := newOutage(t, v, nil)
		o.Spoke("sim:a", workflow.Indonesian)
		o.Spoke("sim:b", workflow.English)
		file := bot.Received{Inbound: bot.Inbound{Chat: "sim:a", Files: []bot.InboundFile{{Ref: "x"}}}}
		o.Late(t.Context(), file)
		o.Late(t.Context(), bot.Received{Inbound: bot.Inbound{Chat: "sim:b"}})
		time.Sleep(time.Minute)
		o.Late(t.Context(), file)
		time.Sleep(time.Minute)
		got := v.all()
		if len(got) != 2 || !strings.HasPrefix(got[0], "a: Berkas Anda belum selesai") || !strings.HasPrefix(got[1], "b: The system is having") {
			t.Errorf("said %q", got)
		}
	})
}
