package workflowtest

import (
	"reflect"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// suite is one case of the suite with its store.
type suite struct {
	*testing.T
	store  store.Store
	reopen func(t *testing.T, s store.Store) store.Store
	spoil  func(t *testing.T, s store.Store, id workflow.CaseID, doc []byte)

	spoilChat func(t *testing.T, s store.Store, chat bot.Address, doc []byte)
}

// start is when every case begins; nothing here looks at a clock.
func start() time.Time { return time.Date(2026, 11, 23, 3, 12, 0, 123_456_789, time.UTC) }

func (s *suite) restart() {
	s.Helper()
	s.store = s.reopen(s.T, s.store)
}

func (s *suite) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("unexpected error: %v", err)
	}
}

func (s *suite) code(err error, want workflow.Code) {
	s.Helper()
	if got := workflow.CodeOf(err); got != want {
		s.Fatalf("code %q (%v), want %q", got, err, want)
	}
}

// equal compares; equal is for values without instants of different zones.
func (s *suite) equal(got, want any) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func (s *suite) commit(t store.UnitOfWork) []bot.Delivery {
	s.Helper()
	list, err := s.store.Commit(s.Context(), start(), t)
	s.ok(err)
	return list
}

func (s *suite) refused(t store.UnitOfWork, want workflow.Code) {
	s.Helper()
	_, err := s.store.Commit(s.Context(), start(), t)
	s.code(err, want)
}

// save writes changes of cases in a turn of their own.
func (s *suite) save(changes ...store.CaseChange) {
	s.Helper()
	s.commit(store.UnitOfWork{Cases: changes})
}

func (s *suite) load(id workflow.CaseID) workflow.Case {
	s.Helper()
	c, err := s.store.Case(s.Context(), id)
	s.ok(err)
	return c
}

func (s *suite) conversation(chat bot.Address) bot.Conversation {
	s.Helper()
	c, err := s.store.Conversation(s.Context(), chat)
	s.ok(err)
	return c
}

// change is the next change of a case by the keys.
func (s *suite) change(c workflow.Case, keys ...string) store.CaseChange {
	s.Helper()
	change, err := Change(c, start(), keys...)
	s.ok(err)
	return change
}

// submit is the first change of a case.
func (s *suite) submit(id workflow.CaseID) store.CaseChange {
	s.Helper()
	return s.change(Case(id, start()), "submit:"+string(id))
}
