package workflowtest

import (
	"fmt"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow/store"
)

func outboxTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a delivery is given as it was written":     outboxRoundTrip,
		"a delivery id is taken once":               outboxRepeat,
		"whole chats in order, the oldest first":    outboxOrder,
		"what is not due holds back what follows":   outboxNotDue,
		"a retry keeps the order and counts":        outboxRetry,
		"sent and dead are final":                   outboxFinal,
		"a delivery knows the one before it":        outboxPrev,
		"what waits is there again after a restart": outboxRestart,
		"what is over is purged, and nothing else":  outboxPurge,
	}
}

// lease is the length of every lease of the suite.
const lease = 30 * time.Second

// delivery is a delivery whose id is its text.
func delivery(chat bot.Address, text string) bot.Delivery {
	return bot.Delivery{ID: text, Chat: chat, Message: bot.Message{Text: text}, Created: start()}
}

// post writes deliveries that nobody holds.
func (s *suite) post(list ...bot.Delivery) []bot.Delivery {
	s.Helper()
	return s.commit(store.UnitOfWork{Deliveries: list})
}

// claim gives what owner gets at an instant.
func (s *suite) claim(owner string, now time.Time, limit int) []bot.Delivery {
	s.Helper()
	list, err := s.store.Claim(s.Context(), bot.Claim{Owner: owner, Now: now, Until: now.Add(lease), Limit: limit})
	s.ok(err)
	return list
}

// claimed gives the ids of what owner gets.
func (s *suite) claimed(owner string, now time.Time, limit int) string {
	s.Helper()
	return idsOf(s.claim(owner, now, limit))
}

func idsOf(list []bot.Delivery) string {
	var all strings.Builder
	for _, d := range list {
		all.WriteString(d.ID + " ")
	}
	return all.String()
}

func (s *suite) settle(now time.Time, list ...bot.Settlement) {
	s.Helper()
	s.ok(s.store.Settle(s.Context(), now, list...))
}

func sent(d bot.Delivery) bot.Settlement {
	return bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliverySent, Owner: "w"}
}

func retry(d bot.Delivery, at time.Time) bot.Settlement {
	return bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryRetry, Retry: at, Attempts: d.Attempts + 1, Reason: "timeout", Owner: "w"}
}

func outboxRoundTrip(s *suite) {
	d := delivery("sim:1", "a")
	d.Notice, d.NotBefore = true, in(-time.Minute)
	d.Message.Choices = []bot.Choice{{ID: "1", Label: "Ya"}}
	d.Message.Files = []bot.Attachment{{Key: "k", Name: "resi.pdf", Type: "application/pdf", Size: 7}}
	got := s.post(d)
	s.equal(len(got), 1)
	d.Seq = got[0].Seq
	s.equal(got[0], d)
	d.Leased = in(lease)
	s.equal(s.claim("w", in(0), 10), []bot.Delivery{d})
}

func outboxRepeat(s *suite) {
	s.equal(len(s.post(delivery("sim:1", "a"), delivery("sim:1", "a"))), 1)
	s.equal(len(s.post(delivery("sim:1", "a"), delivery("sim:1", "b"))), 1)
	list := s.claim("w", in(0), 10)
	s.equal(len(list), 2)
	s.settle(in(0), sent(list[0]), sent(list[1]))
	s.equal(len(s.post(delivery("sim:1", "a"))), 0)
	s.equal(s.claimed("w", in(time.Hour), 10), "")
}

func outboxOrder(s *suite) {
	s.post(delivery("sim:2", "a"), delivery("sim:1", "b"), delivery("sim:2", "c"))
	s.post(delivery("sim:3", "d"), delivery("sim:1", "e"), delivery("sim:2", "f"))
	s.equal(s.claimed("w", in(0), 1), "a c f ")
	s.equal(s.claimed("w", in(0), 10), "b d e ")
	s.equal(s.claimed("w", in(0), 10), "")
}

func outboxNotDue(s *suite) {
	later := delivery("sim:1", "b")
	later.NotBefore = in(time.Minute)
	s.post(delivery("sim:1", "a"), later, delivery("sim:1", "c"), delivery("sim:2", "d"))
	list := s.claim("w", in(0), 10)
	s.equal(len(list), 2) // a d
	s.settle(in(0), sent(list[0]), sent(list[1]))
	s.equal(s.claimed("w", in(59*time.Second), 10), "")
	s.equal(s.claimed("w", in(time.Minute), 10), "b c ")
}

func outboxRetry(s *suite) {
	s.post(delivery("sim:1", "a"), delivery("sim:1", "b"))
	list := s.claim("w", in(0), 10)
	s.settle(in(0), retry(list[0], in(time.Minute)), retry(list[1], time.Time{}))
	s.post(delivery("sim:1", "c"), delivery("sim:2", "d"))
	list = s.claim("w", in(time.Second), 10)
	s.equal([]any{len(list), list[0].ID}, []any{1, "d"})
	s.settle(in(time.Second), sent(list[0]))
	list = s.claim("w", in(time.Minute), 10)
	s.equal(len(list), 3)
	for i, want := range []bot.Delivery{{ID: "a", Attempts: 1}, {ID: "b", Attempts: 1}, {ID: "c"}} {
		s.equal([]any{list[i].ID, list[i].Attempts}, []any{want.ID, want.Attempts})
	}
	back := retry(list[0], time.Time{})
	back.Attempts = 1 // given back untried
	s.settle(in(time.Minute), back)
	s.equal(s.claimed("w", in(time.Minute), 10), "") // b and c are still held
	s.settle(in(time.Minute), retry(list[1], time.Time{}), retry(list[2], time.Time{}))
	again := s.claim("w", in(time.Minute), 10)
	s.equal([]any{again[0].ID, again[0].Attempts, again[1].Attempts}, []any{"a", 1, 2})
}

func outboxFinal(s *suite) {
	s.post(delivery("sim:1", "a"), delivery("sim:1", "b"), delivery("sim:1", "c"))
	list := s.claim("w", in(0), 10)
	dead := bot.Settlement{Seq: list[1].Seq, Chat: list[1].Chat, State: bot.DeliveryDead, Reason: "blocked"}
	s.settle(in(0), sent(list[0]), dead, bot.Settlement{Seq: 1 << 40, Chat: "sim:1", State: bot.DeliverySent})
	s.settle(in(0), retry(list[0], in(0)), retry(list[1], in(0)))
	s.equal(s.claimed("w", in(time.Hour), 10), "c ")
}

func outboxPrev(s *suite) {
	first := s.post(delivery("sim:1", "a"), delivery("sim:2", "b"), delivery("sim:1", "c"))
	s.equal([]int64{first[0].Prev, first[1].Prev, first[2].Prev}, []int64{0, 0, first[0].Seq})
	s.settle(in(0), sent(first[2]))
	second := s.post(delivery("sim:1", "d"))
	s.equal(second[0].Prev, first[0].Seq)
	s.settle(in(0), sent(first[0]), sent(second[0]))
	s.equal(s.post(delivery("sim:1", "e"))[0].Prev, int64(0))
}

func outboxRestart(s *suite) {
	for i := range 3 {
		s.post(delivery("sim:1", fmt.Sprint(i)))
	}
	list := s.claim("w", in(0), 10)
	s.settle(in(0), sent(list[0]), retry(list[1], in(time.Minute)))
	s.restart()
	s.equal(s.claimed("w2", in(time.Second), 10), "") // 2 is still held by the one before
	s.equal(s.claimed("w2", in(lease), 10), "")       // and then waits behind 1
	s.equal(s.claimed("w2", in(time.Minute), 10), "1 2 ")
}

// outboxPurge is about inbox and outbox. What came last waits in both: a store may
// keep the last of either.
func outboxPurge(s *suite) {
	got := s.accept(message("sim:1", "a"), message("sim:1", "b"))
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: got[0].Seq}})
	list := s.post(delivery("sim:1", "c"), delivery("sim:2", "d"))
	s.settle(in(0), sent(list[0]))
	purge := func(before time.Time) int {
		n, err := s.store.Purge(s.Context(), before)
		s.ok(err)
		return n
	}
	s.equal([]int{purge(in(0)), purge(in(time.Hour)), purge(in(time.Hour))}, []int{0, 2, 0})
	s.equal(s.unhandled(), "b ")
	s.equal(s.claimed("w", in(0), 10), "d ")
	s.equal(len(s.accept(message("sim:1", "a"), message("sim:1", "b"))), 1) // purged, so taken for a new one
	s.equal(len(s.post(delivery("sim:1", "c"), delivery("sim:2", "d"))), 1)
}
