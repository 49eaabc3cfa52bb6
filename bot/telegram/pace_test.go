package telegram

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
)

func TestPaceOfOneChat(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	l := newLimiter(Pace{})
	for i, want := range []time.Duration{0, 0, 0, 1050 * time.Millisecond} {
		if got := l.wait(now, "telegram:1", false); got != want {
			t.Errorf("answer %d waits %v, want %v", i+1, got, want)
		}
	}
	if got := l.wait(now, "telegram:1", true); got != 3150*time.Millisecond {
		t.Errorf("a notice after three answers waits %v", got)
	}
	if got := l.wait(now.Add(1050*time.Millisecond), "telegram:1", false); got != 0 {
		t.Errorf("after the wait it waits %v more", got)
	}
}

func TestNoticesLeaveRoomForAnswers(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	l := newLimiter(Pace{})
	waiting := 0
	for i := range 100 {
		if l.wait(now, chatNo(i), true) > 0 {
			waiting++
		}
	}
	if waiting != 98 {
		t.Errorf("%d of 100 notices wait", waiting)
	}
	for i := range reserve {
		if got := l.wait(now, chatNo(200+i), false); got != 0 {
			t.Errorf("an answer waits %v behind notices", got)
		}
	}
}

func TestPauseAfterARefusal(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	l := newLimiter(Pace{})
	l.wait(now, "telegram:1", false)
	l.refused(now, "telegram:1", 3*time.Second) // the chat kept its pace: it was the limit over all
	if got := l.wait(now, "telegram:2", false); got < 3*time.Second {
		t.Errorf("another chat waits %v", got)
	}
	l = newLimiter(Pace{})
	for range 3 {
		l.wait(now, "telegram:1", false)
	}
	l.refused(now, "telegram:1", 3*time.Second) // the chat was too quick
	if got := l.wait(now, "telegram:2", false); got != 0 {
		t.Errorf("another chat waits %v for a chat that was too quick", got)
	}
}

func TestUnlimited(t *testing.T) {
	l := newLimiter(Pace{Unlimited: true})
	for range 1000 {
		if l.wait(time.Time{}, "telegram:1", true) != 0 {
			t.Fatal("waits")
		}
		l.count("telegram:1")
	}
}

// TestPaceKeepsItsPromise plays any mix of messages and looks at what went out.
func TestPaceKeepsItsPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLimiter(Pace{})
		now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
		type message struct {
			chat   bot.Address
			notice bool
			at     time.Time // asks again then
		}
		var all []message
		for range rapid.IntRange(1, 120).Draw(t, "messages") {
			all = append(all, message{
				chatNo(rapid.IntRange(0, 40).Draw(t, "chat")), rapid.Bool().Draw(t, "notice"),
				now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "after")) * time.Millisecond),
			})
		}
		var sent []time.Time
		chats := map[bot.Address][]time.Time{}
		for asked := 0; len(all) > 0; asked++ {
			if asked > 5000 {
				t.Fatalf("%d messages never go", len(all))
			}
			next := 0
			for i, m := range all {
				if m.at.Before(all[next].at) {
					next = i
				}
			}
			m := &all[next]
			if wait := l.wait(m.at, m.chat, m.notice); wait > 0 {
				if wait > 3*time.Minute {
					t.Fatalf("a message waits %v", wait)
				}
				m.at = m.at.Add(wait)
				continue
			}
			sent = append(sent, m.at)
			chats[m.chat] = append(chats[m.chat], m.at)
			all = append(all[:next], all[next+1:]...)
		}
		for i := range sent {
			if j := i + 32; j < len(sent) && sent[j].Sub(sent[i]) < time.Second {
				t.Fatalf("33 messages within %v", sent[j].Sub(sent[i]))
			}
		}
		for chat, times := range chats {
			for i := range times {
				if j := i + 3; j < len(times) && times[j].Sub(times[i]) < time.Second {
					t.Fatalf("4 messages to %s within %v", chat, times[j].Sub(times[i]))
				}
			}
		}
	})
}

func chatNo(i int) bot.Address { return address(int64(i)) }
