package mongostore_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// TestFullChat fills a chat: it takes no more messages until some were handled, and
// nobody else's turn stands still for it.
func TestFullChat(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	large := strings.Repeat("x", 3<<20)
	var got []bot.Received
	for i := range 3 {
		list, err := s.Accept(t.Context(), crashTime(), bot.Inbound{ID: fmt.Sprint("m", i), Chat: "sim:1", Text: large})
		if want := map[bool]workflow.Code{true: "", false: workflow.CodeUnavailable}[i < 2]; workflow.CodeOf(err) != want {
			t.Fatalf("message %d: %v", i, err)
		}
		got = append(got, list...)
	}
	turn := store.UnitOfWork{
		Conversation: &bot.Conversation{Chat: "sim:2", Handled: 1},
		Deliveries: []bot.Delivery{
			{ID: "large", Chat: "sim:1", Message: bot.Message{Text: large}, Created: crashTime()},
			{ID: "small", Chat: "sim:1", Created: crashTime()},
			{ID: "other", Chat: "sim:2", Created: crashTime()},
		},
	}
	list, err := s.Commit(t.Context(), crashTime(), turn)
	if err != nil || len(list) != 1 || list[0].ID != "other" {
		t.Fatalf("%d deliveries (%v)", len(list), err)
	}
	if state, reason := settledAs(t, s, "large"); state != "dead" || reason != "full" {
		t.Errorf("%s %s", state, reason)
	}
	talk := &bot.Conversation{Chat: "sim:1", Handled: got[0].Seq}
	if list, err = s.Commit(t.Context(), crashTime(), store.UnitOfWork{Conversation: talk, Deliveries: turn.Deliveries[:1]}); err != nil || len(list) != 0 {
		t.Errorf("what was dead lives again: %d (%v)", len(list), err)
	}
	if _, err := s.Accept(t.Context(), crashTime(), bot.Inbound{ID: "m2", Chat: "sim:1", Text: large}); err != nil {
		t.Errorf("after one was handled: %v", err)
	}
}

// TestFullChatHoldsUpNoOther accepts messages of a full chat together with those of
// others, as polling does: only the full one's are refused, and told apart from an
// outage.
func TestFullChatHoldsUpNoOther(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	large := strings.Repeat("x", 3<<20)
	var all []bot.Inbound
	for i := range 4 {
		all = append(all, bot.Inbound{ID: fmt.Sprint("m", i), Chat: "sim:1", Text: large})
	}
	all = append(all, bot.Inbound{ID: "other", Chat: "sim:2"})
	got, err := s.Accept(t.Context(), crashTime(), all...)
	if !errors.Is(err, bot.ErrFull) || workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("%v", err)
	}
	if len(got) != 3 {
		t.Errorf("%d messages are given, want 3", len(got))
	}
	stored, err := s.Unhandled(t.Context())
	if err != nil || len(stored) != 3 || stored[2].ID != "other" {
		t.Errorf("%d messages are stored (%v)", len(stored), err)
	}
}

// TestFullChatFitsIntoADocument fills chats with messages of any size: what belongs to
// each besides its words counts too.
func TestFullChatFitsIntoADocument(t *testing.T) {
	const most = 16 << 20 // bytes of a document
	for _, size := range []int{0, 20, 200, 2_000, 200_000} {
		in, out, err := mongostore.FullChat(size)
		if err != nil {
			t.Fatal(err)
		}
		if in > most || out > most {
			t.Errorf("full of %d bytes each: %d bytes of messages, %d bytes of deliveries", size, in, out)
		}
	}
}

// settledAs reads what became of a delivery.
func settledAs(t *testing.T, s *mongostore.Store, id string) (state, reason string) {
	t.Helper()
	var doc struct{ State, Reason string }
	if err := s.Database().Collection("outbox").FindOne(t.Context(), bson.D{{Key: "_id", Value: id}}).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc.State, doc.Reason
}

// TestOldTermNeverWritesAfterANewOne has a process look at a chat, lose it to another,
// which writes there, and then write: even if it got past the lease's document.
func TestOldTermNeverWritesAfterANewOne(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	var lease store.Lease
	var err error
	for _, owner := range []string{"old", "new"} {
		if lease, err = s.TakeLease(t.Context(), lease, owner); err != nil {
			t.Fatal(err)
		}
	}
	turn := store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: 1}, Term: 2}
	if _, err := s.Commit(t.Context(), crashTime(), turn); err != nil {
		t.Fatal(err)
	}
	// As if the lease had not come to the new owner yet when the old one looked.
	back := bson.D{{Key: "$set", Value: bson.D{{Key: "term", Value: int64(1)}}}}
	if _, err := s.Database().Collection("leases").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "office"}}, back); err != nil {
		t.Fatal(err)
	}
	turn.Conversation.Version, turn.Term = 1, 1
	for _, claims := range [][]string{nil, {"rung"}} {
		turn.Claims = claims
		if _, err := s.Commit(t.Context(), crashTime(), turn); workflow.CodeOf(err) != workflow.CodeFenced {
			t.Errorf("%v: %v", claims, err)
		}
	}
}

// TestSeqsOfTwoNodesGrowWithinAChat has two processes, each with a block of numbers,
// take turns in a chat.
func TestSeqsOfTwoNodesGrowWithinAChat(t *testing.T) {
	uri := mongotest.URI(t)
	nodes := []*mongostore.Store{openAt(t, uri, nil), openAt(t, uri, nil)}
	last := int64(0)
	for i := range 12 {
		s := nodes[i/3%2]
		list, err := s.Accept(t.Context(), crashTime(), bot.Inbound{ID: fmt.Sprint("a", i), Chat: "sim:1"}, bot.Inbound{ID: fmt.Sprint("b", i), Chat: "sim:2"})
		if err != nil || len(list) != 2 {
			t.Fatalf("%d messages (%v)", len(list), err)
		}
		posted, err := s.Commit(t.Context(), crashTime(), store.UnitOfWork{Deliveries: []bot.Delivery{{ID: fmt.Sprint(i), Chat: "sim:1"}}})
		if err != nil {
			t.Fatal(err)
		}
		if list[0].Seq <= last || posted[0].Seq <= list[0].Seq {
			t.Fatalf("%d after %d, then %d", list[0].Seq, last, posted[0].Seq)
		}
		last = posted[0].Seq
	}
}

// TestCallsEndInTime has a server that takes commands and never answers.
func TestCallsEndInTime(t *testing.T) {
	uri := mongotest.URI(t)
	openAt(t, uri, nil)
	hold := false
	gate := mongotest.NewGate(t, func(verb string, _ bson.Raw) mongotest.Fate {
		if hold && verb == "find" {
			return mongotest.Wait
		}
		return mongotest.Pass
	})
	s, err := mongostore.Open(t.Context(), mongotest.Through(gate.Address(), uri), mongostore.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	gate.Do(func() { hold = true })
	if _, err := s.Officers(t.Context()); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("%v", err)
	}
	gate.Resume()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
