package bot_test

import (
	"context"
	"fmt"
	"io"
	"time"

	"izinbot/bot"
)

// sms is a network without buttons. A channel needs no more than this to send.
type sms struct {
	out  io.Writer
	full bool
}

var _ bot.Channel = sms{}

// Name is the prefix of the channel's addresses and inbound ids.
func (sms) Name() string { return "sms" }

// Send gets the same id at every try: a network that knows ids drops a repeat by it.
func (s sms) Send(_ context.Context, id string, to bot.Address, m bot.Message) error {
	if s.full { // the network says when to come again; the outbox waits
		return &bot.SendError{Reason: "too_many", After: time.Minute}
	}
	_, err := fmt.Fprintf(s.out, "%s to %s: %s\n", id, to.Chat(), m.Text)
	for i, c := range m.Choices {
		_, _ = fmt.Fprintf(s.out, "  %d %s\n", i+1, c.Label)
	}
	return err
}

func ExampleChannel() {
	out := &lines{}
	var c bot.Channel = sms{out: out}
	to := bot.MakeAddress(c.Name(), "CONTOH-1")
	question := bot.Message{Text: "Lanjut?", Choices: []bot.Choice{{ID: "n7:ya", Label: "Ya"}, {ID: "n7:tidak", Label: "Tidak"}}}
	if err := c.Send(context.Background(), "out-1", to, question); err == nil {
		fmt.Print(out)
	}
	fmt.Println(sms{full: true}.Send(context.Background(), "out-2", to, question))
	// Output:
	// out-1 to CONTOH-1: Lanjut?
	//   1 Ya
	//   2 Tidak
	// send: too_many
}

// lines collects what is written.
type lines struct{ text string }

func (l *lines) Write(p []byte) (int, error) { l.text += string(p); return len(p), nil }
func (l *lines) String() string              { return l.text }

// The messages of a chat are a lane: they are handled one after another, while other
// lanes go on.
func ExampleKeyedPool() {
	pool := bot.NewKeyedPool(4)
	waiting := []string{"halo", "status", "bantuan"}
	chat := bot.NewLane(func(context.Context) bot.Next {
		fmt.Println(waiting[0])
		waiting = waiting[1:]
		return bot.Next{More: len(waiting) > 0}
	})
	ctx := context.Background()
	pool.Start(ctx)
	pool.Wake(chat, false)
	fmt.Println(pool.Idle(ctx), pool.Stop(ctx))
	// Output:
	// halo
	// status
	// bantuan
	// <nil> <nil>
}
