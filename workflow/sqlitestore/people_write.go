package sqlitestore

import (
	"encoding/json"
	"slices"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	sqlInsertPerson query = `INSERT INTO persons (id, version, doc) VALUES (?, 1, ?) ON CONFLICT DO NOTHING`
	sqlUpdatePerson query = `UPDATE persons SET version = ?, doc = ? WHERE id = ? AND version = ?`
	sqlTakeAddress  query = `INSERT INTO addresses (address, person) VALUES (?1, ?2)
		ON CONFLICT (address) DO UPDATE SET person = ?2 WHERE person <> ?2`
	sqlDropAddresses    query = `DELETE FROM addresses WHERE person = ? AND address NOT IN (SELECT value FROM json_each(?))`
	sqlInsertOfficer    query = `INSERT INTO officers (id, version, doc, person) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING`
	sqlUpdateOfficer    query = `UPDATE officers SET version = ?, doc = ?, person = ? WHERE id = ? AND version = ?`
	sqlInsertInvitation query = `INSERT INTO invitations (hash, version, doc) VALUES (?, 1, ?) ON CONFLICT DO NOTHING`
	sqlUpdateInvitation query = `UPDATE invitations SET version = ?, doc = ? WHERE hash = ? AND version = ?`
	sqlInsertDelegation query = `INSERT INTO delegations (id, version, doc, ends) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING`
	sqlUpdateDelegation query = `UPDATE delegations SET version = ?, doc = ?, ends = ? WHERE id = ? AND version = ?`
)

func peopleWrites() []query {
	return []query{
		sqlInsertPerson, sqlUpdatePerson, sqlTakeAddress, sqlDropAddresses, sqlInsertOfficer, sqlUpdateOfficer,
		sqlInsertInvitation, sqlUpdateInvitation, sqlInsertDelegation, sqlUpdateDelegation,
	}
}

// encodePeople gives the unit of work's persons, officers, invitations and delegations
// in this order.
func encodePeople(t store.UnitOfWork) ([]versioned, error) {
	persons, err := encodeNext(t.Persons, personRow)
	if err != nil {
		return nil, err
	}
	officers, err := encodeNext(t.Officers, officerRow)
	if err != nil {
		return nil, err
	}
	invitations, err := encodeNext(t.Invitations, invitationRow)
	if err != nil {
		return nil, err
	}
	delegations, err := encodeNext(t.Delegations, delegationRow)
	return slices.Concat(persons, officers, invitations, delegations), err
}

// encodeNext encodes the next version of each document. row gives where a
// document is kept, and makes it the next version.
func encodeNext[T any](list []T, row func(*T) versioned) ([]versioned, error) {
	rows := make([]versioned, len(list))
	for i, v := range list {
		rows[i] = row(&v)
		var err error
		if rows[i].doc, err = kept.Encode(rows[i].what, v); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func personRow(p *store.Person) versioned {
	p.Version++
	return versioned{
		what: "person", insert: sqlInsertPerson, update: sqlUpdatePerson, id: string(p.ID), version: p.Version - 1,
		after: func(w *writer, d versioned) error {
			w.moved(changes(w.memory.persons, p.ID, &d.doc))
			return w.readdress(*p)
		},
	}
}

func officerRow(o *workflow.Officer) versioned {
	o.Version++
	return versioned{
		what: "officer", insert: sqlInsertOfficer, update: sqlUpdateOfficer, id: string(o.ID), version: o.Version - 1,
		index: []any{orNull(o.Person)},
		after: func(w *writer, _ versioned) error {
			w.moved(changesAny(w.memory.officers)) // he may have been another person's
			return nil
		},
	}
}

func invitationRow(i *workflow.Invitation) versioned {
	i.Version++
	return versioned{
		what: "invitation", insert: sqlInsertInvitation, update: sqlUpdateInvitation, id: i.Hash, version: i.Version - 1,
	}
}

func delegationRow(g *workflow.Delegation) versioned {
	g.Version++
	return versioned{
		what: "delegation", insert: sqlInsertDelegation, update: sqlUpdateDelegation, id: g.ID, version: g.Version - 1,
		index: []any{ends(*g)},
	}
}

// ends is the instant from which a delegation no longer matters.
func ends(g workflow.Delegation) int64 {
	if !g.Cancelled.IsZero() {
		return 0
	}
	return kept.Nanos(g.To)
}

// readdress makes the person's addresses those of the document. An address that
// another person had moves to this one.
func (w *writer) readdress(p store.Person) error {
	list := p.Addresses
	if list == nil {
		list = []bot.Address{}
	}
	keep, err := json.Marshal(list)
	if err != nil {
		return translate("address", err)
	}
	if err := w.exec(sqlDropAddresses, p.ID, string(keep)); err != nil {
		return translate("address", err)
	}
	for _, a := range list {
		if err := w.exec(sqlTakeAddress, a, p.ID); err != nil {
			return translate("address", err)
		}
	}
	return nil
}
