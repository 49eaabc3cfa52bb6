package mongostore

import (
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// record holds all that is needed to finish a unit of work that changes more than one chat.
// It is in the chat that caused the unit of work, from the write that decides it on; without
// such a chat it is in "turns" from before the first lock, and Committed decides. It goes
// after the last change.
type record struct {
	ID        string         `bson:"_id"`
	Committed bool           `bson:"committed"`
	Docs      []docPart      `bson:"docs"`
	Rows      []rowsPart     `bson:"rows"`
	Numbers   []numberPart   `bson:"numbers"`
	Talk      *talkPart      `bson:"talk,omitempty"` // stored by earlier versions only
	Out       []deliveryPart `bson:"out"`
}

// decidedIn gives the chat whose write decides the unit of work of an id; ok is false if that
// is the write of its record.
func decidedIn(unit string) (chat string, ok bool) {
	_, chat, ok = strings.Cut(unit, "@")
	return chat, ok
}

// size is about how many bytes the record has.
func (r *record) size() (n int) {
	for _, d := range r.Docs {
		n += len(d.Doc)
	}
	for _, rows := range r.Rows {
		for _, d := range rows.Docs {
			n += len(d)
		}
	}
	for _, d := range r.Out {
		n += deliverySize(d.ID, d.Message)
	}
	return n
}

// empty tells whether the unit of work changes nothing.
func (r *record) empty() bool {
	return len(r.Docs) == 0 && len(r.Rows) == 0 && len(r.Out) == 0 && r.Talk == nil
}

// place says where a document is.
type place struct {
	Table string `bson:"table"`
	ID    string `bson:"id"`
}

// docPart is the next version of a guarded document.
type docPart struct {
	At   place    `bson:"at"`
	Base int64    `bson:"base"` // the version that it follows; 0: a new document
	Doc  bson.Raw `bson:"doc"`
}

// rowsPart is documents that are inserted and never changed. Their ids tell them
// from others, so that they can be inserted again.
type rowsPart struct {
	Table string     `bson:"table"`
	Docs  []bson.Raw `bson:"docs"`
}

// numberPart moves the status of a number. Version is that of its case: a later
// change of the case is not undone by an earlier one that comes late.
type numberPart struct {
	ID      string `bson:"id"`
	Status  string `bson:"status"`
	Version int64  `bson:"version"`
}

// talkPart is the dialogue state of a chat after the unit of work. Version is the one it was read
// with.
type talkPart struct {
	Chat    string `bson:"chat"`
	Version int64  `bson:"version"`
	Handled int64  `bson:"handled"`
	State   []byte `bson:"state,omitempty"`
	Term    int64  `bson:"office,omitempty"` // of the unit of work; 0: none
	// Masked takes the place of the handled message; nil: it stays as it came.
	Masked []byte `bson:"masked,omitempty"` // JSON
}

// deliveryPart is a delivery to be stored. Owner is who would hold it; empty: nobody.
type deliveryPart struct {
	Chat      string `bson:"chat"`
	ID        string `bson:"id"`
	Notice    bool   `bson:"notice"`
	Message   []byte `bson:"message"`
	Created   int64  `bson:"created"`
	NotBefore int64  `bson:"notBefore"`
	Owner     string `bson:"owner"`
	Lease     int64  `bson:"lease"`
	Now       int64  `bson:"now"`
}

// talkOf gives the part of a unit of work that its chat remembers, nil if there is none.
func talkOf(t store.UnitOfWork) (*talkPart, error) {
	c := t.Conversation
	if c == nil {
		return nil, nil //nolint:nilnil // nothing is remembered
	}
	talk := &talkPart{
		Chat: string(c.Chat), Version: int64(c.Version), Handled: c.Handled, State: c.State, Term: t.Term,
	}
	var err error
	if t.Masked != nil && t.Masked.Seq == c.Handled {
		talk.Masked, err = kept.Encode("message", t.Masked.Inbound)
	}
	return talk, err
}

// deliveriesOf encodes the unit of work's deliveries; an id that comes again is dropped.
func deliveriesOf(now int64, t store.UnitOfWork) ([]deliveryPart, error) {
	seen := map[string]bool{}
	list := make([]deliveryPart, 0, len(t.Deliveries))
	for _, d := range t.Deliveries {
		if seen[d.ID] {
			continue
		}
		seen[d.ID] = true
		message, err := kept.Encode("message", d.Message)
		if err != nil {
			return nil, err
		}
		part := deliveryPart{
			Chat: string(d.Chat), ID: d.ID, Notice: d.Notice, Message: message,
			Created: kept.Nanos(d.Created), NotBefore: kept.Nanos(d.NotBefore), Now: now,
		}
		if lease := kept.Nanos(t.Lease); t.Owner != "" && lease > now && part.NotBefore <= now {
			part.Owner, part.Lease = t.Owner, lease
		}
		list = append(list, part)
	}
	return list, nil
}

// entriesFit sees to it that the entries of a change are those that lead to the
// case's version.
func entriesFit(c store.CaseChange) error {
	for i, e := range c.Entries {
		if e.Case != c.Case.ID || e.Seq != c.Case.Version-len(c.Entries)+1+i {
			return workflow.Refuse(workflow.CodeInvalid, "entry")
		}
	}
	return nil
}
