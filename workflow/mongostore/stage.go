package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Head holds the first fields of every guarded document. Its name is a capital one only for
// the encoder, which sees no other.
type Head struct {
	ID   string `bson:"_id"`
	V    int64  `bson:"v"`              // grows with every change; 0: only a lock, the document is still to come
	Lock string `bson:"lock,omitempty"` // the unit of work that is about to change it
}

func (h *Head) top() *Head { return h }

// guarded is a document that only one unit of work at a time changes.
type guarded interface{ top() *Head }

// stage is a unit of work while it is being decided: the documents that it reads, as they
// are in the database and then as it makes them. Nothing is written meanwhile.
type stage struct {
	*Store
	now     int64
	docs    map[place]guarded
	order   []place // of the documents that change, in the order in which they did
	dirty   map[place]bool
	base    map[place]int64
	rows    map[string][]bson.Raw
	keys    map[string]bool // of entries that the unit of work adds, with their cases
	numbers []numberPart
}

func (s *Store) newStage(now int64) *stage {
	return &stage{
		Store: s, now: now, docs: map[place]guarded{}, dirty: map[place]bool{}, base: map[place]int64{},
		rows: map[string][]bson.Raw{}, keys: map[string]bool{},
	}
}

// staged gives a document as the unit of work has it so far; one that does not exist is
// empty, with its id. It fails with a lockedError if another unit of work is about to change
// it.
func staged[T any, P interface {
	*T
	guarded
}](ctx context.Context, st *stage, at place) (P, error) {
	if doc, ok := st.docs[at].(P); ok {
		return doc, nil
	}
	doc := P(recall[T](st.scoped(ctx), at))
	if doc == nil {
		doc = P(new(T))
		if err := st.table(at.Table).one(ctx, byID(at.ID), doc); err != nil && !missing(err) {
			return nil, err
		}
	}
	h := doc.top()
	h.ID = at.ID
	if h.Lock != "" {
		return nil, &lockedError{at: at, unit: h.Lock}
	}
	st.docs[at], st.base[at] = doc, h.V
	return doc, nil
}

// touch notes that a document changes.
func (st *stage) touch(at place) {
	if !st.dirty[at] {
		st.dirty[at] = true
		st.order = append(st.order, at)
	}
}

// row adds a document to be inserted.
func (st *stage) row(table string, doc any) error {
	raw, err := bson.Marshal(doc)
	if err != nil {
		return fmt.Errorf("%w: encode: %w", workflow.Refuse(workflow.CodeInvalid, table), err)
	}
	st.rows[table] = append(st.rows[table], raw)
	return st.validate(table, raw)
}

// decide goes through the parts of a unit of work in the order of its fields, and refuses it
// if one does not fit what is stored.
func (st *stage) decide(ctx context.Context, t store.UnitOfWork) error {
	for _, c := range t.Cases {
		if err := st.changeCase(ctx, c); err != nil {
			return err
		}
	}
	if err := st.changePeople(ctx, t); err != nil {
		return err
	}
	if err := st.converse(ctx, t); err != nil {
		return err
	}
	return st.remind(ctx, t)
}

// converse looks whether the chat is as the unit of work took it to be.
func (st *stage) converse(ctx context.Context, t store.UnitOfWork) error {
	talk, err := talkOf(t)
	if err != nil || talk == nil {
		return err
	}
	if c := st.known.get(talk.Chat); c != nil && c.fits(talk) == nil {
		return nil // or lockChat will find that it does not
	}
	c, err := st.chat(ctx, talk.Chat)
	if err != nil {
		return err
	}
	return c.fits(talk)
}

// fits tells why a unit of work cannot change what a chat remembers.
func (c *chatDoc) fits(talk *talkPart) error {
	switch {
	case c.fenced(talk.Term):
		return workflow.Refuse(workflow.CodeFenced, "lease")
	case c.Lock != "":
		return &lockedError{at: place{chats, c.ID}, unit: c.Lock}
	case c.Version != talk.Version:
		return workflow.Refuse(workflow.CodeConflict, "conversation")
	}
	return nil
}

// record gives the unit of work as it is kept.
func (st *stage) record(id string, talk *talkPart, out []deliveryPart) (record, error) {
	if talk != nil {
		id += "@" + talk.Chat
	}
	rec := record{ID: id, Numbers: st.numbers, Talk: talk, Out: out}
	for _, at := range st.order {
		doc := st.docs[at]
		doc.top().V = max(doc.top().V, st.base[at]+1)
		raw, err := bson.Marshal(doc)
		if err != nil {
			return rec, fmt.Errorf("%w: encode: %w", workflow.Refuse(workflow.CodeInvalid, at.Table), err)
		}
		if err := st.validate(at.Table, raw); err != nil {
			return rec, err
		}
		rec.Docs = append(rec.Docs, docPart{At: at, Base: st.base[at], Doc: raw})
	}
	for _, table := range []string{history, milestones} {
		if len(st.rows[table]) > 0 {
			rec.Rows = append(rec.Rows, rowsPart{Table: table, Docs: st.rows[table]})
		}
	}
	return rec, nil
}
