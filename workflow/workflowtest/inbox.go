package workflowtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/workflow/store"
)

func inboxTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a message is kept as it came":            inboxRoundTrip,
		"a repeat is dropped":                     inboxRepeat,
		"what is not handled comes back in order": inboxUnhandled,
		"one chat's part, after a number":         inboxOfChat,
		"a typed secret is masked once handled":   inboxMasked,
		"what cannot be decoded holds up nothing": inboxDamaged,
	}
}

func contextOf(s *suite) (context.Context, context.CancelFunc) {
	return context.WithCancel(s.Context())
}

func (s *suite) accept(messages ...bot.Inbound) []bot.Received {
	s.Helper()
	list, err := s.store.Accept(s.Context(), start(), messages...)
	s.ok(err)
	return list
}

func (s *suite) unhandled() string {
	s.Helper()
	list, err := s.store.Unhandled(s.Context())
	s.ok(err)
	return texts(list)
}

func texts(list []bot.Received) string {
	var all strings.Builder
	for _, r := range list {
		all.WriteString(r.Text + " ")
	}
	return all.String()
}

// message is a message whose text is its id's last part.
func message(chat bot.Address, text string) bot.Inbound {
	return bot.Inbound{ID: fmt.Sprintf("%s:%s", chat, text), Chat: chat, At: start(), Text: text}
}

func inboxRoundTrip(s *suite) {
	m := message("sim:1", "a")
	m.Name, m.Choice, m.Location = "CONTOH", "/mulai", &bot.Location{Lat: 2.74, Lon: 98.31}
	m.Better, m.Withdrawn = "sim:1:9", "sim:1:8"
	m.Files = []bot.InboundFile{{Key: "k", Name: "akta.pdf", Size: 5}, {Name: "besar.pdf", Size: 1 << 30, Problem: bot.FileTooLarge}}
	got := s.accept(m)
	s.equal(len(got), 1)
	s.equal(got[0].Inbound, m)
	s.restart()
	list, err := s.store.Unhandled(s.Context())
	s.ok(err)
	s.equal(list, got)
}

func inboxRepeat(s *suite) {
	s.equal(texts(s.accept(message("sim:1", "a"), message("sim:1", "b"), message("sim:1", "a"))), "a b ")
	s.equal(texts(s.accept(message("sim:1", "b"), message("sim:1", "c"))), "c ")
	s.restart()
	s.equal(texts(s.accept(message("sim:1", "a"), message("sim:2", "a"))), "a ")
	s.equal(len(s.accept()), 0)
	s.equal(s.unhandled(), "a b c a ")
}

func inboxUnhandled(s *suite) {
	s.equal(s.unhandled(), "")
	got := s.accept(message("sim:2", "a"), message("sim:1", "b"), message("sim:2", "c"), message("sim:3", "d"), message("sim:1", "e"))
	for i, r := range got[1:] {
		if r.Seq <= got[i].Seq {
			s.Fatalf("sequence does not grow: %+v", got)
		}
	}
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:2", Handled: got[0].Seq}})
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:3", Handled: got[3].Seq}})
	s.restart()
	s.equal(s.unhandled(), "b c e ")
	c := s.conversation("sim:2")
	c.Handled = got[2].Seq
	s.commit(store.UnitOfWork{Conversation: &c})
	s.equal(s.unhandled(), "b e ")
	s.accept(message("sim:3", "f"))
	s.equal(s.unhandled(), "b e f ")
}

func inboxOfChat(s *suite) {
	got := s.accept(message("sim:1", "a"), message("sim:1", "b"), message("sim:2", "c"), message("sim:1", "d"), message("sim:1", "e"))
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: got[0].Seq}})
	ask := func(chat bot.Address, after int64, limit int) string {
		list, err := s.store.UnhandledOf(s.Context(), chat, after, limit)
		s.ok(err)
		return texts(list)
	}
	s.equal(ask("sim:1", 0, 10), "b d e ")
	s.equal(ask("sim:1", 0, 2), "b d ")
	s.equal(ask("sim:1", got[1].Seq, 10), "d e ")
	s.equal(ask("sim:2", 0, 10), "c ")
	s.equal(ask("sim:3", 0, 10), "")
}

// inboxMasked: the secret is there until the message is handled, and nowhere after; a
// repeat of the message is still known as one. Once in a turn of one chat, once in one
// that changes more.
func inboxMasked(s *suite) {
	for i, more := range [][]store.Person{nil, {{ID: "P-1"}}} {
		chat := bot.MakeAddress("sim", fmt.Sprint(i))
		got := s.accept(message(chat, "rahasia"))
		s.equal(s.unhandled(), "rahasia ")
		masked := got[0]
		masked.Text = "••••"
		s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: chat, Handled: masked.Seq}, Masked: &masked, Persons: more})
		s.equal(s.unhandled(), "")
		s.equal(len(s.accept(message(chat, "rahasia"))), 0)
	}
	kept, ok := s.store.(interface {
		Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error)
	})
	if !ok {
		s.Fatal("records cannot be read")
	}
	page, err := kept.Records(s.Context(), store.KindMessage, "", 10)
	s.ok(err)
	s.equal(len(page.Records), 2)
	for _, r := range page.Records {
		var m store.PortableMessage
		s.ok(json.Unmarshal(r.Doc, &m))
		if strings.Contains(string(m.Message), `"text":"rahasia`) || !strings.Contains(string(m.Message), "••••") {
			s.Fatalf("the inbox keeps %s", m.Message)
		}
	}
}

// inboxDamaged: a message and a delivery that cannot be decoded are given as such, in
// their place, and can be done with as any other.
func inboxDamaged(s *suite) {
	for i, doc := range [][]byte{{}, {0xff, 0xff}, []byte(`{"text":`), []byte(`{"text":5}`)} {
		chat := bot.MakeAddress("sim", fmt.Sprint(i))
		got := s.accept(message(chat, "a"), message(chat, "b"))
		s.post(delivery(chat, fmt.Sprint("x", i)), delivery(chat, fmt.Sprint("y", i)))
		s.spoilChat(s.T, s.store, chat, doc)
		s.restart()
		list, err := s.store.Unhandled(s.Context())
		s.ok(err)
		s.equal(len(list), 2)
		s.equal(list[0], bot.Received{Seq: got[0].Seq, Inbound: bot.Inbound{ID: got[0].ID, Chat: chat, Other: bot.OtherLost}})
		s.equal(list[1], got[1])
		deliveries := s.claim("a", start(), 10)
		s.equal(len(deliveries), 2)
		for n, d := range deliveries {
			s.equal(d.ID, fmt.Sprintf("%c%d", "xy"[n], i))
			s.equal(d.Unreadable, n == 0)
		}
		s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: chat, Handled: got[1].Seq}})
		for _, d := range deliveries {
			s.ok(s.store.Settle(s.Context(), start(), bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliverySent}))
		}
		s.equal(s.unhandled(), "")
		s.equal(s.claimed("a", start(), 10), "")
	}
}
