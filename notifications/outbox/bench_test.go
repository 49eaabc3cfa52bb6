package outbox_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

// nothing is a store and a network that cost nothing.
type nothing struct {
	seq  atomic.Int64
	sent atomic.Int64
}

func (n *nothing) Accept(_ context.Context, _ time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	received := make([]bot.Received, len(messages))
	for i, m := range messages {
		received[i] = bot.Received{Seq: n.seq.Add(1), Inbound: m}
	}
	return received, nil
}

func (n *nothing) Unhandled(context.Context) ([]bot.Received, error) { return nil, nil }

func (n *nothing) UnhandledOf(context.Context, bot.Address, int64, int) ([]bot.Received, error) {
	return nil, nil
}

func (n *nothing) Claim(context.Context, bot.Claim) ([]bot.Delivery, error) {
	return nil, nil
}

func (n *nothing) Settle(context.Context, time.Time, ...bot.Settlement) error { return nil }

func (n *nothing) Name() string { return "sim" }

func (n *nothing) Send(context.Context, string, bot.Address, bot.Message) error {
	n.sent.Add(1)
	return nil
}

// answering is a handler that answers every message.
type answering struct{ outbox *outbox.Outbox }

func (a answering) Handle(_ context.Context, r bot.Received) error {
	_, until := a.outbox.Lease(r.At)
	a.outbox.Push(bot.Delivery{Seq: r.Seq, ID: r.ID, Chat: r.Chat, Leased: until})
	return nil
}

// BenchmarkMessageAndAnswer measures what dispatcher and outbox add to a message
// and its answer: storing, handling and sending cost nothing here.
func BenchmarkMessageAndAnswer(b *testing.B) {
	for _, chats := range []int{1, 64, 10_000} {
		b.Run(strconv.Itoa(chats)+"_chats", func(b *testing.B) {
			n := &nothing{}
			outbox := outbox.New(n, []bot.Channel{n}, outbox.Config{Owner: "bench", Clock: time.Now, Queue: 1 << 30})
			// Nothing may overflow: this inbox has nothing to read again.
			d := bot.NewDispatcher(n, answering{outbox}, bot.DispatcherConfig{Queue: 1 << 30, Memory: 1 << 30})
			for _, start := range []func(context.Context) error{outbox.Start, d.Start} {
				if err := start(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			addresses := make([]bot.Address, chats)
			for i := range addresses {
				addresses[i] = bot.MakeAddress("sim", strconv.Itoa(i))
			}
			b.ReportAllocs()
			b.ResetTimer()
			var next atomic.Int64
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					m := bot.Inbound{ID: "sim:1", Chat: addresses[int(next.Add(1))%chats], At: time.Now()}
					if err := d.Accept(context.Background(), m.At, m); err != nil {
						b.Error(err)
					}
				}
			})
			for _, wait := range []func(context.Context) error{d.Idle, outbox.Idle} {
				if err := wait(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
			b.StopTimer()
			if got := n.sent.Load(); got != int64(b.N) {
				b.Fatalf("%d answers sent, want %d", got, b.N)
			}
			for _, stop := range []func(context.Context) error{d.Stop, outbox.Stop} {
				if err := stop(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
