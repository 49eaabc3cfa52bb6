package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
	"izinbot/bot/simulator"
)

func TestTypedTextReachesTheInboxAndIsMarkedSent(t *testing.T) {
	b := open(t)
	must(t, b.write(t.Context(), "budi", "/mulai"))
	m := b.messages(t, "budi")[0]
	if !m.Mine || !m.Sent || m.Text != "/mulai" {
		t.Errorf("on the phone: %+v", m)
	}
	want := bot.Inbound{
		ID: fmt.Sprintf("sim:%d", m.N), Chat: "sim:budi", Name: "Budi CONTOH", At: monday, Text: "/mulai",
	}
	if !reflect.DeepEqual(b.inbox.All(), []bot.Inbound{want}) {
		t.Errorf("inbox has %+v, want %+v", b.inbox.All(), want)
	}
}

func TestMessageIsNotSentBeforeItIsAccepted(t *testing.T) {
	b := open(t)
	refused := errors.New("disk full")
	b.inbox.Refuse(refused)
	if err := b.write(t.Context(), "budi", "satu"); !errors.Is(err, refused) {
		t.Fatalf("got %v, want the inbox's error", err)
	}
	if m := b.messages(t, "budi"); len(m) != 1 || m[0].Sent {
		t.Fatalf("on the phone: %+v", m)
	}
	b.inbox.Refuse(nil)
	must(t, b.write(t.Context(), "budi", "dua"))
	if got := b.texts(); !slices.Equal(got, []string{"satu", "dua"}) {
		t.Errorf("inbox has %q, want the held message first", got)
	}
	for _, m := range b.messages(t, "budi") {
		if !m.Sent {
			t.Errorf("%q is still unsent", m.Text)
		}
	}
}

func TestPhoneHoldsABoundedNumberOfUnsentMessages(t *testing.T) {
	b := open(t)
	b.inbox.Refuse(errors.New("down"))
	var err error
	for range 200 {
		err = b.write(t.Context(), "budi", "x")
	}
	if !errors.Is(err, simulator.ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	b.inbox.Refuse(nil)
	must(t, b.Resend(t.Context()))
	if n := len(b.texts()); n != 100 {
		t.Errorf("%d messages went out, want 100", n)
	}
}

func TestPressShowsTheLabelAndSendsTheID(t *testing.T) {
	b := open(t)
	b.send(t, "d1", "budi", "Lanjut?", bot.Choice{ID: "ya", Label: "Setuju"})
	b.send(t, "d2", "budi", "Lagi?", bot.Choice{ID: "tidak", Label: "Tidak"})
	must(t, b.say(t.Context(), "budi", simulator.Say{Choice: "ya"}))
	must(t, b.say(t.Context(), "budi", simulator.Say{Choice: "palsu"}))
	m := b.messages(t, "budi")
	if m[2].Text != "Setuju" || m[2].Of != m[0].N {
		t.Errorf("pressed old choice shows as %+v", m[2])
	}
	if m[3].Text != "palsu" || m[3].Of != 0 {
		t.Errorf("choice nobody offered shows as %+v", m[3])
	}
	if in := b.inbox.All()[0]; in.Choice != "ya" || in.Text != "" {
		t.Errorf("inbox has %+v", in)
	}
}

func TestDeliveryIsTakenOnce(t *testing.T) {
	b := open(t)
	for range 3 {
		b.send(t, "d1", "budi", "halo")
	}
	b.send(t, "d2", "budi", "halo")
	b.reopen(t)
	b.send(t, "d2", "budi", "halo")
	if n := len(b.messages(t, "budi")); n != 2 {
		t.Errorf("%d bubbles, want 2", n)
	}
}

func TestUnknownPhones(t *testing.T) {
	b := open(t)
	for _, to := range []bot.Address{"sim:siapa", "telegram:budi", "budi"} {
		var dead *bot.SendError
		if err := b.Send(t.Context(), "d", to, bot.Message{Text: "x"}); !errors.As(err, &dead) || !dead.Dead {
			t.Errorf("send to %s: %v, want a dead address", to, err)
		}
	}
	if err := b.write(t.Context(), "siapa", "x"); !errors.Is(err, simulator.ErrNoPhone) {
		t.Errorf("type: %v", err)
	}
	if err := b.Read("siapa", 1); !errors.Is(err, simulator.ErrNoPhone) {
		t.Errorf("read: %v", err)
	}
	if err := b.write(t.Context(), "budi", " \n"); !errors.Is(err, simulator.ErrNothing) {
		t.Errorf("empty text: %v", err)
	}
}

func TestUnread(t *testing.T) {
	b := open(t)
	b.send(t, "d1", "budi", "satu")
	b.send(t, "d2", "budi", "dua")
	must(t, b.write(t.Context(), "budi", "jawab"))
	b.send(t, "d3", "kadis", "tiga")
	unread := func() [2]int {
		s := b.State(0)
		return [2]int{s.Phones[0].Unread, s.Phones[1].Unread}
	}
	if got := unread(); got != [2]int{2, 1} {
		t.Fatalf("unread %v, want [2 1]", got)
	}
	must(t, b.Read("budi", b.messages(t, "budi")[0].N))
	if got := unread(); got != [2]int{1, 1} {
		t.Errorf("after reading one: %v, want [1 1]", got)
	}
	must(t, b.Read("budi", 1<<40))
	must(t, b.Read("budi", 1))
	b.reopen(t)
	if got := unread(); got != [2]int{0, 1} {
		t.Errorf("after reading all and a restart: %v, want [0 1]", got)
	}
}

func TestAttach(t *testing.T) {
	b := open(t)
	must(t, b.attach(
		t.Context(), "budi",
		simulator.Upload{Name: "akta.pdf", Content: strings.NewReader("%PDF-")},
		simulator.Upload{Name: "foto.jpg", Photo: true, Content: bytes.NewReader(nil)},
		simulator.Upload{Name: "besar.pdf", Content: io.LimitReader(zeros{}, bot.MaxFileSize+1)},
		simulator.Upload{Name: "pas.pdf", Content: io.LimitReader(zeros{}, bot.MaxFileSize)},
	))
	files := b.inbox.All()[0].Files
	if string(b.files.Content(files[0].Key)) != "%PDF-" || files[0].Size != 5 {
		t.Errorf("first file: %+v", files[0])
	}
	if !files[1].Photo || files[1].Size != 0 || files[1].Key == "" {
		t.Errorf("empty photo: %+v", files[1])
	}
	if files[2].Problem != bot.FileTooLarge || files[2].Key != "" {
		t.Errorf("file of a byte too much: %+v", files[2])
	}
	if files[3].Problem != "" || files[3].Size != bot.MaxFileSize {
		t.Errorf("file of just the limit: %+v", files[3])
	}
	if b.files.Len() != 3 {
		t.Errorf("%d files kept, want 3", b.files.Len())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBrokenUploadSendsNothing(t *testing.T) {
	b := open(t)
	err := b.attach(t.Context(), "budi", simulator.Upload{Name: "x.pdf", Content: io.MultiReader(strings.NewReader("%PDF"), broken{})})
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("got %v", err)
	}
	if len(b.messages(t, "budi")) != 0 || len(b.inbox.All()) != 0 {
		t.Error("a message was sent")
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestEachPhoneKeepsItsOrder(t *testing.T) {
	b := open(t)
	var wg sync.WaitGroup
	for _, phone := range []string{"budi", "kadis"} {
		wg.Go(func() {
			for i := range 200 {
				if err := b.write(t.Context(), phone, fmt.Sprintf("%s %03d", phone, i)); err != nil {
					t.Error(err)
				}
				b.send(t, fmt.Sprintf("%s-%d", phone, i), phone, "baik")
			}
		})
	}
	wg.Wait()
	byPhone := map[bot.Address][]string{}
	for _, in := range b.inbox.All() {
		byPhone[in.Chat] = append(byPhone[in.Chat], in.Text)
	}
	for chat, texts := range byPhone {
		if len(texts) != 200 || !slices.IsSorted(texts) {
			t.Errorf("%s arrived out of order: %q", chat, texts)
		}
	}
}

func TestWaitingForItsTurnHeedsTheContext(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	b := open(t, func(c *simulator.Config) {
		c.Accept = func(context.Context, ...bot.Inbound) error { close(entered); <-leave; return nil }
	})
	first := make(chan error, 1)
	go func() { first <- b.write(t.Context(), "budi", "satu") }()
	<-entered
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.write(ctx, "budi", "dua"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want canceled", err)
	}
	close(leave)
	must(t, <-first)
}

func TestCodeCountsDown(t *testing.T) {
	b := open(t, func(c *simulator.Config) {
		c.Clock = func() time.Time { return monday.Add(12 * time.Second) }
		c.Code = func(phone string, _ time.Time) (string, bool) { return "123456", phone == "kadis" }
	})
	code, ok := b.Code("kadis")
	if !ok || code.Value != "123456" || code.Left != 18*time.Second {
		t.Errorf("got %+v %v", code, ok)
	}
	if _, ok := b.Code("budi"); ok {
		t.Error("an applicant's phone shows a code")
	}
}

// Whatever happens, the phone after a restart shows what it showed before.
func TestRestartShowsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := open(t)
		phones := rapid.SampledFrom([]string{"budi", "kadis"})
		for i := range rapid.IntRange(1, 40).Draw(rt, "events") {
			phone := phones.Draw(rt, "phone")
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				b.inbox.Refuse(nil)
				must(t, b.write(t.Context(), phone, rapid.StringN(1, 20, -1).Draw(rt, "text")+"."))
			case 1:
				b.inbox.Refuse(errors.New("down"))
				_ = b.say(t.Context(), phone, simulator.Say{Location: &bot.Location{Lat: 2.7, Lon: 98.3}})
			case 2:
				b.send(t, fmt.Sprint("d", i), phone, "baik", bot.Choice{ID: "a", Label: "A"})
			case 3:
				must(t, b.Read(phone, rapid.Int64Range(0, 60).Draw(rt, "upto")))
			}
		}
		before := asJSON(t, b.State(0))
		b.reopen(t)
		if after := asJSON(t, b.State(0)); before != after {
			rt.Fatalf("before: %s\nafter: %s", before, after)
		}
	})
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	must(t, err)
	return string(b)
}
