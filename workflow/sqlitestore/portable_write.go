package sqlitestore

import (
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// What is there already is left as it is.
const (
	sqlPutPerson     query = `INSERT INTO persons (id, version, doc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutAddress    query = `INSERT INTO addresses (address, person) VALUES (?, ?) ON CONFLICT DO NOTHING`
	sqlPutOfficer    query = `INSERT INTO officers (rowid, id, version, person, doc) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutInvitation query = `INSERT INTO invitations (hash, version, doc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutDelegation query = `INSERT INTO delegations (id, version, ends, doc) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutCase       query = `INSERT INTO cases (n, id, version, digest, doc) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutEntry      query = `INSERT INTO history (case_n, key, hash, entry) SELECT n, ?, ?, ? FROM cases WHERE id = ? ON CONFLICT DO NOTHING`
	sqlPutMilestone  query = `INSERT INTO milestones (n, case_id, sop, kind, step, outcome, at, used)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	// A row that is there stays; another one that is printed alike is an error.
	sqlPutNumber query = `INSERT INTO numbers (register, year, seq, key, status, taken, printed) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (register, year, seq) DO NOTHING`
	sqlPrinted  query = `SELECT EXISTS (SELECT 1 FROM numbers WHERE printed = ?)`
	sqlPutClaim query = `INSERT INTO claims (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING`
	sqlPutChat  query = `INSERT INTO conversations (chat, version, handled, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutIn    query = `INSERT INTO inbox (seq, id, chat, received, message) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlPutWait  query = `INSERT INTO unhandled (chat, seq) SELECT ?1, ?2
		WHERE ?2 > coalesce((SELECT handled FROM conversations WHERE chat = ?1), 0) ON CONFLICT DO NOTHING`
	// A delivery that is over may have had no number; below zero none is ever given.
	sqlPutOut query = `INSERT INTO outbox (seq, id, chat, notice, message, created, not_before, attempts, owner, lease, state, reason, settled)
		SELECT CASE WHEN ?1 <> 0 THEN ?1 ELSE min(0, coalesce((SELECT min(seq) FROM outbox), 0)) - 1 END,
			?2, ?3, ?4, ?5, ?6, ?7, ?8, '', 0, ?9, ?10, ?11
		WHERE true ON CONFLICT DO NOTHING`
)

func puts() map[store.Kind]func(*writer, store.Record) error {
	return map[store.Kind]func(*writer, store.Record) error{
		store.KindSOP:          decoded(putSOP),
		store.KindPerson:       documented(putPerson),
		store.KindAddress:      decoded(putAddress),
		store.KindOfficer:      documented(putOfficer),
		store.KindInvitation:   documented(putInvitation),
		store.KindDelegation:   documented(putDelegation),
		store.KindCase:         decoded(putCase),
		store.KindEntry:        decoded(putEntry),
		store.KindMilestone:    decoded(putMilestone),
		store.KindNumber:       decoded(putNumber),
		store.KindClaim:        decoded(putClaim),
		store.KindCall:         decoded(putCall),
		store.KindConversation: decoded(putConversation),
		store.KindMessage:      decoded(putMessage),
		store.KindDelivery:     decoded(putDelivery),
	}
}

// decoded reads the record for a put.
func decoded[T any](put func(*writer, store.Record, T) error) func(*writer, store.Record) error {
	return func(w *writer, r store.Record) error {
		var v T
		if err := kept.Decode("record", r.Doc, &v); err != nil {
			return err
		}
		return put(w, r, v)
	}
}

// documented reads the document in the record for a put.
func documented[T any](put func(*writer, store.Record, T, []byte) error) func(*writer, store.Record) error {
	return decoded(func(w *writer, r store.Record, d store.PortableDoc) error {
		var v T
		if err := kept.Decode("document", d.Doc, &v); err != nil {
			return err
		}
		return put(w, r, v, d.Doc)
	})
}

func putSOP(w *writer, _ store.Record, p store.PortableSOP) error {
	return w.once(sqlInsertSOP, p.Name, p.Version, p.Source)
}

func putPerson(w *writer, _ store.Record, p store.Person, doc []byte) error {
	return w.once(sqlPutPerson, p.ID, p.Version, doc)
}

func putAddress(w *writer, _ store.Record, a store.PortableAddress) error {
	return w.once(sqlPutAddress, a.Address, a.Person)
}

func putOfficer(w *writer, r store.Record, o workflow.Officer, doc []byte) error {
	return w.once(sqlPutOfficer, r.Order, o.ID, o.Version, orNull(o.Person), doc)
}

func putInvitation(w *writer, _ store.Record, i workflow.Invitation, doc []byte) error {
	return w.once(sqlPutInvitation, i.Hash, i.Version, doc)
}

func putDelegation(w *writer, _ store.Record, g workflow.Delegation, doc []byte) error {
	return w.once(sqlPutDelegation, g.ID, g.Version, ends(g), doc)
}

// putCase writes a case with the row that lists find it by.
func putCase(w *writer, r store.Record, p store.PortableCase) error {
	c := store.CaseChange{Task: store.Task{
		Role: p.Role, Holder: p.Holder, Due: p.Due, Check: p.Check, Label: p.Label, Keywords: p.Keywords,
	}}
	if err := kept.Decode("case", p.Case, &c.Case); err != nil {
		return err
	}
	fresh, err := w.added(sqlPutCase, r.Order, c.Case.ID, c.Case.Version, digest(c), kept.Pack(p.Case))
	if err != nil || !fresh {
		return err
	}
	return w.once(sqlInsertTask,
		c.Case.ID, c.Case.Applicant, kept.Nanos(c.Case.Submitted), c.Case.SOP.Name, c.Case.SOP.Version, p.Keywords,
		c.Case.Step, c.Case.Stage, p.Role, p.Holder, kept.Due(p.Due), orNull(kept.Nanos(p.Check)), c.Case.End, p.Label, r.Order)
}

func putEntry(w *writer, _ store.Record, e store.PortableEntry) error {
	return w.once(sqlPutEntry, e.Key, e.Hash, e.Entry, e.Case)
}

func putMilestone(w *writer, r store.Record, m store.PortableMilestone) error {
	return w.once(sqlPutMilestone, r.Order, m.Case, m.SOP, m.Kind, m.Step, m.Outcome, kept.Nanos(m.At), int64(m.Used))
}

// putNumber finds what a number of before is printed as in its case, which came before it.
func putNumber(w *writer, _ store.Record, n store.PortableNumber) (err error) {
	printed := n.Printed
	if printed == "" {
		if printed, err = printedBefore(w.ctx, w.conn, numberIn(n), n.Key); err != nil {
			return err
		}
		var double bool
		if err := w.conn.QueryRowContext(w.ctx, string(sqlPrinted), printed).Scan(&double); err != nil {
			return err
		}
		if double || printed == "" {
			printed = numberIn(n).Row()
		}
	}
	return w.once(sqlPutNumber, n.Register, n.Year, n.Seq, n.Key, n.Status, kept.Nanos(n.Taken), printed)
}

func putClaim(w *writer, _ store.Record, c store.PortableClaim) error {
	return w.once(sqlPutClaim, c.Name, kept.Nanos(c.At))
}

func putConversation(w *writer, _ store.Record, c store.PortableConversation) error {
	return w.once(sqlPutChat, c.Chat, c.Version, c.Handled, c.State)
}

// putMessage also notes the message as unhandled, if its chat has not come to it.
func putMessage(w *writer, _ store.Record, m store.PortableMessage) error {
	if err := w.once(sqlPutIn, m.Seq, m.ID, m.Chat, kept.Nanos(m.Received), m.Message); err != nil {
		return err
	}
	return w.once(sqlPutWait, m.Chat, m.Seq)
}

func putDelivery(w *writer, r store.Record, d store.PortableDelivery) error {
	state := d.State
	if state == "" {
		state = "pending"
	}
	return w.once(sqlPutOut, r.Order, d.ID, d.Chat, d.Notice, d.Message, kept.Nanos(d.Created), kept.Nanos(d.NotBefore), d.Attempts,
		state, d.Reason, orNull(kept.Nanos(d.Settled)))
}
