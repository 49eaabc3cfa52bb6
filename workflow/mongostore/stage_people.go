package mongostore

import (
	"context"
	"slices"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// docDoc is a person, an officer, an invitation or a delegation. Its guard is the
// version that the document itself has.
type docDoc struct {
	Head   `bson:",inline"`
	Doc    []byte `bson:"doc"`              // JSON
	Person string `bson:"person,omitempty"` // of an officer who has accepted the invitation
	N      int64  `bson:"n,omitempty"`      // of an officer: grows in the order of appointment
	Ends   int64  `bson:"ends,omitempty"`   // of a delegation: from when it no longer matters; missing once cancelled
}

// addressDoc says whose an address is; Person is empty if it is nobody's any more.
type addressDoc struct {
	Head   `bson:",inline"`
	Person string `bson:"person"`
}

func (st *stage) changePeople(ctx context.Context, t store.UnitOfWork) error {
	for _, p := range t.Persons {
		if err := st.changePerson(ctx, p); err != nil {
			return err
		}
	}
	for _, o := range t.Officers {
		if err := st.changeOfficer(ctx, o); err != nil {
			return err
		}
	}
	for _, i := range t.Invitations {
		i.Version++
		if _, err := next(ctx, st, place{invitations, i.Hash}, i.Version, i); err != nil {
			return err
		}
	}
	for _, g := range t.Delegations {
		g.Version++
		doc, err := next(ctx, st, place{delegations, g.ID}, g.Version, g)
		if err != nil {
			return err
		}
		doc.Ends = ends(g)
	}
	return nil
}

// next makes a document its next version, if the one before is stored.
func next[T any](ctx context.Context, st *stage, at place, version int, v T) (*docDoc, error) {
	doc, err := staged[docDoc](ctx, st, at)
	if err != nil {
		return nil, err
	}
	if doc.V != int64(version-1) {
		return nil, workflow.Refuse(workflow.CodeConflict, at.Table)
	}
	doc.V = int64(version)
	doc.Doc, err = kept.Encode(at.Table, v)
	st.touch(at)
	return doc, err
}

func (st *stage) changeOfficer(ctx context.Context, o workflow.Officer) error {
	o.Version++
	doc, err := next(ctx, st, place{officers, string(o.ID)}, o.Version, o)
	if err != nil {
		return err
	}
	doc.Person = string(o.Person)
	if doc.N == 0 {
		doc.N, err = st.table(counters).add(ctx, officers, 1)
	}
	return err
}

// changePerson also makes the person's addresses those of the document. An address
// that another person had moves to this one.
func (st *stage) changePerson(ctx context.Context, p store.Person) error {
	p.Version++
	at := place{persons, string(p.ID)}
	before, err := st.addressesOf(ctx, at)
	if err != nil {
		return err
	}
	if _, err := next(ctx, st, at, p.Version, p); err != nil {
		return err
	}
	for _, a := range before {
		if slices.Contains(p.Addresses, a) {
			continue
		}
		if err := st.readdress(ctx, a, string(p.ID), ""); err != nil {
			return err
		}
	}
	for _, a := range p.Addresses {
		if err := st.readdress(ctx, a, "", string(p.ID)); err != nil {
			return err
		}
	}
	return nil
}

// addressesOf gives the addresses of a person as the unit of work has them so far.
func (st *stage) addressesOf(ctx context.Context, at place) ([]bot.Address, error) {
	doc, err := staged[docDoc](ctx, st, at)
	if err != nil || doc.V == 0 {
		return nil, err
	}
	var p store.Person
	err = kept.Decode(persons, doc.Doc, &p)
	return p.Addresses, err
}

// readdress gives an address to a person, if it was from's; empty: whosever it was.
func (st *stage) readdress(ctx context.Context, address bot.Address, from, to string) error {
	at := place{addresses, string(address)}
	doc, err := staged[addressDoc](ctx, st, at)
	if err != nil {
		return err
	}
	if doc.Person == to || from != "" && doc.Person != from {
		return nil
	}
	doc.Person = to
	st.touch(at)
	return nil
}

// ends is the instant from which a delegation no longer matters.
func ends(g workflow.Delegation) int64 {
	if !g.Cancelled.IsZero() {
		return 0
	}
	return kept.Nanos(g.To)
}
