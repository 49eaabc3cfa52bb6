package store

import (
	"context"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
)

// Kind is a kind of records that are carried from one store to another.
type Kind string

// The kinds, in the order in which they are carried: what others refer to comes
// first. Leases are not carried: they belong to running processes. What a process has
// leased is carried as if the lease had ended.
const (
	KindSOP          Kind = "sop"
	KindPerson       Kind = "person"
	KindAddress      Kind = "address"
	KindOfficer      Kind = "officer"
	KindInvitation   Kind = "invitation"
	KindDelegation   Kind = "delegation"
	KindCase         Kind = "case"
	KindEntry        Kind = "entry"
	KindMilestone    Kind = "milestone"
	KindNumber       Kind = "number"
	KindClaim        Kind = "claim"
	KindCall         Kind = "call"
	KindConversation Kind = "conversation"
	KindMessage      Kind = "message"
	KindDelivery     Kind = "delivery"
)

// Kinds lists all kinds in their order.
func Kinds() []Kind {
	return []Kind{
		KindSOP, KindPerson, KindAddress, KindOfficer, KindInvitation, KindDelegation, KindCase, KindEntry,
		KindMilestone, KindNumber, KindClaim, KindCall, KindConversation, KindMessage, KindDelivery,
	}
}

// Record is one thing as it is carried. Two stores hold the same thing if the bytes
// of Doc are the same.
type Record struct {
	// ID tells it from others of its kind in the store that gave it.
	ID string
	// Order is its place among those of its kind where that matters to lists of
	// equals, and 0 where it does not.
	Order int64
	// Doc is the JSON of the Portable type of its kind.
	Doc []byte
}

// Page is a part of a walk over the records of a kind.
type Page struct {
	Records []Record
	Next    string // where the next page begins; empty: this was the last
}

// Portable is a store whose records can be carried to another one. Nobody else may
// use either store meanwhile, but for a walk that only looks for what is mentioned: of a
// store in use, Records gives each record as it was at some time during the walk, if it
// was there all that time.
type Portable interface {
	Store

	// Records gives about limit records of a kind from a place on: empty for the
	// beginning, then the last page's Next. The order is the store's own, but the
	// entries of a case follow each other in the order of their sequence: a store may keep
	// nothing else of it.
	Records(ctx context.Context, kind Kind, from string, limit int) (Page, error)
	// Put stores records of a kind. A record that is there already is left as it is.
	// mark is kept with them, or after them, never before.
	Put(ctx context.Context, kind Kind, records []Record, mark string) error
	// Mark gives what the last Put kept; empty if there was none, or Finish came
	// after it. A store with a mark is half a copy.
	Mark(ctx context.Context) (string, error)
	// Finish ends a copy: from now on the store gives out no sequence number or
	// order that was carried, and has no mark.
	Finish(ctx context.Context) error
}

// What is carried of each kind; a [Call] is carried as it is. Documents are the JSON that the store keeps, byte for
// byte.
type (
	// PortableDoc is a person, officer, invitation or delegation.
	PortableDoc struct {
		Doc []byte `json:"doc"`
	}
	// PortableSOP is the source of a procedure's version.
	PortableSOP struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Source  []byte `json:"source"`
	}
	// PortableAddress says whose an address is.
	PortableAddress struct {
		Address string `json:"address"`
		Person  string `json:"person"`
	}
	// PortableCase is a case with what lists find it by.
	PortableCase struct {
		Case     []byte             `json:"case"`
		Role     workflow.Role      `json:"role"`
		Holder   workflow.OfficerID `json:"holder"`
		Due      time.Time          `json:"due,omitzero"`
		Check    time.Time          `json:"check,omitzero"`
		Label    string             `json:"label"`
		Keywords string             `json:"keywords"`
	}
	// PortableEntry is an entry of a history. Entry holds the bytes of its hash, whatever
	// has become of it.
	PortableEntry struct {
		Case  workflow.CaseID `json:"case"`
		Seq   int             `json:"seq"`
		Key   string          `json:"key"`
		Hash  string          `json:"hash"`
		Entry []byte          `json:"entry"`
	}
	// PortableMilestone is a milestone.
	PortableMilestone struct {
		Case    workflow.CaseID `json:"case"`
		SOP     string          `json:"sop"`
		Kind    MilestoneKind   `json:"kind"`
		Step    int             `json:"step"`
		Outcome string          `json:"outcome"`
		At      time.Time       `json:"at"`
		Used    time.Duration   `json:"used"`
	}
	// PortableNumber is a row of a register.
	PortableNumber struct {
		Register string                `json:"register"`
		Year     int                   `json:"year"`
		Seq      int                   `json:"seq"`
		Key      string                `json:"key"`
		Status   workflow.NumberStatus `json:"status"`
		Taken    time.Time             `json:"taken"`
		Printed  string                `json:"printed,omitempty"` // empty in records of before
	}
	// PortableClaim is a name that was taken.
	PortableClaim struct {
		Name string    `json:"name"`
		At   time.Time `json:"at"`
	}
	// PortableConversation is the dialogue state of a chat.
	PortableConversation struct {
		Chat    bot.Address `json:"chat"`
		Version int         `json:"version"`
		Handled int64       `json:"handled"`
		State   []byte      `json:"state,omitempty"`
	}
	// PortableMessage is an inbound message. It waits if its Seq is greater than what
	// its chat has Handled.
	PortableMessage struct {
		ID       string      `json:"id"`
		Chat     bot.Address `json:"chat"`
		Seq      int64       `json:"seq"`
		Received time.Time   `json:"received"`
		Message  []byte      `json:"message"`
	}
	// PortableDelivery is a delivery. One that waits has no Settled instant and has a
	// Seq; of one that is over, what its tries were is gone.
	PortableDelivery struct {
		ID        string            `json:"id"`
		Chat      bot.Address       `json:"chat"`
		Seq       int64             `json:"seq,omitempty"`
		Notice    bool              `json:"notice"`
		Message   []byte            `json:"message"`
		Created   time.Time         `json:"created"`
		NotBefore time.Time         `json:"notBefore,omitzero"`
		Attempts  int               `json:"attempts,omitempty"`
		Reason    string            `json:"reason,omitempty"`
		State     bot.DeliveryState `json:"state,omitempty"`
		Settled   time.Time         `json:"settled,omitzero"`
	}
)
