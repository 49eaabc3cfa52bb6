package telegramtest

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/notifications/outbox"
)

// TestNoticesKeepTheLimits sends 5,000 notices through the real outbox and channel
// to a server that strictly refuses more than 30 messages in any second and more
// than one a second to a chat, while persons go on to get answers. Time is
// simulated.
func TestNoticesKeepTheLimits(t *testing.T) {
	const notices = 5_000
	for name, chats := range map[string]int{"one each": notices, "ten each": notices / 10, "with answers": notices} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newMailer(t, chats)
				for i := range notices {
					o.add(bot.Delivery{ID: fmt.Sprintf("n%d", i), Chat: chatAddress(i % chats), Notice: true, Message: bot.Message{Text: "Kabar"}})
				}
				began := time.Now()
				if err := o.outbox.Start(t.Context()); err != nil {
					t.Fatal(err)
				}
				answers := 0
				if name == "with answers" {
					answers = 100
					o.answer(answers)
				}
				o.settled(notices + answers)
				took := time.Since(began)
				served, refused := o.server.Sent()
				rate := float64(served) / took.Seconds()
				t.Logf("%d messages in %v: %.2f a second, %d refused, slowest answer %v", served, took.Round(time.Second), rate, refused, o.slowest)
				if served != notices+answers {
					t.Errorf("%d messages went out", served)
				}
				if refused > notices/1000 {
					t.Errorf("%d of %d were refused", refused, notices)
				}
				if rate < 0.9*30 {
					t.Errorf("%.2f a second is less than 90 %% of 30", rate)
				}
				if o.slowest > 2*time.Second {
					t.Errorf("an answer waited %v behind notices", o.slowest)
				}
			})
		})
	}
}

func chatAddress(i int) bot.Address {
	return bot.MakeAddress(telegram.Name, fmt.Sprint(1_000_000+i))
}

// mailer is an outbox with a Telegram channel, all in one bubble of simulated time.
type mailer struct {
	t       *testing.T
	server  *tgtest.Server
	outbox  *outbox.Outbox
	store   *deliveries
	slowest time.Duration // an answer took
}

func newMailer(t *testing.T, chats int) *mailer {
	t.Helper()
	o := &mailer{t: t, store: &deliveries{waiting: map[int64]*bot.Delivery{}, watched: map[int64]chan struct{}{}}}
	o.server = tgtest.New(tgtest.Config{Token: token, Now: testclock.Now, Limits: true, Forgetful: true})
	for i := range chats {
		o.server.Person(int64(1_000_000+i), "CONTOH")
	}
	channel, err := telegram.New(telegram.Config{
		Token: token, Files: &bottest.Files{}, Now: testclock.Now, Client: &http.Client{Transport: direct{o.server}},
		Accept: func(context.Context, ...bot.Inbound) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	o.outbox = outbox.New(o.store, []bot.Channel{channel}, outbox.Config{
		Owner: "test", Clock: testclock.Now, Workers: 256, Log: slog.New(slog.DiscardHandler),
	})
	t.Cleanup(func() { _ = o.outbox.Stop(context.Background()) })
	return o
}

func (o *mailer) add(d bot.Delivery) { o.store.add(d) }

// answer has persons get an answer, one every half second.
func (o *mailer) answer(n int) {
	for i := range n {
		time.Sleep(500 * time.Millisecond)
		asked := time.Now()
		// They speak in chats whose notice has gone out, or is the last to.
		d := o.store.add(bot.Delivery{ID: fmt.Sprintf("a%d", i), Chat: chatAddress(6_000 + i), Message: bot.Message{Text: "Jawaban"}})
		o.server.Person(int64(1_006_000+i), "CONTOH")
		over := o.store.watch(d.Seq)
		o.outbox.Push(d)
		<-over
		o.slowest = max(o.slowest, time.Since(asked))
	}
}

func (o *mailer) settled(n int) {
	o.t.Helper()
	for range 20 * 60 {
		if o.store.count() >= n {
			return
		}
		time.Sleep(time.Second)
	}
	o.t.Fatalf("only %d of %d went out", o.store.count(), n)
}

// direct calls a server without a network, which has no place in simulated time.
type direct struct{ server http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	return w.Result(), nil
}

// deliveries is an outbox store in memory.
type deliveries struct {
	mu      sync.Mutex
	last    int64
	waiting map[int64]*bot.Delivery
	watched map[int64]chan struct{}
	done    int
}

func (s *deliveries) add(d bot.Delivery) bot.Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	d.Seq = s.last
	s.waiting[d.Seq] = &d
	if !d.Notice {
		d.Leased = testclock.Now().Add(2 * time.Minute)
	}
	return d
}

func (s *deliveries) Claim(_ context.Context, c bot.Claim) ([]bot.Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := map[bot.Address]bool{}
	var free []*bot.Delivery
	for _, d := range s.waiting {
		held[d.Chat] = held[d.Chat] || d.Leased.After(c.Now)
		if !d.NotBefore.After(c.Now) {
			free = append(free, d)
		}
	}
	slices.SortFunc(free, func(a, b *bot.Delivery) int { return cmp.Compare(a.Seq, b.Seq) })
	var out []bot.Delivery
	for _, d := range free {
		if !held[d.Chat] && len(out) < c.Limit {
			d.Leased = c.Until
			out = append(out, *d)
		}
	}
	return out, nil
}

func (s *deliveries) Settle(_ context.Context, _ time.Time, all ...bot.Settlement) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range all {
		d, ok := s.waiting[one.Seq]
		switch {
		case !ok:
		case one.State == bot.DeliveryRetry:
			d.Leased, d.NotBefore, d.Attempts = time.Time{}, one.Retry, one.Attempts
		default:
			delete(s.waiting, one.Seq)
			s.done++
			if over := s.watched[one.Seq]; over != nil {
				close(over)
			}
		}
	}
	return nil
}

// watch gives a channel that is closed when a delivery is settled for good.
func (s *deliveries) watch(seq int64) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	over := make(chan struct{})
	s.watched[seq] = over
	return over
}

func (s *deliveries) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}
