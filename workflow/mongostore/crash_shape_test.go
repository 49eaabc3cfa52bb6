package mongostore_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// shape says what a turn consists of.
type shape struct {
	Talk, OldCase, NewCase, Number, Person, Officer, Invitation, Delegation, Claim, Look bool
	Deliveries                                                                           int // to as many chats, the turn's own first
}

func wholeShape() shape {
	return shape{true, true, true, true, true, true, true, true, true, true, 3}
}

func drawShape(t *rapid.T) shape {
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	s := shape{
		Talk: yes("talk"), OldCase: yes("old case"), NewCase: yes("new case"), Person: yes("person"), Officer: yes("officer"),
		Invitation: yes("invitation"), Delegation: yes("delegation"), Claim: yes("claim"), Look: yes("look"),
		Deliveries: rapid.IntRange(0, 3).Draw(t, "deliveries"),
	}
	s.Number = s.OldCase && yes("number")
	// As in the product, something tells a turn that was made from one that was not,
	// before anything else conflicts.
	s.Talk = s.Talk || !s.OldCase && !s.NewCase && (!s.Claim || s.Invitation || s.Delegation)
	return s
}

// trial is a turn of some shape on documents of its own.
type trial struct {
	shape
	name string
	seq  int64 // of the message that causes the turn
}

func crashTime() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }

func (r *trial) chat(n int) bot.Address { return bot.MakeAddress("sim", fmt.Sprint(r.name, "-", n)) }
func (r *trial) id(kind string) string  { return kind + "-" + r.name }
func (r *trial) oldCase() workflow.CaseID {
	return workflow.CaseID(r.id("old"))
}

// letter is the number of the old case's letter, in a register of its own.
func (r *trial) letter() workflow.Number {
	return workflow.Number{Register: r.id("agenda"), Year: 2026, Seq: 1}
}

// prepare stores what the turn is about.
func (r *trial) prepare(t *testing.T, s *mongostore.Store) {
	t.Helper()
	first, err := workflowtest.Change(workflowtest.Case(r.oldCase(), crashTime()), crashTime(), "first")
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Commit(t.Context(), crashTime(), store.UnitOfWork{
		Cases:    []store.CaseChange{first},
		Persons:  []store.Person{{ID: workflow.PersonID(r.id("P")), Addresses: []bot.Address{bot.Address(r.id("sim:before"))}}},
		Officers: []workflow.Officer{{ID: workflow.OfficerID(r.id("O"))}},
	})
	if err != nil {
		t.Fatal(err)
	}
	n := r.letter()
	if _, err := s.Reserve(t.Context(), workflowtest.Reservation(n.Register, n.Year, string(r.oldCase())+"/surat"), crashTime()); err != nil {
		t.Fatal(err)
	}
	got, err := s.Accept(t.Context(), crashTime(), bot.Inbound{ID: r.id("m"), Chat: r.chat(0)})
	if err != nil {
		t.Fatal(err)
	}
	r.seq = got[0].Seq
}

// turn makes the turn from what is stored now, as a handler does; ok is false if the
// message was handled before.
func (r *trial) turn(t *testing.T, s *mongostore.Store) (turn store.UnitOfWork, ok bool) {
	t.Helper()
	if r.Talk {
		c, err := s.Conversation(t.Context(), r.chat(0))
		if err != nil {
			t.Fatal(err)
		}
		if c.Handled >= r.seq {
			return turn, false
		}
		c.Handled, c.State = r.seq, []byte(`{"a":1}`)
		turn.Conversation = &c
	}
	for n := range r.Deliveries {
		turn.Deliveries = append(turn.Deliveries, bot.Delivery{ID: r.id(fmt.Sprint("d", n)), Chat: r.chat(n), Created: crashTime()})
	}
	if r.Claim {
		turn.Claims = []string{r.id("rung")}
	}
	r.addCases(t, s, &turn)
	r.addPeople(t, s, &turn)
	return turn, true
}

func (r *trial) addCases(t *testing.T, s *mongostore.Store, turn *store.UnitOfWork) {
	t.Helper()
	c, err := s.Case(t.Context(), r.oldCase())
	if err != nil {
		t.Fatal(err)
	}
	if r.OldCase {
		change, err := workflowtest.Change(c, crashTime(), "second", "third")
		if err != nil {
			t.Fatal(err)
		}
		if r.Number {
			change.Numbers = []workflow.NumberChange{{Letter: "surat", Number: r.letter(), Status: workflow.NumberIssued}}
		}
		change.Milestones = []store.Milestone{{Case: c.ID, SOP: r.name, Kind: store.MilestoneRun, Step: 1, At: crashTime(), Used: 1}}
		turn.Cases, c = append(turn.Cases, change), change.Case
	}
	if r.NewCase {
		change, err := workflowtest.Change(workflowtest.Case(workflow.CaseID(r.id("new")), crashTime()), crashTime(), "first")
		if err != nil {
			t.Fatal(err)
		}
		turn.Cases = append(turn.Cases, change)
	}
	if r.Look {
		turn.Looks = []store.Look{{Case: c.ID, Version: c.Version, At: crashTime().Add(time.Hour)}}
	}
}

func (r *trial) addPeople(t *testing.T, s *mongostore.Store, turn *store.UnitOfWork) {
	t.Helper()
	if r.Person {
		p, err := s.Person(t.Context(), workflow.PersonID(r.id("P")))
		if err != nil {
			t.Fatal(err)
		}
		p.Addresses = []bot.Address{bot.Address(r.id("sim:after"))}
		turn.Persons = []store.Person{p}
	}
	if r.Officer {
		o, err := s.Officer(t.Context(), workflow.OfficerID(r.id("O")))
		if err != nil {
			t.Fatal(err)
		}
		o.Person = workflow.PersonID(r.id("P"))
		turn.Officers = []workflow.Officer{o}
	}
	if r.Invitation {
		turn.Invitations = []workflow.Invitation{{Hash: r.id("h")}}
	}
	if r.Delegation {
		turn.Delegations = []workflow.Delegation{{ID: r.id("D"), To: crashTime().Add(time.Hour)}}
	}
}

// effects tells what of the turn is there, part by part, each as often as it is.
func (r *trial) effects(t *testing.T, s *mongostore.Store) string {
	t.Helper()
	var all strings.Builder
	see := func(part bool, what string, got any, err error) {
		t.Helper()
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			t.Fatalf("%s: %v", what, err)
		}
		if part {
			fmt.Fprintf(&all, "%s=%v ", what, got)
		}
	}
	talk, err := s.Conversation(t.Context(), r.chat(0))
	see(r.Talk, "talk", []any{talk.Version, talk.Handled == r.seq, string(talk.State)}, err)
	waiting, err := s.UnhandledOf(t.Context(), r.chat(0), 0, 5)
	see(r.Talk, "unhandled", len(waiting), err)
	old, err := s.History(t.Context(), r.oldCase())
	see(r.OldCase, "old", len(old), err)
	c, err := s.Case(t.Context(), r.oldCase())
	see(r.OldCase, "version", c.Version, err)
	steps, err := s.StepTimes(t.Context(), r.name, 1, 5)
	see(r.OldCase, "milestones", len(steps), err)
	fresh, err := s.History(t.Context(), workflow.CaseID(r.id("new")))
	see(r.NewCase, "new", len(fresh), err)
	numbers, err := s.Numbers(t.Context(), r.letter().Register, 2026)
	see(r.Number, "number", []any{len(numbers), numbers[0].Status}, err)
	p, err := s.PersonAt(t.Context(), bot.Address(r.id("sim:after")))
	see(r.Person, "after", p.Version, err)
	p, err = s.PersonAt(t.Context(), bot.Address(r.id("sim:before")))
	see(r.Person, "before", p.Version, err)
	o, err := s.OfficerOf(t.Context(), workflow.PersonID(r.id("P")))
	see(r.Officer, "officer", o.Version, err)
	i, err := s.Invitation(t.Context(), r.id("h"))
	see(r.Invitation, "invitation", i.Version, err)
	names, err := s.Claimed(t.Context(), r.id("rung"))
	see(r.Claim, "claims", len(names), err)
	return all.String()
}

// sent claims and settles all deliveries of the trial's chats, and gives their ids.
func (r *trial) sent(t *testing.T, s *mongostore.Store) []string {
	t.Helper()
	list, err := s.Claim(t.Context(), bot.Claim{Owner: r.id("w"), Now: crashTime(), Until: crashTime().Add(time.Minute), Limit: 999})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range list {
		if d.Chat != r.chat(0) && d.Chat != r.chat(1) && d.Chat != r.chat(2) {
			continue // of another trial, whose claims are its own
		}
		ids = append(ids, d.ID)
		if err := s.Settle(t.Context(), crashTime(), bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliverySent}); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}
