package mongostore_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// TestCallsThatQueueEndInTime has many write while the server does not answer, to one
// chat or to several, which need numbers of one block: the last one must not wait for
// the time of all before it.
func TestCallsThatQueueEndInTime(t *testing.T) {
	t.Parallel()
	for verb, chats := range map[string]int{"find": 1, "findAndModify": 10} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			endInTime(t, verb, chats)
		})
	}
}

func endInTime(t *testing.T, held string, chats int) {
	t.Helper()
	uri := mongotest.URI(t)
	openAt(t, uri, nil)
	hold := false
	gate := mongotest.NewGate(t, func(verb string, _ bson.Raw) mongotest.Fate {
		if hold && verb == held {
			return mongotest.Wait
		}
		return mongotest.Pass
	})
	s, err := mongostore.Open(t.Context(), mongotest.Through(gate.Address(), uri), mongostore.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	gate.Do(func() { hold = true })
	began := time.Now()
	var calls sync.WaitGroup
	for i := range 10 {
		calls.Go(func() {
			in := bot.Inbound{ID: fmt.Sprint("m", i), Chat: bot.MakeAddress("sim", fmt.Sprint(i%chats))}
			if _, err := s.Accept(context.WithoutCancel(t.Context()), crashTime(), in); workflow.CodeOf(err) != workflow.CodeUnavailable {
				t.Errorf("%v", err)
			}
		})
	}
	calls.Wait()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v until the last of them ended, each call may take a second", took)
	}
	gate.Resume()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
