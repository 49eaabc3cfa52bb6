package outbox_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

// A unit of work that was written although it was told that it failed: what it has born under
// a lease of this outbox leaves soon, and not when the lease ends.
func TestOutboxSendsWhatItWasNotToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
		p.mustStart(t)
		owner, until := p.Lease(time.Now())
		p.store.commit(owner, until, reply("a", "a1"))
		p.Done(until)
		time.Sleep(3 * time.Second)
		p.mustSend(t, "a1")
		p.mustBeDone(t)
	})
}

// As long as a unit of work may still push what it has born, no scan takes it.
func TestOutboxLeavesATurnUnderWayItsDeliveries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
		p.mustStart(t)
		owner, until := p.Lease(time.Now())
		born := p.store.commit(owner, until, reply("a", "a1"))
		time.Sleep(30 * time.Second)
		p.mustSend(t)
		p.Push(born...)
		p.Done(until)
		p.mustSend(t, "a1")
		p.mustBeDone(t)
	})
}

// A scan whose answer is lost has claimed for nobody; the next one takes it all.
func TestOutboxClaimsAgainWhatItWasNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, way := newDeaf()
		p.mustStart(t)
		p.store.commit("", time.Time{}, reply("a", "a1"), reply("b", "b1"))
		way.claims.Store(2)
		time.Sleep(7 * time.Second)
		p.mustBeDone(t)
		if n := len(p.channel.all()); n != 2 {
			t.Errorf("%d were sent, want 2", n)
		}
	})
}

// What was sent is not sent again because that cannot be recorded for longer than a
// lease holds.
func TestOutboxSendsOnceWhateverIsNotRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, way := newDeaf()
		way.unsettled.Store(true)
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		time.Sleep(10 * time.Minute)
		way.unsettled.Store(false)
		time.Sleep(time.Minute)
		p.mustSend(t, "a1")
		p.mustBeDone(t)
	})
}

// deaf is a way to a store on which answers are lost.
type deaf struct {
	*fakeStore
	claims    atomic.Int64 // so many claims are made without an answer
	unsettled atomic.Bool  // settlements do not get there at all
}

func newDeaf() (*post, *deaf) {
	p := &post{store: newStore(), channel: newChannel(nil)}
	way := &deaf{fakeStore: p.store}
	p.Outbox = outbox.New(way, []bot.Channel{p.channel}, p.config(outbox.Config{}))
	return p, way
}

func (d *deaf) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	list, err := d.fakeStore.Claim(ctx, c)
	if len(list) > 0 && d.claims.Add(-1) >= 0 {
		return nil, errors.Join(errBroken, err)
	}
	return list, err
}

func (d *deaf) Settle(ctx context.Context, now time.Time, s ...bot.Settlement) error {
	if d.unsettled.Load() {
		return errBroken
	}
	return d.fakeStore.Settle(ctx, now, s...)
}
