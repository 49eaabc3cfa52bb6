package mongostore

import (
	"context"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

var _ store.Portable = (*Store)(nil)

// walk describes how the records of a kind are read: collection after collection,
// each by its ids.
type walk struct {
	tables []string
	// records gives what a document of a table holds of the kind.
	records func(table string, raw bson.Raw) ([]store.Record, error)
	// page gives, instead of records, what a page of documents holds together with another
	// collection.
	page func(s *Store, ctx context.Context, docs []bson.Raw, between span) ([]store.Record, error)
	// each is about the number of records for one document.
	each int
	// counted gives each record its place in the walk as its order.
	counted bool
}

// span is the ids that a page of a walk covers: those after one up to another.
type span struct {
	after string
	upTo  string // the last of the page; empty: there is no more
}

func (w walk) size(limit int) int { return max(1, limit/max(1, w.each)) }

// read gives the records of a page of documents of a table.
func (w walk) read(ctx context.Context, s *Store, table string, docs []bson.Raw, between span) (list []store.Record, err error) {
	if w.page != nil {
		return w.page(s, ctx, docs, between)
	}
	for _, raw := range docs {
		part, err := w.records(table, raw)
		if err != nil {
			return nil, err
		}
		list = append(list, part...)
	}
	return list, nil
}

func walks() map[store.Kind]walk {
	return map[store.Kind]walk{
		store.KindSOP:          {tables: []string{sops}, records: of(sopRecord)},
		store.KindPerson:       {tables: []string{persons}, records: of(docRecord)},
		store.KindAddress:      {tables: []string{addresses}, records: of(addressRecord)},
		store.KindOfficer:      {tables: []string{officers}, records: of(docRecord)},
		store.KindInvitation:   {tables: []string{invitations}, records: of(docRecord)},
		store.KindDelegation:   {tables: []string{delegations}, records: of(docRecord)},
		store.KindCase:         {tables: []string{cases}, records: of(caseRecord)},
		store.KindEntry:        {tables: []string{cases}, page: (*Store).entryRecords, each: 50},
		store.KindMilestone:    {tables: []string{milestones}, records: of(milestoneRecord), counted: true},
		store.KindNumber:       {tables: []string{numbers}, records: of(numberRecord)},
		store.KindClaim:        {tables: []string{claims}, records: of(claimRecord)},
		store.KindCall:         {tables: []string{calls}, records: of(callRecord)},
		store.KindConversation: {tables: []string{chats}, records: of(conversationRecord)},
		// Chats come first: what is moved out of one meanwhile is found after it.
		store.KindMessage:  {tables: []string{chats, inbox}, records: messageRecords},
		store.KindDelivery: {tables: []string{chats, outbox}, records: deliveryRecords},
	}
}

// spot is the place at which a page of a walk begins.
type spot struct {
	table int
	n     int64  // records before it
	after string // id in the table
}

func (s spot) String() string {
	return strconv.Itoa(s.table) + " " + strconv.FormatInt(s.n, 10) + " " + s.after
}

func parseSpot(from string) (s spot, err error) {
	if from == "" {
		return spot{}, nil
	}
	table, rest, _ := strings.Cut(from, " ")
	n, after, _ := strings.Cut(rest, " ")
	s.after = after
	if s.table, err = strconv.Atoi(table); err == nil {
		s.n, err = strconv.ParseInt(n, 10, 64)
	}
	return s, err
}

// Records implements [store.Portable]. The beginning of a walk ends the units of work that a
// crash has left behind, so that every document is as it was decided.
func (s *Store) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	w, known := walks()[kind]
	at, err := parseSpot(from)
	if !known || err != nil || at.table >= len(w.tables) {
		return store.Page{}, workflow.Refuse(workflow.CodeInvalid, "kind")
	}
	if from == "" {
		if err := s.sweepAll(ctx); err != nil {
			return store.Page{}, err
		}
	}
	table, size := w.tables[at.table], w.size(limit)
	docs, err := s.after(ctx, table, at.after, size)
	if err != nil {
		return store.Page{}, err
	}
	between := span{after: at.after}
	if len(docs) == size {
		between.upTo = docs[size-1].Lookup("_id").StringValue()
	}
	list, err := w.read(ctx, s, table, docs, between)
	if err != nil {
		return store.Page{}, err
	}
	page := store.Page{Records: list}
	for i := range page.Records {
		at.n++
		if w.counted {
			page.Records[i].Order = at.n
		}
	}
	at.after = between.upTo
	if between.upTo == "" {
		at.table++
	}
	if at.table < len(w.tables) {
		page.Next = at.String()
	}
	return page, nil
}

// after gives documents of a table in the order of their ids.
func (s *Store) after(ctx context.Context, table, id string, limit int) ([]bson.Raw, error) {
	filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: id}}}}
	return find[bson.Raw](ctx, s.table(table), filter, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(int64(limit)))
}

// sweepAll ends all units of work that are being made. During a copy nobody is making any; in a
// store in use, one that is not decided yet has to be made again.
func (s *Store) sweepAll(ctx context.Context) error {
	seen, err := s.sweepOnce(ctx, nil, true)
	if err == nil && len(seen) > 0 {
		_, err = s.sweepOnce(ctx, seen, true)
	}
	return err
}

// copyID is the id of the one document of copies.
const copyID = "copy"

type copyDoc struct {
	ID   string `bson:"_id"`
	Mark string `bson:"mark"`
}

// Mark implements [store.Portable].
func (s *Store) Mark(ctx context.Context) (string, error) {
	var doc copyDoc
	err := s.table(copies).one(ctx, byID(copyID), &doc)
	if missing(err) {
		return "", nil
	}
	return doc.Mark, err
}

// Put implements [store.Portable]. The mark is written after the records, so what
// comes twice after a crash must be known as such by its ids.
func (s *Store) Put(ctx context.Context, kind store.Kind, records []store.Record, mark string) error {
	put, ok := puts()[kind]
	if !ok {
		return workflow.Refuse(workflow.CodeInvalid, "kind")
	}
	if len(records) > 0 {
		if err := put(s, ctx, records); err != nil {
			return err
		}
	}
	moved, err := s.table(copies).replace(ctx, byID(copyID), copyDoc{copyID, mark})
	if err == nil && !moved {
		_, err = s.table(copies).insert(ctx, copyDoc{copyID, mark})
	}
	return err
}

// Finish implements [store.Portable]. The counters have been raised with the records.
func (s *Store) Finish(ctx context.Context) error {
	s.seqs.forget()
	_, err := s.table(copies).remove(ctx, byID(copyID))
	return err
}

// forget gives up the numbers that are left, which a copy may have overtaken.
func (q *sequence) forget() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next, q.end = 0, 0
}
