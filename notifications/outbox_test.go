package notifications_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications"
)

// post is an outbox on a fake store with a fake channel.
type post struct {
	*notifications.Outbox
	store   *fakeStore
	channel *fakeChannel
	dead    []string // what the hook was told
}

// newPost gives one that is not started; send is that of the channel.
func newPost(store *fakeStore, cfg notifications.OutboxConfig, send func(ctx context.Context, id string) error) *post {
	p := &post{store: store, channel: newChannel(send)}
	p.Outbox = notifications.NewOutbox(store, []bot.Channel{p.channel}, p.config(cfg))
	return p
}

func (p *post) config(cfg notifications.OutboxConfig) notifications.OutboxConfig {
	cfg.Clock = time.Now
	if cfg.Owner == "" {
		cfg.Owner = "me"
	}
	if cfg.Rand == nil {
		cfg.Rand = func() float64 { return 0.5 } // no spread
	}
	cfg.Dead = func(_ context.Context, d bot.Delivery, reason string) { p.dead = append(p.dead, d.ID+" "+reason) }
	return cfg
}

func (p *post) mustStart(t *testing.T) {
	t.Helper()
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// commit stores deliveries as a turn does.
func (p *post) commit(deliveries ...bot.Delivery) []bot.Delivery {
	owner, until := p.Lease(time.Now())
	return p.store.commit(owner, until, deliveries...)
}

// mustSend waits for the end and compares what was sent.
func (p *post) mustSend(t *testing.T, want ...string) {
	t.Helper()
	if err := p.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := p.channel.all(); !slices.Equal(got, want) {
		t.Errorf("sent %v, want %v", got, want)
	}
}

func (p *post) mustBeDone(t *testing.T) {
	t.Helper()
	if open := p.store.open(); len(open) > 0 {
		t.Errorf("still pending: %v", open)
	}
}

func TestOutboxSendsWhatIsPushedWithoutAClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{}, nil)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"))...)
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a3"))...)
		p.mustSend(t, "a1", "a2", "a3")
		p.mustBeDone(t)
		if p.store.claims > 0 {
			t.Errorf("%d claims, want none", p.store.claims)
		}
	})
}

func TestOutboxTakesWhatACrashLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore()
		dead := newPost(store, notifications.OutboxConfig{Owner: "dead"}, nil)
		dead.commit(reply("a", "a1"), reply("a", "a2"))
		p := newPost(store, notifications.OutboxConfig{}, nil)
		p.mustStart(t)
		time.Sleep(time.Minute)
		p.Push(p.commit(reply("a", "a3"), reply("b", "b1"))...) // a3 must not pass the others
		time.Sleep(time.Second)
		if got := p.channel.all(); !slices.Equal(got, []string{"b1"}) {
			t.Errorf("sent %v while the lease of a crashed process holds, want [b1]", got)
		}
		time.Sleep(time.Minute + 2*time.Second)
		p.mustSend(t, "b1", "a1", "a2", "a3")
		p.mustBeDone(t)
	})
}

func TestOutboxKeepsOrderWhenPushesOvertake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{}, nil)
		p.mustStart(t)
		first, second, third := p.commit(reply("a", "a1")), p.commit(reply("a", "a2")), p.commit(reply("a", "a3"))
		begin := time.Now()
		p.Push(third...)
		synctest.Wait()
		p.Push(second...)
		synctest.Wait()
		p.Push(first...)
		p.mustSend(t, "a1", "a2", "a3")
		p.mustBeDone(t)
		if took := time.Since(begin); took > 0 {
			t.Errorf("it took %v, want a scan as soon as the first was settled", took)
		}
	})
}

func TestOutboxDropsRepeatedAndLatePushes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{}, nil)
		p.mustStart(t)
		ds := p.commit(reply("a", "a1"))
		p.Push(ds...)
		p.Push(ds...)
		p.mustSend(t, "a1")
		p.Push(ds...)
		p.mustSend(t, "a1")
		time.Sleep(time.Hour) // the chat is forgotten, the lease over
		p.Push(ds...)
		p.mustSend(t, "a1")
	})
}

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
				cfg := notifications.OutboxConfig{Attempts: 5, Backoff: 10 * time.Second, MaxBackoff: 30 * time.Second, Lease: 100 * time.Second}
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
				if !slices.Equal(p.dead, tt.dead) {
					t.Errorf("hook was told %q, want %q", p.dead, tt.dead)
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
			cfg := notifications.OutboxConfig{Backoff: 4 * time.Second, Rand: func() float64 { return spread }}
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
		p := newPost(newStore(), notifications.OutboxConfig{Attempts: 2}, nil)
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
		q.Outbox = notifications.NewOutbox(p.store, []bot.Channel{fax}, q.config(notifications.OutboxConfig{Owner: "you"}))
		if err := p.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		q.mustStart(t)
		time.Sleep(2 * time.Minute)
		q.mustSend(t, "a1")
	})
}

func TestOutboxPanicIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		tries := 0
		cfg := notifications.OutboxConfig{Log: slog.New(slog.NewTextHandler(&log, nil))}
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

func TestOutboxPrefersReplies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{Workers: 1}, nil)
		p.Push(p.commit(notice("a", "a1"), notice("a", "a2"))...)
		p.Push(p.commit(notice("b", "b1"), reply("b", "b2"), notice("b", "b3"))...)
		p.Push(p.commit(reply("c", "c1"))...)
		p.mustStart(t)
		p.mustSend(t, "b1", "c1", "b2", "a1", "b3", "a2")
	})
}

func TestOutboxTriesEndWithinTheirLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := true
		cfg := notifications.OutboxConfig{Lease: 30 * time.Second, Timeout: 10 * time.Second, Margin: 2 * time.Second}
		p := newPost(newStore(), cfg, func(ctx context.Context, id string) error {
			if id == "a1" && hang {
				hang = false
				<-ctx.Done()
				return ctx.Err()
			}
			time.Sleep(9 * time.Second)
			return nil
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		var others []string
		for n := range 6 { // more than the lease has time for
			others = append(others, fmt.Sprintf("b%d", n))
			p.Push(p.commit(reply("b", others[n]))...)
		}
		time.Sleep(2 * time.Minute)
		if r := p.store.row(1); r.state != bot.DeliverySent || r.Attempts != 1 || r.reason != "" {
			t.Errorf("state %s, %d attempts, reason %s", r.state, r.Attempts, r.reason)
		}
		got := slices.DeleteFunc(p.channel.all(), func(id string) bool { return id == "a1" })
		if !slices.Equal(got, others) {
			t.Errorf("sent %v, want %v", got, others)
		}
		if p.store.claims == 0 {
			t.Error("leases that were running out were not given back")
		}
		p.mustBeDone(t)
	})
}

func TestOutboxGathersSettlements(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{}, nil)
		p.mustStart(t)
		p.store.fail(errBroken)
		for n := range 100 {
			p.Push(p.commit(reply(strconv.Itoa(n), strconv.Itoa(n)))...)
		}
		synctest.Wait()
		p.store.fail(nil)
		if err := p.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.mustBeDone(t)
		if n := len(p.channel.all()); n != 100 || p.store.writes > 2 {
			t.Errorf("%d sent, settled in %d writes; want 100 in few", n, p.store.writes)
		}
	})
}

func TestOutboxMemoryStaysBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		p := newPost(newStore(), notifications.OutboxConfig{Queue: 5, Batch: 3, Workers: 2}, func(context.Context, string) error {
			<-gate
			return nil
		})
		p.mustStart(t)
		var want []string
		for n := range 40 {
			want = append(want, fmt.Sprintf("a%d", n))
			p.Push(p.commit(reply("a", want[n]))...)
		}
		close(gate)
		p.mustSend(t, want...)
		p.mustBeDone(t)
		if p.store.claims < 2 {
			t.Errorf("%d claims, want what does not fit in memory to be claimed", p.store.claims)
		}
	})
}

func TestOutboxStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore()
		p := newPost(store, notifications.OutboxConfig{Workers: 1}, func(context.Context, string) error {
			time.Sleep(time.Second)
			return nil
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"))...)
		p.Push(p.commit(reply("b", "b1"))...)
		synctest.Wait()
		if err := p.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := p.channel.all(); !slices.Equal(got, []string{"a1"}) {
			t.Errorf("sent %v, want the try that ran to finish", got)
		}
		p.Push(p.commit(reply("c", "c1"))...) // its lease has to end
		if err := p.Stop(t.Context()); err != nil {
			t.Errorf("second Stop: %v", err)
		}
		if err := p.Start(t.Context()); err == nil {
			t.Error("a stopped outbox started")
		}

		next := newPost(store, notifications.OutboxConfig{Owner: "next"}, nil)
		next.mustStart(t) // what was given back can be had at once
		next.mustSend(t, "a2", "b1")
	})
}

func TestOutboxStopCancelsAtItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{}, func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Stop: %v, want %v", err, context.DeadlineExceeded)
		}
		if r := p.store.row(1); r.reason != "stopped" || r.Attempts != 0 || r.leased(time.Now()) {
			t.Errorf("reason %s, %d attempts, leased until %v; want it given back", r.reason, r.Attempts, r.Leased)
		}
	})
}

func TestOutboxStartNeedsAWorkingStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), notifications.OutboxConfig{}, nil)
		p.commit(reply("a", "a1"))
		p.store.fail(errBroken)
		if err := p.Start(t.Context()); !errors.Is(err, errBroken) {
			t.Fatalf("Start: %v, want %v", err, errBroken)
		}
		p.store.fail(nil)
		p.mustStart(t)
		p.store.fail(errBroken)
		time.Sleep(5 * time.Minute) // the lease is over, but no scan succeeds
		p.store.fail(nil)
		time.Sleep(3 * time.Second)
		p.mustSend(t, "a1")
	})
}

func TestOutboxConfigIsChecked(t *testing.T) {
	ok := notifications.OutboxConfig{Owner: "me", Clock: time.Now}
	short := ok
	short.Lease = time.Minute
	for name, cfg := range map[string]notifications.OutboxConfig{
		"no owner":    {Clock: time.Now},
		"no clock":    {Owner: "me"},
		"short lease": short,
	} {
		if err := notifications.NewOutbox(newStore(), nil, cfg).Start(t.Context()); err == nil {
			t.Errorf("%s: started", name)
		}
	}
}

// pacedChannel takes one message in ten seconds.
type pacedChannel struct {
	*fakeChannel
	free time.Time
}

func (c *pacedChannel) Pace(now time.Time, _ bot.Address) time.Duration {
	if wait := c.free.Sub(now); wait > 0 {
		return wait
	}
	c.free = now.Add(10 * time.Second)
	return 0
}

func TestOutboxKeepsTheChannelsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &post{store: newStore(), channel: newChannel(nil)}
		p.Outbox = notifications.NewOutbox(p.store, []bot.Channel{&pacedChannel{fakeChannel: p.channel}}, p.config(notifications.OutboxConfig{Workers: 1}))
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"), reply("a", "a3"))...)
		p.mustSend(t, "a1", "a2", "a3")
		if at := p.channel.tries("a3"); !slices.Equal(at, []time.Duration{20 * time.Second}) {
			t.Errorf("third message at %v, want 20s", at)
		}
	})
}
