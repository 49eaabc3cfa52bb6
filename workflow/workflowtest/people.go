package workflowtest

import (
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

func peopleTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"persons are found by every address":     peopleAddresses,
		"an address moves to whoever has it now": peopleMove,
		"a person turns out to be another":       peopleMerge,
		"officers":                               peopleOfficers,
		"an invitation is used once":             peopleInvitation,
		"delegations that hold now or later":     peopleDelegations,
		"what is missing is not found":           peopleMissing,
	}
}

func (s *suite) personAt(address bot.Address) workflow.PersonID {
	s.Helper()
	p, err := s.store.PersonAt(s.Context(), address)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return ""
	}
	s.ok(err)
	return p.ID
}

func peopleAddresses(s *suite) {
	p := store.Person{ID: "P-1", Name: "CONTOH", Lang: workflow.English, Addresses: []bot.Address{"sim:1", "telegram:2"}, Created: start()}
	p.Links = []store.Link{{Persons: []workflow.PersonID{"P-8", "P-7"}, Addresses: []bot.Address{"telegram:2"}, Since: in(time.Minute)}}
	p.Linking = store.Linking{Code: "abc", Tries: 2, Locked: in(time.Hour)}
	p.Drafts = map[string]bot.Address{"sim:1/a.b": "telegram:2"}
	s.commit(store.UnitOfWork{Persons: []store.Person{p}})
	s.refused(store.UnitOfWork{Persons: []store.Person{p}}, workflow.CodeConflict)
	p.Version = 1
	s.restart()
	got, err := s.store.Person(s.Context(), "P-1")
	s.ok(err)
	s.equal(got, p)
	got, err = s.store.PersonAt(s.Context(), "telegram:2")
	s.ok(err)
	s.equal(got, p)
	p.Addresses = []bot.Address{"whatsapp:3", "sim:1"}
	s.commit(store.UnitOfWork{Persons: []store.Person{p}})
	s.equal([]workflow.PersonID{s.personAt("whatsapp:3"), s.personAt("sim:1"), s.personAt("telegram:2")}, []workflow.PersonID{"P-1", "P-1", ""})
	s.refused(store.UnitOfWork{Persons: []store.Person{p}}, workflow.CodeConflict)
}

func peopleMove(s *suite) {
	s.commit(store.UnitOfWork{Persons: []store.Person{{ID: "P-1", Addresses: []bot.Address{"sim:1"}}, {ID: "P-2", Addresses: []bot.Address{"sim:2", "sim:3"}}}})
	s.commit(store.UnitOfWork{Persons: []store.Person{
		{ID: "P-1", Version: 1, Addresses: []bot.Address{"sim:2", "sim:1"}}, {ID: "P-2", Version: 1, Addresses: []bot.Address{"sim:3"}},
	}})
	s.equal([]workflow.PersonID{s.personAt("sim:1"), s.personAt("sim:2"), s.personAt("sim:3")}, []workflow.PersonID{"P-1", "P-1", "P-2"})
	s.commit(store.UnitOfWork{Persons: []store.Person{{ID: "P-2", Version: 2}}})
	s.equal(s.personAt("sim:3"), workflow.PersonID(""))
}

// peopleMerge merges two persons and parts them again, each in one unit of work.
func peopleMerge(s *suite) {
	a := store.Person{ID: "P-1", Addresses: []bot.Address{"sim:1"}}
	b := store.Person{ID: "P-2", Addresses: []bot.Address{"sim:2"}}
	s.commit(store.UnitOfWork{Persons: []store.Person{a, b}})
	a.Version, b.Version = 1, 1
	both, gone := a.Merge(b, in(0))
	s.commit(store.UnitOfWork{Persons: []store.Person{both, gone}})
	s.equal([]workflow.PersonID{s.personAt("sim:1"), s.personAt("sim:2")}, []workflow.PersonID{"P-1", "P-1"})
	now, err := store.PersonNow(s.Context(), s.store, "P-2")
	s.ok(err)
	both.Version, gone.Version = 2, 2
	s.equal(now, both)
	both, gone, ok := both.Part(gone)
	s.equal(ok, true)
	s.commit(store.UnitOfWork{Persons: []store.Person{gone, both}})
	s.equal([]workflow.PersonID{s.personAt("sim:1"), s.personAt("sim:2")}, []workflow.PersonID{"P-1", "P-2"})
	s.refused(store.UnitOfWork{Persons: []store.Person{both, gone}}, workflow.CodeConflict)
}

func peopleOfficers(s *suite) {
	a := workflow.Officer{ID: "O-1", Name: "Kabid CONTOH", Roles: []workflow.Role{"kabid", "sekretaris"}}
	b := workflow.Officer{ID: "O-2", Person: "P-2", Name: "Kadis CONTOH", OTP: workflow.OTP{Secret: []byte{1, 2}, Last: 7}}
	s.commit(store.UnitOfWork{Officers: []workflow.Officer{b, a}})
	a.Version, b.Version = 1, 1
	list, err := s.store.Officers(s.Context())
	s.ok(err)
	s.equal(list, []workflow.Officer{a, b})
	a.Person = "P-1"
	s.commit(store.UnitOfWork{Officers: []workflow.Officer{a}})
	s.refused(store.UnitOfWork{Officers: []workflow.Officer{a}}, workflow.CodeConflict)
	s.restart()
	got, err := s.store.OfficerOf(s.Context(), "P-1")
	s.ok(err)
	a.Version = 2
	s.equal(got, a)
	got, err = s.store.Officer(s.Context(), "O-2")
	s.ok(err)
	s.equal(got, b)
}

func peopleInvitation(s *suite) {
	i := workflow.Invitation{Hash: "abc", Officer: "O-1", Expires: in(time.Hour)}
	link := workflow.Invitation{Hash: "def", Person: "P-1", Expires: in(time.Hour)}
	s.commit(store.UnitOfWork{Invitations: []workflow.Invitation{i, link}})
	other, err := s.store.Invitation(s.Context(), "def")
	s.ok(err)
	link.Version = 1
	s.equal(other, link)
	got, err := s.store.Invitation(s.Context(), "abc")
	s.ok(err)
	i.Version = 1
	s.equal(got, i)
	i.Used = in(time.Minute)
	s.commit(store.UnitOfWork{Invitations: []workflow.Invitation{i}, Officers: []workflow.Officer{{ID: "O-1", Person: "P-1"}}})
	s.refused(store.UnitOfWork{
		Invitations: []workflow.Invitation{i}, Officers: []workflow.Officer{{ID: "O-1", Version: 1, Person: "P-2"}},
	}, workflow.CodeConflict)
	o, err := s.store.Officer(s.Context(), "O-1")
	s.ok(err)
	s.equal(o.Person, workflow.PersonID("P-1"))
}

func peopleDelegations(s *suite) {
	d := func(id string, from, to time.Duration) workflow.Delegation {
		return workflow.Delegation{ID: id, Kind: "Plh.", Role: "kadis", Principal: "O-1", Deputy: "O-2", From: in(from), To: in(to)}
	}
	list := []workflow.Delegation{d("now", -time.Hour, time.Hour), d("later", time.Hour, 2*time.Hour), d("past", -time.Hour, 0), d("off", 0, time.Hour)}
	s.commit(store.UnitOfWork{Delegations: list})
	list[3].Version, list[3].Cancelled = 1, in(0)
	s.commit(store.UnitOfWork{Delegations: list[3:]})
	s.refused(store.UnitOfWork{Delegations: list[3:]}, workflow.CodeConflict)
	got, err := s.store.Delegations(s.Context(), start())
	s.ok(err)
	list[0].Version, list[1].Version = 1, 1
	s.equal(got, list[:2])
}

func peopleMissing(s *suite) {
	_, err := s.store.Person(s.Context(), "P-9")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.PersonAt(s.Context(), "sim:9")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.Officer(s.Context(), "O-9")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.OfficerOf(s.Context(), "")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.Invitation(s.Context(), "")
	s.code(err, workflow.CodeNotFound)
	s.refused(store.UnitOfWork{Persons: []store.Person{{ID: "P-9", Version: 4}}}, workflow.CodeConflict)
}
