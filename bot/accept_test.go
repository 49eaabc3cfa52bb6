package bot_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

func TestDispatcherMemoryStaysBounded(t *testing.T) {
	tests := map[string]struct{ queue, memory int }{
		"one chat":  {queue: 4, memory: 1000},
		"all chats": {queue: 100, memory: 5},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inbox := newInbox()
				gate := make(chan struct{})
				o := newOffice(inbox, bot.DispatcherConfig{Queue: tt.queue, Memory: tt.memory}, func(context.Context, bot.Received) error {
					<-gate
					return nil
				})
				o.mustStart(t)
				var want []string
				for n := range 50 {
					o.mustAccept(t, message("a", n))
					want = append(want, fmt.Sprintf("a/%d", n))
				}
				synctest.Wait()
				if inbox.pages > 0 {
					t.Errorf("%d reads of the inbox while the queue was not empty", inbox.pages)
				}
				close(gate)
				o.mustHandle(t, want...)
				if inbox.pages == 0 {
					t.Error("the inbox was never read: everything was in memory")
				}
			})
		})
	}
}

func TestDispatcherAcceptThatFailed(t *testing.T) {
	tests := map[string]struct {
		how  failure
		then []int // what is accepted afterwards
		want []string
	}{
		"lost, never repeated":          {lost, []int{2}, []string{"a/2"}},
		"lost, repeated at once":        {lost, []int{1, 2}, []string{"a/1", "a/2"}},
		"lost, repeated late":           {lost, []int{2, 1}, []string{"a/2", "a/1"}},
		"stored, never repeated":        {stored, nil, []string{"a/1"}},
		"stored, repeated":              {stored, []int{1, 2}, []string{"a/1", "a/2"}},
		"stored late, never repeated":   {storedLate, []int{2}, []string{"a/1", "a/2"}},
		"stored late, repeated":         {storedLate, []int{1}, []string{"a/1"}},
		"stored late, repeated at once": {storedLate, []int{1, 2}, []string{"a/1", "a/2"}},
		"stored late, repeated late":    {storedLate, []int{2, 1}, []string{"a/1", "a/2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(newInbox(), bot.DispatcherConfig{}, nil)
				o.mustStart(t)
				ctx := context.WithValue(t.Context(), acceptEnds{}, tt.how)
				if err := o.Accept(ctx, time.Now(), message("a", 1)); !errors.Is(err, errBroken) {
					t.Fatalf("Accept: %v, want %v", err, errBroken)
				}
				for _, n := range tt.then {
					synctest.Wait() // also for the look at the chat, in vain if the write is late
					o.mustAccept(t, message("a", n))
				}
				o.mustHandle(t, tt.want...)
			})
		})
	}
}

func TestDispatcherUnreadableInbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		o := newOffice(inbox, bot.DispatcherConfig{Queue: 1}, nil)
		o.mustStart(t)
		reads := 0
		inbox.read = func() error {
			if reads++; reads < 4 {
				return errBroken
			}
			return nil
		}
		o.mustAccept(t, message("a", 1), message("a", 2), message("a", 3))
		time.Sleep(time.Millisecond)
		o.mustAccept(t, message("a", 4))
		o.mustHandle(t, "a/1", "a/2", "a/3", "a/4")
	})
}

func TestDispatcherAcceptWaitsNoLongerThanItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(newInbox(), bot.DispatcherConfig{}, nil)
		o.mustStart(t)
		go func() {
			_ = o.Accept(context.WithValue(context.Background(), acceptEnds{}, slowly), time.Now(), message("a", 1))
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := o.Accept(ctx, time.Now(), message("a", 2), message("b", 1)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Accept behind a slow one: %v, want %v", err, context.DeadlineExceeded)
		}
		time.Sleep(time.Hour)
		o.mustHandle(t, "a/1")
	})
}
