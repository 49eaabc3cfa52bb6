package outbox_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

func TestOutboxOutcomes(t *testing.T) {
	seconds := func(s ...time.Duration) []time.Duration { return s }
	wait := &bot.SendError{Reason: "too_many", After: 90 * time.Second}
	blocked := &bot.SendError{Reason: "blocked", Dead: true}
	tests := map[string]struct {
		errs     []error // try by try, then none
		tries    []time.Duration
		state    bot.DeliveryState
		reason   string
		attempts int
		dead     []string
	}{
		"sent":     {nil, seconds(0), bot.DeliverySent, "", 0, nil},
		"dead":     {[]error{blocked}, seconds(0), bot.DeliveryDead, "blocked", 0, []string{"a1 blocked"}},
		"wrapped":  {[]error{fmt.Errorf("send: %w", blocked)}, seconds(0), bot.DeliveryDead, "blocked", 0, []string{"a1 blocked"}},
		"wait":     {[]error{wait, wait}, seconds(0, 90, 180), bot.DeliverySent, "", 0, nil},
		"backoff":  {[]error{errBroken, errBroken, errBroken}, seconds(0, 10, 30, 60), bot.DeliverySent, "", 3, nil},
		"mixed":    {[]error{errBroken, wait, errBroken}, seconds(0, 10, 100, 120), bot.DeliverySent, "", 2, nil},
		"given up": {[]error{errBroken, errBroken, errBroken, errBroken, errBroken}, seconds(0, 10, 30, 60, 90), bot.DeliveryDead, "gave_up_failed", 4, []string{"a1 gave_up_failed"}},
		"own code": {slices.Repeat([]error{&bot.SendError{Reason: "no_link"}}, 5), seconds(0, 10, 30, 60, 90), bot.DeliveryDead, "gave_up_no_link", 4, []string{"a1 gave_up_no_link"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				errs := tt.errs
				cfg := outbox.Config{Attempts: 5, Backoff: 10 * time.Second, MaxBackoff: 30 * time.Second, Lease: 100 * time.Second}
				p := newPost(newStore(), cfg, func(_ context.Context, id string) error {
					if id != "a1" || len(errs) == 0 {
						return nil
					}
					err := errs[0]
					errs = errs[1:]
					return err
				})
				p.mustStart(t)
				p.Push(p.commit(reply("a", "a1"), reply("a", "a2"))...)
				p.Push(p.commit(reply("b", "b1"))...)
				synctest.Wait()
				if !slices.Contains(p.channel.all(), "b1") {
					t.Error("another chat was held up")
				}
				time.Sleep(5 * time.Minute)
				if sent := p.channel.all(); sent[len(sent)-1] != "a2" && len(tt.errs) > 1 {
					t.Errorf("sent %v, want a2 after a1", sent)
				}
				tries := p.channel.tries("a1")
				for i, at := range tries {
					tries[i] = at / time.Second
				}
				if !slices.Equal(tries, tt.tries) {
					t.Errorf("tries at second %d, want %d", tries, tt.tries)
				}
				r := p.store.row(1)
				if r.state != tt.state || r.Attempts != tt.attempts || r.state == bot.DeliveryDead && r.reason != tt.reason {
					t.Errorf("state %s, reason %s, %d attempts; want %s, %s, %d", r.state, r.reason, r.Attempts, tt.state, tt.reason, tt.attempts)
				}
				if dead := p.deadOnes(); !slices.Equal(dead, tt.dead) {
					t.Errorf("hook was told %q, want %q", dead, tt.dead)
				}
				p.mustBeDone(t)
			})
		})
	}
}

func TestOutboxRetriesAreSpread(t *testing.T) {
	for spread, want := range map[float64]time.Duration{0: 2 * time.Second, 0.999: 6 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			tries := 0
			cfg := outbox.Config{Backoff: 4 * time.Second, Rand: func() float64 { return spread }}
			p := newPost(newStore(), cfg, func(context.Context, string) error {
				if tries++; tries == 1 {
					return errBroken
				}
				return nil
			})
			p.mustStart(t)
			p.Push(p.commit(reply("a", "a1"))...)
			time.Sleep(time.Minute)
			if at := p.channel.tries("a1"); len(at) != 2 || at[1] != want {
				t.Errorf("tries at %v, want a second one at %v", at, want)
			}
		})
	}
}

func TestOutboxUnknownChannelWaitsWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{Attempts: 2}, nil)
		p.mustStart(t)
		d := reply("a", "a1")
		d.Chat = bot.MakeAddress("fax", "a")
		p.Push(p.commit(d)...)
		p.Push(p.commit(reply("a", "a2"))...)
		p.mustSend(t, "a2")
		time.Sleep(time.Hour + time.Second)
		if r := p.store.row(1); !r.open() || r.reason != "no_channel" || r.Attempts != 0 || !r.NotBefore.After(time.Now()) {
			t.Errorf("state %s, reason %s, %d attempts, not before %v", r.state, r.reason, r.Attempts, r.NotBefore)
		}

		fax := newChannel(nil)
		fax.name = "fax"
		q := &post{store: p.store, channel: fax}
		q.Outbox = outbox.New(p.store, []bot.Channel{fax}, q.config(outbox.Config{Owner: "you"}))
		if err := p.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		q.mustStart(t)
		time.Sleep(2 * time.Minute)
		q.mustSend(t, "a1")
	})
}

// TestOutboxNoticesDoNotWaitForEver: while a network is down, answers wait, but a
// notice that grows old is given up, so that it may go another way.
func TestOutboxNoticesDoNotWaitForEver(t *testing.T) {
	for name, err := range map[string]error{
		"down":       &bot.SendError{Reason: "banned", After: time.Minute, Lasts: true},
		"no channel": bot.ErrNoChannel,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPost(newStore(), outbox.Config{}, func(context.Context, string) error { return err })
				p.mustStart(t)
				p.Push(p.commit(notice("a", "a1"), reply("b", "b1"))...)
				time.Sleep(6*time.Hour - time.Minute)
				if dead := p.deadOnes(); len(dead) > 0 {
					t.Errorf("given up too early: %q", dead)
				}
				time.Sleep(4 * time.Minute)
				synctest.Wait()
				if dead := p.deadOnes(); len(dead) != 1 || !strings.HasPrefix(dead[0], "a1 gave_up_") {
					t.Errorf("given up: %q", dead)
				}
				if r := p.store.row(2); !r.open() || r.Attempts != 0 {
					t.Errorf("the answer is %s after %d tries", r.state, r.Attempts)
				}
			})
		})
	}
}

// TestOutboxNoticesWaitForANetworkThatComesBack: what is old at a start is not given
// up before its network had time to connect.
func TestOutboxNoticesWaitForANetworkThatComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		p := newPost(newStore(), outbox.Config{}, func(context.Context, string) error {
			if tries++; tries < 5 {
				return &bot.SendError{Reason: "not_connected", After: 2 * time.Second}
			}
			return nil
		})
		old := p.commit(notice("a", "a1"))
		time.Sleep(48 * time.Hour)
		p.mustStart(t)
		p.Push(old...)
		time.Sleep(time.Minute)
		p.mustSend(t, "a1")
	})
}

func TestOutboxPanicIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		tries := 0
		cfg := outbox.Config{Log: slog.New(slog.NewTextHandler(&log, nil))}
		p := newPost(newStore(), cfg, func(context.Context, string) error {
			if tries++; tries == 1 {
				panic("rahasia CONTOH")
			}
			return nil
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "id-1"))...)
		time.Sleep(time.Minute)
		p.mustSend(t, "id-1")
		if s := log.String(); strings.Contains(s, "rahasia") || strings.Contains(s, "id-1") || !strings.Contains(s, "reason=panic") {
			t.Errorf("log:\n%s", s)
		}
	})
}
