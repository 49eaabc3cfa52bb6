package handlers

import (
	"errors"
	"testing"

	"izinbot/bot"
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

func (o *office) lease(owner string) (l store.Lease) {
	o.t.Helper()
	list, err := o.store.Leases(o.t.Context(), "chats/00")
	if err != nil {
		o.t.Fatal(err)
	}
	l.Name = "chats/00"
	if len(list) > 0 {
		l = list[0]
	}
	if l, err = o.store.TakeLease(o.t.Context(), l, owner); err != nil {
		o.t.Fatal(err)
	}
	return l
}

// A message of a chat that another process serves by now has no effect here, and is
// no failure of the message.
func TestWriteUnderAnOldTermIsNoFailure(t *testing.T) {
	o := newOffice(t, nil)
	mine := o.lease("a")
	held := &terms{fence: store.Fence{Lease: mine.Name, Term: mine.Term}}
	o.app.Terms = held
	g := o.guest("ani")
	if got := g.tell(bot.Inbound{Text: "/mulai"}); got == "" {
		t.Error("no answer under a term that holds")
	}
	before, err := o.store.Conversation(t.Context(), g.chat)
	if err != nil {
		t.Fatal(err)
	}
	o.lease("b")
	received, err := o.store.Accept(t.Context(), o.now, bot.Inbound{ID: "late", Chat: g.chat, Text: "status"})
	if err != nil {
		t.Fatal(err)
	}
	for name, handle := range map[string]func() error{
		"handled":  func() error { return o.app.Handle(t.Context(), received[0]) },
		"given up": func() error { return session.ForPort(o.app.Fail(t.Context(), received[0], errors.New("CONTOH"))) },
	} {
		if err := handle(); !errors.Is(err, bot.ErrNotOurs) {
			t.Errorf("%s under an old term: %v", name, err)
		}
	}
	held.lost = true
	if err := o.app.Handle(t.Context(), received[0]); !errors.Is(err, bot.ErrNotOurs) {
		t.Errorf("without a term: %v", err)
	}
	after, err := o.store.Conversation(t.Context(), g.chat)
	if err != nil || after.Version != before.Version {
		t.Errorf("written all the same: %v, %v", after.Version, err)
	}
}

func TestStoreThatIsAwayIsNoFaultOfTheMessage(t *testing.T) {
	o := newOffice(t, nil)
	received, err := o.store.Accept(t.Context(), o.now, bot.Inbound{ID: "m", Chat: "test:ani", Text: "status"})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := o.app.Handle(t.Context(), received[0]); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}
