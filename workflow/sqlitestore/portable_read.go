package sqlitestore

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// Pages of records. Each goes on behind a place by the table's own order.
const (
	sqlPageSOPs        query = `SELECT rowid, name, version, source FROM sops WHERE rowid > ? ORDER BY rowid LIMIT ?`
	sqlPagePersons     query = `SELECT rowid, id, doc FROM persons WHERE rowid > ? ORDER BY rowid LIMIT ?`
	sqlPageAddresses   query = `SELECT address, person FROM addresses WHERE address > ? ORDER BY address LIMIT ?`
	sqlPageOfficers    query = `SELECT rowid, id, doc FROM officers WHERE rowid > ? ORDER BY rowid LIMIT ?`
	sqlPageInvitations query = `SELECT rowid, hash, doc FROM invitations WHERE rowid > ? ORDER BY rowid LIMIT ?`
	sqlPageDelegations query = `SELECT rowid, id, doc FROM delegations WHERE rowid > ? ORDER BY rowid LIMIT ?`
	sqlPageCases       query = `SELECT c.n, c.id, c.doc, t.role, t.holder, t.due, coalesce(t.check_at, 0), t.label, t.keywords
		FROM cases c JOIN tasks t ON t.n = c.n WHERE c.n > ? ORDER BY c.n LIMIT ?`
	sqlPageHistory query = `SELECT c.n, c.id, h.key, h.hash, h.entry
		FROM (SELECT n, id FROM cases WHERE n > ? ORDER BY n LIMIT ?) c CROSS JOIN history h ON h.case_n = c.n ORDER BY c.n, h.n`
	sqlPageMilestones query = `SELECT n, case_id, sop, kind, step, outcome, at, used FROM milestones WHERE n > ? ORDER BY n LIMIT ?`
	sqlPageNumbers    query = `SELECT register, year, seq, key, status, taken, printed FROM numbers
		WHERE (register, year, seq) > (?, ?, ?) ORDER BY register, year, seq LIMIT ?`
	sqlPageClaims query = `SELECT key, at FROM claims WHERE key > ? ORDER BY key LIMIT ?`
	sqlPageChats  query = `SELECT chat, version, handled, state FROM conversations WHERE chat > ? ORDER BY chat LIMIT ?`
	sqlPageIn     query = `SELECT seq, id, chat, received, message FROM inbox WHERE seq > ? AND id <> '' ORDER BY seq LIMIT ?`
	sqlPageOut    query = `SELECT seq, id, chat, notice, message, created, not_before, attempts, reason, state, coalesce(settled, 0)
		FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?`
)

// walk describes how the records of a kind are read page by page.
type walk struct {
	page  query
	start func(from string) ([]any, error) // the arguments of the page but its size
	scan  func() func(scanner) (found, error)
	// each is about the number of records for one of what the page counts.
	each int
}

// found is a record and the place that the walk goes on from behind it.
type found struct {
	store.Record
	at string
}

func (w walk) size(limit int) int { return max(1, limit/max(1, w.each)) }

func walks() map[store.Kind]walk {
	return map[store.Kind]walk{
		store.KindSOP:          {page: sqlPageSOPs, start: fromNumber, scan: plain(scanSOP)},
		store.KindPerson:       {page: sqlPagePersons, start: fromNumber, scan: plain(scanDoc)},
		store.KindAddress:      {page: sqlPageAddresses, start: fromText, scan: plain(scanAddress)},
		store.KindOfficer:      {page: sqlPageOfficers, start: fromNumber, scan: plain(scanDoc)},
		store.KindInvitation:   {page: sqlPageInvitations, start: fromNumber, scan: plain(scanDoc)},
		store.KindDelegation:   {page: sqlPageDelegations, start: fromNumber, scan: plain(scanDoc)},
		store.KindCase:         {page: sqlPageCases, start: fromNumber, scan: plain(scanCase)},
		store.KindEntry:        {page: sqlPageHistory, start: fromNumber, scan: scanEntries, each: 50},
		store.KindMilestone:    {page: sqlPageMilestones, start: fromNumber, scan: plain(scanMilestone)},
		store.KindNumber:       {page: sqlPageNumbers, start: fromRegister, scan: plain(scanNumber)},
		store.KindClaim:        {page: sqlPageClaims, start: fromText, scan: plain(scanClaim)},
		store.KindCall:         {page: sqlPageCalls, start: fromText, scan: plain(foundCall)},
		store.KindConversation: {page: sqlPageChats, start: fromText, scan: plain(scanConversation)},
		store.KindMessage:      {page: sqlPageIn, start: fromNumber, scan: plain(scanMessage)},
		store.KindDelivery:     {page: sqlPageOut, start: fromNumber, scan: plain(scanDelivery)},
	}
}

func plain(scan func(scanner) (found, error)) func() func(scanner) (found, error) {
	return func() func(scanner) (found, error) { return scan }
}

func fromText(from string) ([]any, error) { return []any{from}, nil }

func fromNumber(from string) ([]any, error) {
	if from == "" {
		return []any{int64(math.MinInt64)}, nil
	}
	n, err := strconv.ParseInt(from, 10, 64)
	return []any{n}, err
}

// fromRegister reads the place of a number as [numberPlace] writes it.
func fromRegister(from string) ([]any, error) {
	if from == "" {
		return []any{"", 0, 0}, nil
	}
	var at store.PortableNumber
	err := json.Unmarshal([]byte(from), &at)
	return []any{at.Register, at.Year, at.Seq}, err
}

// foundAt gives a record that stands at a number of its table's order.
func foundAt(n int64, id string, v any) (found, error) {
	doc, err := kept.Encode("record", v)
	return found{store.Record{ID: id, Order: n, Doc: doc}, strconv.FormatInt(n, 10)}, err
}

// foundBy gives a record that stands where its own id says.
func foundBy(id string, v any) (found, error) {
	doc, err := kept.Encode("record", v)
	return found{store.Record{ID: id, Doc: doc}, id}, err
}

func scanDoc(row scanner) (found, error) {
	var n int64
	var id string
	var d store.PortableDoc
	if err := row.Scan(&n, &id, &d.Doc); err != nil {
		return found{}, err
	}
	return foundAt(n, id, d)
}

func scanSOP(row scanner) (found, error) {
	var n int64
	var p store.PortableSOP
	if err := row.Scan(&n, &p.Name, &p.Version, &p.Source); err != nil {
		return found{}, err
	}
	return foundAt(n, p.Name+"/"+p.Version, p)
}

func scanAddress(row scanner) (found, error) {
	var a store.PortableAddress
	if err := row.Scan(&a.Address, &a.Person); err != nil {
		return found{}, err
	}
	return foundBy(a.Address, a)
}

func scanCase(row scanner) (found, error) {
	var n, due, check int64
	var id string
	var packed []byte
	var c store.PortableCase
	err := row.Scan(&n, &id, &packed, &c.Role, &c.Holder, &due, &check, &c.Label, &c.Keywords)
	if err != nil {
		return found{}, err
	}
	c.Due, c.Check = kept.Deadline(due), kept.Instant(check)
	if c.Case, err = kept.Unpack(packed); err != nil {
		return found{}, fmt.Errorf("case %s: %w", id, err)
	}
	return foundAt(n, id, c)
}

// scanEntries numbers the entries of each case as they come.
func scanEntries() func(scanner) (found, error) {
	var at int64
	seq := 0
	return func(row scanner) (found, error) {
		var n int64
		var e store.PortableEntry
		if err := row.Scan(&n, &e.Case, &e.Key, &e.Hash, &e.Entry); err != nil {
			return found{}, err
		}
		if n != at {
			at, seq = n, 0
		}
		seq++
		e.Seq = seq
		f, err := foundAt(n, fmt.Sprintf("%s/%06d", e.Case, seq), e)
		f.Order = 0
		return f, err
	}
}

func scanMilestone(row scanner) (found, error) {
	var n, at int64
	var m store.PortableMilestone
	if err := row.Scan(&n, &m.Case, &m.SOP, &m.Kind, &m.Step, &m.Outcome, &at, &m.Used); err != nil {
		return found{}, err
	}
	m.At = kept.Instant(at)
	// No entry has the number 0, so that no later milestone gets this id elsewhere.
	return foundAt(n, fmt.Sprintf("%s/%06d/%012d", m.Case, 0, n), m)
}

func scanNumber(row scanner) (found, error) {
	var taken int64
	var n store.PortableNumber
	if err := row.Scan(&n.Register, &n.Year, &n.Seq, &n.Key, &n.Status, &taken, &n.Printed); err != nil {
		return found{}, err
	}
	n.Taken = kept.Instant(taken)
	f, err := foundBy(numberIn(n).Row(), n)
	f.at = numberPlace(n)
	return f, err
}

func numberIn(n store.PortableNumber) workflow.Number {
	return workflow.Number{Register: n.Register, Year: n.Year, Seq: n.Seq, Text: n.Printed}
}

func numberPlace(n store.PortableNumber) string {
	place, err := json.Marshal(store.PortableNumber{Register: n.Register, Year: n.Year, Seq: n.Seq})
	if err != nil {
		return ""
	}
	return string(place)
}

func scanClaim(row scanner) (found, error) {
	var at int64
	var c store.PortableClaim
	if err := row.Scan(&c.Name, &at); err != nil {
		return found{}, err
	}
	c.At = kept.Instant(at)
	return foundBy(c.Name, c)
}

func scanConversation(row scanner) (found, error) {
	var c store.PortableConversation
	if err := row.Scan(&c.Chat, &c.Version, &c.Handled, &c.State); err != nil {
		return found{}, err
	}
	return foundBy(string(c.Chat), c)
}

func scanMessage(row scanner) (found, error) {
	var received int64
	var m store.PortableMessage
	if err := row.Scan(&m.Seq, &m.ID, &m.Chat, &received, &m.Message); err != nil {
		return found{}, err
	}
	m.Received = kept.Instant(received)
	return foundAt(m.Seq, m.ID, m)
}

func scanDelivery(row scanner) (found, error) {
	var seq, created, notBefore, settled int64
	var d store.PortableDelivery
	err := row.Scan(&seq, &d.ID, &d.Chat, &d.Notice, &d.Message, &created, &notBefore, &d.Attempts, &d.Reason, &d.State, &settled)
	if err != nil {
		return found{}, err
	}
	d.Created, d.Settled = kept.Instant(created), kept.Instant(settled)
	if settled == 0 {
		d.Seq, d.NotBefore, d.State = seq, kept.Instant(notBefore), ""
	} else {
		d.Attempts = 0
	}
	return foundAt(seq, d.ID, d)
}
