package handlers_test

import (
	"errors"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
	"izinbot/workflow/store"
)

// terms are those of a process that holds one lease, or has lost it.
type terms struct {
	fence store.Fence
	lost  bool
}

func (t *terms) Ours(bot.Address) bool { return !t.lost }

func (t *terms) FenceOf(bot.Address) (store.Fence, bool) { return t.fence, !t.lost }

func (t *terms) Fence(string) (f store.Fence, ok bool) { return t.fence, !t.lost }

// A message of a chat that another process serves by now has no effect here, and is
// no failure of the message.
func TestWriteUnderAnOldTermIsNoFailure(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	mine := o.TakeLease("a")
	held := &terms{fence: store.Fence{Lease: mine.Name, Term: mine.Term}}
	o.App.Commits.Terms = held
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
		if err := handle(); !errors.Is(err, bot.ErrNotOurs) {
			t.Errorf("%s under an old term: %v", name, err)
		}
	}
	held.lost = true
	if err := o.App.Handle(t.Context(), received[0]); !errors.Is(err, bot.ErrNotOurs) {
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
