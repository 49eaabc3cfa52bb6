package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// put stores records of a kind, those that are not there yet.
type put func(s *Store, ctx context.Context, records []store.Record) error

func puts() map[store.Kind]put {
	return map[store.Kind]put{
		store.KindSOP: insertInto(sops, func(_ store.Record, p store.PortableSOP) (any, error) {
			return sopDoc{ID: sopID(workflow.SOPRef{Name: p.Name, Version: p.Version}), Source: p.Source}, nil
		}),
		store.KindPerson: insertDoc(persons, func(p store.Person, d *docDoc) { d.ID, d.V = string(p.ID), int64(p.Version) }),
		store.KindAddress: insertInto(addresses, func(_ store.Record, a store.PortableAddress) (any, error) {
			return addressDoc{Head: Head{ID: a.Address, V: 1}, Person: a.Person}, nil
		}),
		store.KindOfficer: insertDoc(officers, func(o workflow.Officer, d *docDoc) {
			d.ID, d.V, d.Person = string(o.ID), int64(o.Version), string(o.Person)
		}).counting(officers),
		store.KindInvitation: insertDoc(invitations, func(i workflow.Invitation, d *docDoc) { d.ID, d.V, d.N = i.Hash, int64(i.Version), 0 }),
		store.KindDelegation: insertDoc(delegations, func(g workflow.Delegation, d *docDoc) {
			d.ID, d.V, d.N, d.Ends = g.ID, int64(g.Version), 0, ends(g)
		}),
		store.KindCase:         insertInto(cases, caseOf).counting(cases),
		store.KindEntry:        insertInto(history, entryOf),
		store.KindMilestone:    insertInto(milestones, milestoneOf),
		store.KindNumber:       (*Store).putNumbers,
		store.KindClaim:        insertInto(claims, claimOf),
		store.KindCall:         insertInto(calls, callOf),
		store.KindConversation: eachInChat((*Store).putConversation),
		store.KindMessage:      put((*Store).putMessages).counting("sequence"),
		store.KindDelivery:     put((*Store).putDeliveries).counting("sequence"),
	}
}

// counting raises a counter to the greatest order of the records, before they are
// there.
func (p put) counting(counter string) put {
	return func(s *Store, ctx context.Context, records []store.Record) error {
		var most int64
		for _, r := range records {
			most = max(most, r.Order)
		}
		if err := s.table(counters).raise(ctx, counter, most); err != nil {
			return err
		}
		return p(s, ctx, records)
	}
}

// raise sees to it that a counter is at least n.
func (t table) raise(ctx context.Context, id string, n int64) error {
	ctx, cancel := t.limit(ctx)
	defer cancel()
	_, err := t.c.UpdateOne(ctx, byID(id), bson.D{{Key: "$max", Value: bson.D{{Key: "n", Value: n}}}}, options.UpdateOne().SetUpsert(true))
	return translate(t.c.Name(), err)
}

// insertInto makes a document of each record and inserts those whose ids are new.
func insertInto[T any](table string, document func(store.Record, T) (any, error)) put {
	return func(s *Store, ctx context.Context, records []store.Record) error {
		docs := make([]bson.Raw, len(records))
		for i, r := range records {
			var v T
			err := kept.Decode("record", r.Doc, &v)
			if err != nil {
				return err
			}
			doc, err := document(r, v)
			if err != nil {
				return err
			}
			if docs[i], err = bson.Marshal(doc); err != nil {
				return translate(table, err)
			}
		}
		_, err := s.table(table).insertMissing(ctx, docs)
		return err
	}
}

// insertDoc does it for documents that are kept as they are.
func insertDoc[T any](table string, fill func(v T, d *docDoc)) put {
	return insertInto(table, func(r store.Record, p store.PortableDoc) (any, error) {
		var v T
		if err := kept.Decode("document", p.Doc, &v); err != nil {
			return nil, err
		}
		d := docDoc{Doc: p.Doc}
		if table == officers {
			d.N = r.Order
		}
		fill(v, &d)
		return d, nil
	})
}

func caseOf(r store.Record, p store.PortableCase) (any, error) {
	change := store.CaseChange{Task: store.Task{
		Role: p.Role, Holder: p.Holder, Due: p.Due, Check: p.Check, Label: p.Label, Keywords: p.Keywords,
	}}
	if err := kept.Decode("case", p.Case, &change.Case); err != nil {
		return nil, err
	}
	d := &caseDoc{Head: Head{ID: string(change.Case.ID), V: int64(change.Case.Version)}, N: r.Order}
	if err := d.become(change); err != nil {
		return nil, err
	}
	d.Doc = kept.Pack(p.Case) // byte for byte
	return d, nil
}

func entryOf(_ store.Record, e store.PortableEntry) (any, error) {
	return entryDoc{
		ID: rowID(e.Case, e.Seq), Case: string(e.Case), Seq: int64(e.Seq), Key: e.Key, Hash: e.Hash, Entry: e.Entry,
	}, nil
}

func milestoneOf(r store.Record, m store.PortableMilestone) (any, error) {
	return milestoneDoc{
		ID: r.ID, Case: string(m.Case), SOP: m.SOP, Kind: string(m.Kind), Step: int64(m.Step), Outcome: m.Outcome,
		At: kept.Nanos(m.At), Used: int64(m.Used),
	}, nil
}

func claimOf(_ store.Record, c store.PortableClaim) (any, error) {
	return claimDoc{Head: Head{ID: c.Name, V: 1}, At: kept.Nanos(c.At)}, nil
}
