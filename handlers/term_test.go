package handlers_test

import (
	"errors"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
)

// A message that another process handles by now has no effect here, and is no failure of
// the message.
func TestWriteUnderAnOldTermIsNoFailure(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	mine := o.TakeLease("a")
	active := true
	o.App.Commits.Term = func() (int64, bool) { return mine.Term, active }
	g := o.Guest("ani")
	if got := g.Tell(bot.Inbound{Text: "/mulai"}); got == "" {
		t.Error("no answer under a term that holds")
	}
	before, err := o.Store.Conversation(t.Context(), g.Chat)
	if err != nil {
		t.Fatal(err)
	}
	o.TakeLease("b")
	received, err := o.Store.Accept(t.Context(), o.Now, bot.Inbound{ID: "late", Chat: g.Chat, Text: "status"})
	if err != nil {
		t.Fatal(err)
	}
	for name, handle := range map[string]func() error{
		"handled":  func() error { return o.App.Handle(t.Context(), received[0]) },
		"given up": func() error { return session.ForPort(o.App.Fail(t.Context(), received[0], errors.New("CONTOH"))) },
	} {
		if err := handle(); !errors.Is(err, bot.ErrNotActive) {
			t.Errorf("%s under an old term: %v", name, err)
		}
	}
	active = false
	if err := o.App.Handle(t.Context(), received[0]); !errors.Is(err, bot.ErrNotActive) {
		t.Errorf("without a term: %v", err)
	}
	after, err := o.Store.Conversation(t.Context(), g.Chat)
	if err != nil || after.Version != before.Version {
		t.Errorf("written all the same: %v, %v", after.Version, err)
	}
}

func TestStoreThatIsAwayIsNoFaultOfTheMessage(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	received, err := o.Store.Accept(t.Context(), o.Now, bot.Inbound{ID: "m", Chat: "test:ani", Text: "status"})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := o.App.Handle(t.Context(), received[0]); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}
