package sqlitestore

import (
	"encoding/json"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

const (
	sqlInsertPerson     query = `INSERT INTO persons (id, version, doc) VALUES (?, 1, ?) ON CONFLICT DO NOTHING`
	sqlUpdatePerson     query = `UPDATE persons SET version = ?, doc = ? WHERE id = ? AND version = ?`
	sqlTakeAddress      query = `INSERT INTO addresses (address, person) VALUES (?1, ?2) ON CONFLICT (address) DO UPDATE SET person = ?2 WHERE person <> ?2`
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

// encodePeople gives the turn's persons, officers, invitations and delegations
// in this order.
func encodePeople(t store.Turn) ([]versioned, error) {
	var list []versioned
	add := func(d versioned, v any) (err error) {
		d.doc, err = encode(d.what, v)
		list = append(list, d)
		return err
	}
	for _, p := range t.Persons {
		d := versioned{what: "person", insert: sqlInsertPerson, update: sqlUpdatePerson, id: string(p.ID), version: p.Version}
		d.after = func(w *writer) error { return w.readdress(p) }
		p.Version++
		if err := add(d, p); err != nil {
			return nil, err
		}
	}
	for _, o := range t.Officers {
		d := versioned{what: "officer", insert: sqlInsertOfficer, update: sqlUpdateOfficer, id: string(o.ID), version: o.Version}
		d.index = []any{orNull(o.Person)}
		o.Version++
		if err := add(d, o); err != nil {
			return nil, err
		}
	}
	for _, i := range t.Invitations {
		d := versioned{what: "invitation", insert: sqlInsertInvitation, update: sqlUpdateInvitation, id: i.Hash, version: i.Version}
		i.Version++
		if err := add(d, i); err != nil {
			return nil, err
		}
	}
	for _, g := range t.Delegations {
		d := versioned{what: "delegation", insert: sqlInsertDelegation, update: sqlUpdateDelegation, id: g.ID, version: g.Version}
		d.index = []any{ends(g)}
		g.Version++
		if err := add(d, g); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ends is the instant from which a delegation no longer matters.
func ends(g workflow.Delegation) int64 {
	if !g.Cancelled.IsZero() {
		return 0
	}
	return nanos(g.To)
}

// readdress makes the person's addresses those of the document. An address that
// another person had moves to this one.
func (w *writer) readdress(p workflow.Person) error {
	list := p.Addresses
	if list == nil {
		list = []string{}
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
