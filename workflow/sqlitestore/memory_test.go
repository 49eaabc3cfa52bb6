package sqlitestore

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// office is a store with few chats, persons, officers and cases, of which any unit of work
// may change any.
type office struct {
	*Store
	t *testing.T
}

var errNotFound = &workflow.Error{Code: workflow.CodeNotFound}

func officeKeys[T ~string](name string) []T {
	return []T{T(name + "1"), T(name + "2"), T(name + "3")}
}

// turn draws a unit of work, sometimes with a version that is not the present one.
func (o office) unit(t *rapid.T) store.UnitOfWork {
	late := func() int { return rapid.SampledFrom([]int{0, 0, 0, 0, 1}).Draw(t, "late") }
	person := rapid.SampledFrom(officeKeys[workflow.PersonID]("P-"))
	name := rapid.StringMatching("CONTOH [A-Z]{3}")
	var unit store.UnitOfWork
	if rapid.Bool().Draw(t, "chat") {
		c, err := o.readConversation(o.t.Context(), rapid.SampledFrom(officeKeys[bot.Address]("sim:")).Draw(t, "chat"))
		o.check(err)
		c.Version += late()
		c.Handled, c.State = c.Handled+1, fmt.Appendf(nil, "%q", name.Draw(t, "state"))
		unit.Conversation = &c
	}
	if rapid.Bool().Draw(t, "person") {
		var p store.Person
		id := person.Draw(t, "id")
		o.read(&p)(o.readPerson(o.t.Context(), id))
		p.ID, p.Name, p.Version = id, name.Draw(t, "name"), p.Version+late()
		unit.Persons = []store.Person{p}
	}
	if rapid.Bool().Draw(t, "officer") {
		id := rapid.SampledFrom(officeKeys[workflow.OfficerID]("O-")).Draw(t, "id")
		f, err := o.Officer(o.t.Context(), id)
		o.check(err)
		f.ID, f.Person, f.Version = id, person.Draw(t, "of"), f.Version+late()
		unit.Officers = []workflow.Officer{f}
	}
	if rapid.Bool().Draw(t, "case") {
		unit.Cases = []store.CaseChange{o.change(t, late())}
	}
	return unit
}

func (o office) change(t *rapid.T, late int) store.CaseChange {
	id := rapid.SampledFrom(officeKeys[workflow.CaseID]("A-2026-0000")).Draw(t, "id")
	c, err := o.readCase(o.t.Context(), id)
	o.check(err)
	if c.Version == 0 {
		c = workflowtest.Case(id, kept.Instant(1))
		c.Applicant = officeKeys[workflow.PersonID]("P-")[id[len(id)-1]%2] // two cases have the same one
	}
	c.Version += late
	c.Step = rapid.IntRange(1, 23).Draw(t, "step")
	change, err := workflowtest.Change(c, kept.Instant(1), rapid.StringMatching("[a-z]{4}").Draw(t, "key"))
	o.check(err)
	return change
}

func (o office) check(err error) {
	o.t.Helper()
	if err != nil && !errors.Is(err, errNotFound) {
		o.t.Fatal(err)
	}
}

func (o office) read(v any) func([]byte, error) {
	return func(doc []byte, err error) {
		o.t.Helper()
		o.check(err)
		if doc != nil {
			o.check(kept.Decode("test", doc, v))
		}
	}
}

// same compares everything that is remembered with what the database has.
func (o office) same(t *rapid.T) {
	ctx := o.t.Context()
	for i, id := range officeKeys[workflow.PersonID]("P-") {
		var person store.Person
		o.read(&person)(o.readPerson(ctx, id))
		o.equal(t, person)(o.Person(ctx, id))
		var officer workflow.Officer
		o.read(&officer)(o.readOfficerOf(ctx, id))
		o.equal(t, officer)(o.OfficerOf(ctx, id))
		rows, err := o.readOwn(ctx, id)
		o.check(err)
		remembered, err := o.ByApplicant(ctx, id, 1+i)
		if want := rows[:min(1+i, len(rows))]; err != nil || !slices.Equal(remembered, want) {
			t.Fatalf("rows %v, %v; the database has %v", remembered, err, want)
		}
	}
	for _, chat := range officeKeys[bot.Address]("sim:") {
		c, err := o.readConversation(ctx, chat)
		o.check(err)
		o.equal(t, c)(o.Conversation(ctx, chat))
	}
	for _, id := range officeKeys[workflow.CaseID]("A-2026-0000") {
		c, err := o.readCase(ctx, id)
		o.check(err)
		o.equal(t, c)(o.Case(ctx, id))
	}
}

func (o office) equal(t *rapid.T, want any) func(any, error) {
	return func(got any, err error) {
		o.check(err)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v is remembered, the database has %+v", got, want)
		}
	}
}

// TestWhatIsRememberedIsWhatIsKept lets groups of turns, some of which are refused,
// share transactions.
func TestWhatIsRememberedIsWhatIsKept(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		path := t.TempDir() + "/izin.db"
		s, err := Open(t.Context(), path, Options{})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		o := office{Store: s, t: t}
		for range rapid.IntRange(1, 6).Draw(rt, "groups") {
			o.same(rt) // also reads what is then remembered
			turns := make([]store.UnitOfWork, rapid.IntRange(1, 4).Draw(rt, "turns"))
			for i := range turns {
				turns[i] = o.unit(rt)
			}
			release := hold(t, s)
			var group sync.WaitGroup
			for _, unit := range turns {
				group.Go(func() { _, _ = s.Commit(t.Context(), kept.Instant(1), unit) })
			}
			release()
			group.Wait()
			o.same(rt)
		}
	})
}

// TestReaderMayChangeWhatItGot changes what a second reader gets as well.
func TestReaderMayChangeWhatItGot(t *testing.T) {
	s := open4test(t)
	commit(t, s, store.UnitOfWork{Persons: []store.Person{{ID: "P-1", Addresses: []bot.Address{"sim:1"}, Drafts: map[string]bot.Address{"a": "sim:1"}}}})
	change, err := workflowtest.Change(workflowtest.Case("A-2026-00001-1", kept.Instant(1)), kept.Instant(1), "k")
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, store.UnitOfWork{Cases: []store.CaseChange{change}})
	for range 2 {
		p, err := s.Person(t.Context(), "P-1")
		if err != nil || p.Addresses[0] != "sim:1" || len(p.Drafts) != 1 {
			t.Fatalf("%+v, %v", p, err)
		}
		p.Addresses[0], p.Drafts["b"] = "sim:2", "sim:2"
		rows, err := s.ByApplicant(t.Context(), change.Case.Applicant, 5)
		if err != nil || rows[0].ID != change.Case.ID {
			t.Fatalf("%+v, %v", rows, err)
		}
		rows[0].ID = "A-2026-00002-2"
	}
}

// TestNothingIsRememberedAfterClose reads what was read before.
func TestNothingIsRememberedAfterClose(t *testing.T) {
	s := open4test(t)
	commit(t, s, store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: 1, State: []byte("{}")}})
	if _, err := s.Conversation(t.Context(), "sim:1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Conversation(t.Context(), "sim:1"); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Error(err)
	}
}
