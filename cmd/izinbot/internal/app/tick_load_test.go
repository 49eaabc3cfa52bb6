package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// crowd is an office with many open cases, spread over fifty officers, so many of
// which are due in each minute, and chats that ask after cases all the time.
type crowd struct {
	tb    testing.TB
	p     *Program
	cases int
	now   atomic.Pointer[time.Time]

	mu       sync.Mutex
	waiting  map[string]chan<- struct{} // by the id of the answer
	reminded int                        // messages
}

const (
	crowdOfficers = 50
	crowdChats    = 16
)

func (*crowd) Name() string { return "test" }

// Send carries a message.
func (c *crowd) Send(_ context.Context, id string, _ bot.Address, _ bot.Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if strings.HasPrefix(id, "ingat/") {
		c.reminded++
	}
	if done, ok := c.waiting[id]; ok {
		delete(c.waiting, id)
		close(done)
	}
	return nil
}

func (c *crowd) messages() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reminded
}

// newCrowd makes the office as it stands just before the first minute.
func newCrowd(tb testing.TB, cases, due int) (c *crowd, first time.Time) {
	tb.Helper()
	c = &crowd{tb: tb, cases: cases, waiting: map[string]chan<- struct{}{}}
	first = time.Date(2026, 11, 23, 9, 0, 0, 0, workflow.WIB())
	c.at(first.Add(-time.Minute))
	cfg := config(tb.TempDir(), nil)
	cfg.Now = func() time.Time { return *c.now.Load() }
	cfg.Channels = func(*Program) ([]bot.Channel, error) { return []bot.Channel{c}, nil }
	var err error
	if c.p, err = Open(tb.Context(), cfg); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { shut(tb, c.p) })
	for from := 0; from < cases; from += 500 {
		c.fill(from, min(from+500, cases), due, first)
	}
	for _, start := range []func(context.Context) error{c.p.outbox.Start, c.p.dispatcher.Start, c.p.Look} {
		if err := start(tb.Context()); err != nil {
			tb.Fatal(err)
		}
	}
	return c, first
}

func (c *crowd) at(now time.Time) { c.now.Store(&now) }

// fill puts cases at step 2 into the store as if they had come in one after the other.
func (c *crowd) fill(from, to, due int, first time.Time) {
	c.tb.Helper()
	def, now := c.p.Desk.Library.Current(), *c.now.Load()
	var unit store.UnitOfWork
	if from == 0 {
		unit = c.staff()
	}
	for i := from; i < to; i++ {
		at := first.Add(time.Duration(i/due) * time.Minute)
		k := workflowtest.Case(workflow.MakeCaseID(def.Code, 2026, i+1), now)
		officer := workflow.OfficerID(fmt.Sprint("o", i%crowdOfficers))
		k.SOP, k.Applicant, k.Step, k.Holder = def.Ref, "A-1", 2, &workflow.Mark{By: workflow.Actor{Officer: officer, Role: "front_office"}, At: now}
		k.StepClock = workflow.Clock{Start: at.Add(-90 * time.Minute), Budget: workflow.Budget{N: 2, Unit: workflow.Hour}}
		k.ServiceClock = workflow.Clock{}
		k = k.Derive(c.p.Calendar)
		change, err := workflowtest.Change(k, now, "open")
		if err != nil {
			c.tb.Fatal(err)
		}
		change.Task.Holder, change.Task.Due, change.Task.Check = officer, k.StepClock.Due, at
		unit.Cases = append(unit.Cases, change)
	}
	if _, err := c.p.Store.Commit(c.tb.Context(), now, unit); err != nil {
		c.tb.Fatal(err)
	}
}

func (c *crowd) staff() store.UnitOfWork {
	unit := store.UnitOfWork{Persons: []store.Person{{ID: "A-1", Lang: workflow.Indonesian, Addresses: []bot.Address{"test:a"}}}}
	for n := range crowdOfficers {
		person := workflow.PersonID(fmt.Sprint("p", n))
		unit.Persons = append(unit.Persons, store.Person{ID: person, Lang: workflow.Indonesian, Addresses: []bot.Address{bot.Address("test:" + string(person))}})
		unit.Officers = append(unit.Officers, workflow.Officer{
			ID: workflow.OfficerID(fmt.Sprint("o", n)), Person: person, Name: "Petugas CONTOH", Roles: []workflow.Role{"front_office"},
		})
	}
	return unit
}

// ask sends a question from a chat, and gives how long its answer took to arrive.
func (c *crowd) ask(ctx context.Context, round string, chat, n int) (time.Duration, error) {
	id := fmt.Sprintf("load:%s-%d-%d", round, chat, n)
	done := make(chan struct{})
	c.mu.Lock()
	c.waiting[id+"/1"] = done
	c.mu.Unlock()
	start := time.Now()
	err := c.p.Accept(ctx, bot.Inbound{
		ID: id, Chat: bot.Address(fmt.Sprint("test:guest", chat)), Name: "Pemohon CONTOH",
		Text: "status " + string(workflow.MakeCaseID("LKS", 2026, (chat*7919+n)%c.cases+1)),
	})
	if err != nil {
		return 0, err
	}
	select {
	case <-done:
		return time.Since(start), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// while has the chats ask, each question after the answer to the one before, for as
// long as something runs. It gives how long the answers took, the quickest first.
func (c *crowd) while(round string, run func()) []time.Duration {
	c.tb.Helper()
	ended := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all []time.Duration
	for chat := range crowdChats {
		wg.Go(func() {
			for n := 0; ; n++ {
				took, err := c.ask(c.tb.Context(), round, chat, n)
				if err != nil {
					c.tb.Error(err)
					return
				}
				mu.Lock()
				all = append(all, took)
				mu.Unlock()
				select {
				case <-ended:
					return
				case <-time.After(5 * time.Millisecond): // people read
				}
			}
		})
	}
	run()
	close(ended)
	wg.Wait()
	slices.Sort(all)
	return all
}

// tick runs a minute, and gives how long it took.
func (c *crowd) tick(at time.Time) time.Duration {
	c.tb.Helper()
	c.at(at)
	start := time.Now()
	if err := c.p.Look(c.tb.Context()); err != nil {
		c.tb.Fatal(err)
	}
	return time.Since(start)
}

// TestAnswersDuringATick: while reminders of hundreds of cases are written, everybody
// else goes on being answered; nobody waits for the tick to end.
func TestAnswersDuringATick(t *testing.T) {
	t.Parallel()
	const cases, due = 900, 300
	c, first := newCrowd(t, cases, due)
	var took time.Duration
	answers := c.while("tick", func() {
		for minute := range cases / due {
			took = max(took, c.tick(first.Add(time.Duration(minute)*time.Minute)))
		}
	})
	if err := c.p.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Each of fifty officers has six cases that are due in each minute: one message.
	if want := cases / due * crowdOfficers; c.messages() < want {
		t.Errorf("%d messages with reminders, not %d", c.messages(), want)
	}
	if middle := answers[len(answers)/2]; len(answers) < 2*crowdChats || middle > took/2 {
		t.Errorf("%d answers, half of them later than %v; a tick took %v", len(answers), middle, took)
	}
}

// BenchmarkTickBesideAnswers runs minutes in which 1,000 of 100,000 open cases are due,
// while 16 chats ask after cases, and reports how long a tick takes and how long the
// chats wait for their answers, without and with ticks.
func BenchmarkTickBesideAnswers(b *testing.B) {
	const cases, due = 100_000, 1000
	c, first := newCrowd(b, cases, due)
	alone := c.while("alone", func() { <-time.After(5 * time.Second) })
	var ticks []time.Duration
	busy := c.while("busy", func() {
		for b.Loop() {
			ticks = append(ticks, c.tick(first.Add(time.Duration(len(ticks))*time.Minute)))
		}
	})
	slices.Sort(ticks)
	b.ReportMetric(float64(ticks[len(ticks)/2].Milliseconds()), "tick-p50-ms")
	b.ReportMetric(float64(ticks[len(ticks)-1].Milliseconds()), "tick-max-ms")
	for name, list := range map[string][]time.Duration{"alone": alone, "busy": busy} {
		for share, at := range map[string]int{"p50": len(list) / 2, "p99": len(list) * 99 / 100, "max": len(list) - 1} {
			b.ReportMetric(float64(list[at].Microseconds())/1000, name+"-answer-"+share+"-ms")
		}
	}
	if got, want := c.messages(), len(ticks)*crowdOfficers; len(ticks) <= cases/due && got < want {
		b.Errorf("%d messages with reminders, not %d", got, want)
	}
}
