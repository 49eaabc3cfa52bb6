package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

// post is an outbox on a fake store with a fake channel.
type post struct {
	*outbox.Outbox
	store   *fakeStore
	channel *fakeChannel

	mu   sync.Mutex
	dead []string // what the hook was told
}

// deadOnes gives the deliveries that the hook was told of so far.
func (p *post) deadOnes() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.dead)
}

// newPost gives one that is not started; send is that of the channel.
func newPost(store *fakeStore, cfg outbox.Config, send func(ctx context.Context, id string) error) *post {
	p := &post{store: store, channel: newChannel(send)}
	p.Outbox = outbox.New(store, []bot.Channel{p.channel}, p.config(cfg))
	return p
}

func (p *post) config(cfg outbox.Config) outbox.Config {
	cfg.Clock = time.Now
	if cfg.Owner == "" {
		cfg.Owner = "me"
	}
	if cfg.Rand == nil {
		cfg.Rand = func() float64 { return 0.5 } // no spread
	}
	cfg.Dead = func(_ context.Context, d bot.Delivery, reason string) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.dead = append(p.dead, d.ID+" "+reason)
	}
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

// commit stores deliveries as a unit of work does.
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
		p := newPost(newStore(), outbox.Config{}, nil)
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
		dead := newPost(store, outbox.Config{Owner: "dead"}, nil)
		dead.commit(reply("a", "a1"), reply("a", "a2"))
		p := newPost(store, outbox.Config{}, nil)
		p.Push(p.commit(reply("a", "a3"))...) // must not pass the others
		p.mustStart(t)
		p.mustSend(t, "a1", "a2", "a3") // need not wait for the end of a lease
		p.mustBeDone(t)
	})
}

func TestOutboxKeepsOrderWhenPushesOvertake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
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
		p := newPost(newStore(), outbox.Config{}, nil)
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

func TestOutboxPrefersReplies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{Workers: 1}, func(context.Context, string) error {
			time.Sleep(time.Millisecond) // as a network takes, so that outcomes are recorded meanwhile
			return nil
		})
		p.Push(p.commit(notice("a", "a1"), notice("a", "a2"))...)
		p.Push(p.commit(notice("b", "b1"), reply("b", "b2"), notice("b", "b3"))...)
		p.Push(p.commit(reply("c", "c1"))...)
		p.mustStart(t)
		p.mustSend(t, "b1", "c1", "b2", "a1", "b3", "a2")
	})
}

func TestOutboxGathersSettlements(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
		p.mustStart(t)
		p.store.fail(errBroken)
		for n := range 100 {
			p.Push(p.commit(reply(strconv.Itoa(n), strconv.Itoa(n)))...)
			synctest.Wait()
		}
		p.store.fail(nil)
		if err := p.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.mustBeDone(t)
		if n := len(p.channel.all()); n != 100 || p.store.writes > 2 || p.store.refusals > 1 {
			t.Errorf("%d sent, settled in %d writes after %d in vain; want 100 in few", n, p.store.writes, p.store.refusals)
		}
	})
}

func TestOutboxMemoryStaysBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		p := newPost(newStore(), outbox.Config{Queue: 5, Batch: 3, Workers: 2}, func(context.Context, string) error {
			<-gate
			time.Sleep(100 * time.Millisecond)
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

// pacedChannel takes one message in ten seconds.
type pacedChannel struct {
	*fakeChannel
	mu   sync.Mutex
	free time.Time
}

func (c *pacedChannel) Pace(now time.Time, _ bot.Address, _ bool) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if wait := c.free.Sub(now); wait > 0 {
		return wait
	}
	c.free = now.Add(10 * time.Second)
	return 0
}

func TestOutboxKeepsTheChannelsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &post{store: newStore(), channel: newChannel(nil)}
		p.Outbox = outbox.New(p.store, []bot.Channel{&pacedChannel{fakeChannel: p.channel}}, p.config(outbox.Config{Workers: 1}))
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"), reply("a", "a3"))...)
		p.mustSend(t, "a1", "a2", "a3")
		if at := p.channel.tries("a3"); !slices.Equal(at, []time.Duration{20 * time.Second}) {
			t.Errorf("third message at %v, want 20s", at)
		}
	})
}

// frugalChannel lets notices go every ten hours; answers go at once.
type frugalChannel struct{ pacedChannel }

func (c *frugalChannel) Pace(now time.Time, _ bot.Address, notice bool) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if wait := c.free.Sub(now); notice && wait > 0 {
		return wait
	}
	c.free = now.Add(10 * time.Hour)
	return 0
}

// An answer does not wait behind a notice that does: who speaks gets both.
func TestOutboxAnswersDoNotWaitBehindNotices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &post{store: newStore(), channel: newChannel(nil)}
		c := &frugalChannel{pacedChannel{fakeChannel: p.channel}}
		p.Outbox = outbox.New(p.store, []bot.Channel{c}, p.config(outbox.Config{}))
		p.mustStart(t)
		p.Push(p.commit(notice("a", "a1"), notice("a", "a2"), notice("b", "b1"))...)
		time.Sleep(time.Hour)
		p.Push(p.commit(reply("a", "a3"))...)
		time.Sleep(time.Minute)
		if got := p.channel.all(); !slices.Equal(got, []string{"a1", "a2", "a3"}) {
			t.Errorf("an answer waits: sent %v", got)
		}
		p.mustSend(t, "a1", "a2", "a3", "b1")
		p.mustBeDone(t)
	})
}

// What is for working hours waits for them, unless its person speaks.
func TestOutboxHoldsWhatIsForWorkingHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opens := time.Now().Add(15 * time.Hour)
		p := newPost(newStore(), outbox.Config{NextOpen: func(now time.Time) time.Time {
			if now.Before(opens) {
				return opens
			}
			return now
		}}, nil)
		p.mustStart(t)
		daytime := func(chat, id string) bot.Delivery {
			d := notice(chat, id)
			d.Message.Daytime = true
			return d
		}
		p.Push(p.commit(daytime("a", "a1"), notice("a", "a2"), daytime("b", "b1"), notice("c", "c1"))...)
		time.Sleep(3 * time.Hour)
		p.Push(p.commit(reply("b", "b2"))...)
		time.Sleep(3 * time.Hour)
		if got := p.channel.all(); !slices.Equal(got, []string{"c1", "b1", "b2"}) {
			t.Errorf("at night %v were sent", got)
		}
		p.mustSend(t, "c1", "b1", "b2", "a1", "a2")
		if at := p.channel.tries("a1"); !slices.Equal(at, []time.Duration{15 * time.Hour}) {
			t.Errorf("what waits is sent at %v", at)
		}
		p.mustBeDone(t)
	})
}

// A notice that waits for room too long goes another way, if there is one.
func TestOutboxNoticesGoElsewhereInsteadOfWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &post{store: newStore(), channel: newChannel(nil)}
		c := &frugalChannel{pacedChannel{fakeChannel: p.channel}}
		var mu sync.Mutex // chats ask at the same time
		asked := map[string]time.Duration{}
		begin := time.Now()
		p.Outbox = outbox.New(p.store, []bot.Channel{c}, p.config(outbox.Config{
			Elsewhere: func(_ context.Context, d bot.Delivery) bool {
				mu.Lock()
				defer mu.Unlock()
				if asked[d.ID] == 0 {
					asked[d.ID] = time.Since(begin)
				}
				return d.ID == "b1"
			},
		}))
		p.mustStart(t)
		p.Push(p.commit(notice("a", "a1"))...)
		synctest.Wait()
		p.Push(p.commit(notice("b", "b1"), notice("c", "c1"))...)
		p.mustSend(t, "a1", "c1")
		p.mustBeDone(t)
		if r := p.store.row(2); r.state != bot.DeliveryDead || r.reason != "elsewhere" {
			t.Errorf("what went another way is %s here: %s", r.state, r.reason)
		}
		mu.Lock()
		defer mu.Unlock()
		if at := asked["b1"]; at < 6*time.Hour || at > 6*time.Hour+time.Minute || asked["c1"] == 0 || asked["a1"] != 0 {
			t.Errorf("it was asked for other ways at %v", asked)
		}
		if len(p.deadOnes()) > 0 {
			t.Errorf("given up: %v", p.deadOnes())
		}
	})
}
