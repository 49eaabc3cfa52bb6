// Package store is the contract between the product and its databases: what is
// kept, and what is written together.
//
// Only [Store.Commit] matters for crashes. A [UnitOfWork] holds every effect of one
// inbound message or of one timed event. A store writes it as a whole or not at all.
package store

import (
	"context"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
)

// UnitOfWork holds everything that is written together. Persons, officers, invitations, delegations
// and the conversation carry the version that they were read with (0: new); the
// store writes the next one. A case carries the version that its entries led to.
type UnitOfWork struct {
	Cases       []CaseChange
	Persons     []Person
	Officers    []workflow.Officer
	Invitations []workflow.Invitation
	Delegations []workflow.Delegation
	// Conversation is the chat that caused the unit of work, with Handled moved on; nil
	// for a timed event.
	Conversation *bot.Conversation
	// Masked is the message that Conversation says was handled, without the secret
	// that was typed in it: from now on the inbox keeps it in this form. Nil: the
	// message stays as it came.
	Masked *bot.Received
	// Deliveries are born leased to Owner until Lease, so that the process that
	// made them may send them at once without claiming them. Those that must not
	// leave at once are born without a lease and left to Claim: their NotBefore is
	// still to come, or an earlier delivery of the chat waits without a live lease
	// of Owner. Those whose ID was stored before are dropped.
	Deliveries []bot.Delivery
	Owner      string
	Lease      time.Time
	// Term is the term of the active node under which the unit of work was begun; 0: any
	// node may write it, at any time.
	Term int64
	// Claims are names that only one unit of work ever takes: if one was taken before,
	// nothing of this unit of work is written.
	Claims []string
	// Calls are asked for, or, with Made, were made. CodeDuplicate: one was asked for, or
	// made, before.
	Calls []Call
	// Looks move on when cases are looked at next by the clock.
	Looks []Look
}

// CaseChange is a case with the entries that led to it. Case.Version minus the
// number of entries must be the stored version (0: not stored yet).
type CaseChange struct {
	Case    workflow.Case
	Entries []workflow.Entry // at least one
	Numbers []workflow.NumberChange
	Task    Task
	// Milestones were reached by the entries.
	Milestones []Milestone
}

// Task holds the keys by which lists of cases are ordered and found; the store indexes
// it. It is derived from the case by the code that changes it.
type Task struct {
	Role   workflow.Role      // who must act; empty for none (ended, waiting)
	Holder workflow.OfficerID // empty for anybody of the role
	Due    time.Time          // step deadline; zero for none
	// Check is when the case must be looked at next by the clock (a reminder, the
	// reply deadline); zero for never. A [Look] moves it on.
	Check time.Time
	Label string // the body's name, for lists
	// Keywords find cases: lower case, without personal data.
	Keywords string
}

// Store keeps everything but file contents. Every method returns errors that
// carry a workflow.Code: CodeUnavailable for an unreachable or full database, and
// CodeDamaged for what is kept and cannot be read, besides the codes that its comment
// lists.
type Store interface {
	bot.Inbox
	bot.Outbox
	Cases
	People
	Registers
	SOPs
	Reminders
	Leases

	// Commit writes a unit of work. CodeConflict: a version moved, nothing is written.
	// CodeDuplicate: an entry's key was written to that case before, which is told before
	// a conflict; or a claim was taken, or a call asked for or made, before. CodeNotFound: a number changes that was never reserved for that
	// letter. CodeFenced: a later term than UnitOfWork.Term has begun; nothing is written.
	// It gives the deliveries that were not dropped, with Seq, Prev and Leased.
	Commit(ctx context.Context, now time.Time, t UnitOfWork) ([]bot.Delivery, error)
	// Conversation gives what is remembered of a chat; a new one has Version 0.
	Conversation(ctx context.Context, chat bot.Address) (bot.Conversation, error)
	// Purge removes messages that were handled and deliveries that were settled,
	// both before an instant, and tells how many. What still has to be done is never
	// removed. A repeat of a message that was purged would be taken for a new one,
	// so the instant should lie weeks back.
	Purge(ctx context.Context, before time.Time) (int, error)
	// Close lets waiting writes finish and releases everything.
	Close() error
}

// Cases are the reads of cases.
type Cases interface {
	// Case: CodeNotFound.
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	// History gives all entries of a case in order.
	History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error)
	// EntryByKey gives the entry that a key led to: CodeNotFound.
	EntryByKey(ctx context.Context, id workflow.CaseID, key string) (workflow.Entry, error)
	// CaseIDs gives ids in ascending order after the given one, for walking
	// over all cases.
	CaseIDs(ctx context.Context, after workflow.CaseID, limit int) ([]workflow.CaseID, error)
	// Tasks lists open tasks, the most urgent first.
	Tasks(ctx context.Context, q TaskQuery) ([]TaskRow, error)
	// ByApplicant lists a person's cases, the newest first.
	ByApplicant(ctx context.Context, p workflow.PersonID, limit int) ([]TaskRow, error)
	// Find lists cases whose id or keywords contain the words, the newest first.
	Find(ctx context.Context, words string, limit int) ([]TaskRow, error)
	// DueForCheck lists cases whose Task.Check is not after now, the oldest
	// first.
	DueForCheck(ctx context.Context, now time.Time, limit int) ([]workflow.CaseID, error)
	// Overdue lists open tasks whose due instant is before now, the oldest
	// first, of one role or of all if role is empty.
	Overdue(ctx context.Context, role workflow.Role, now time.Time, limit int) ([]TaskRow, error)
}

// TaskQuery asks for the tasks that one officer may take: those of the roles that
// are unclaimed or his.
type TaskQuery struct {
	Roles  []workflow.Role
	Holder workflow.OfficerID
	After  *TaskRow // paging: the last row of the page before; nil for the first
	Limit  int
}

// TaskRow is a line of a list.
type TaskRow struct {
	ID        workflow.CaseID
	SOP       workflow.SOPRef
	Step      int
	Stage     workflow.Stage
	Role      workflow.Role
	Holder    workflow.OfficerID
	Due       time.Time // zero for none; such rows come last
	Label     string
	End       string
	Submitted time.Time
}

// People are the persons, officers and stand-ins.
type People interface {
	// Person: CodeNotFound.
	Person(ctx context.Context, id workflow.PersonID) (Person, error)
	// PersonAt gives the person who writes from an address: CodeNotFound.
	PersonAt(ctx context.Context, address bot.Address) (Person, error)
	// Officer: CodeNotFound.
	Officer(ctx context.Context, id workflow.OfficerID) (workflow.Officer, error)
	// OfficerOf gives the officer that a person is: CodeNotFound.
	OfficerOf(ctx context.Context, p workflow.PersonID) (workflow.Officer, error)
	// Officers lists all officers by id.
	Officers(ctx context.Context) ([]workflow.Officer, error)
	// Invitation gives an invitation by the hash of its code: CodeNotFound.
	Invitation(ctx context.Context, hash string) (workflow.Invitation, error)
	// Delegations lists those that hold at now or later.
	Delegations(ctx context.Context, now time.Time) ([]workflow.Delegation, error)
}

// Registers give out numbers.
type Registers interface {
	// Reserve gives the number of a key in a register: the same one every time for the
	// same key, in whatever year it was reserved; for a new key the next one of the year,
	// without a gap. The row is durable when it returns. CodeDuplicate: what would be
	// printed was printed before; Field is that text, and no number is taken.
	Reserve(ctx context.Context, r Reservation, now time.Time) (workflow.Number, error)
	// Numbers lists the rows of a register and year in order of number.
	Numbers(ctx context.Context, register string, year int) ([]NumberRow, error)
	// NumbersTaken lists the rows of a register and year that were reserved in a stretch
	// of time, in order of number, a page at a time.
	NumbersTaken(ctx context.Context, q NumberQuery) ([]NumberRow, error)
	// NumberPrinted gives the row that is printed as a text: CodeNotFound.
	NumberPrinted(ctx context.Context, text string) (NumberRow, error)
}

// NumberQuery asks for a page of a register's rows.
type NumberQuery struct {
	Register string
	Year     int
	From, To time.Time // [From, To)
	After    int       // number of the last row of the page before; 0 for the first page
	Limit    int
}

// Reservation asks a register for a number.
type Reservation struct {
	Register string
	Year     int    // in which a new number is counted
	Key      string // of what gets the number; for letters "<case>/<letter>"
	// Print gives the text of the seq-th number of the year, reserved at an instant. It
	// may be called more than once.
	Print func(seq int, at time.Time) string
}

// NumberRow is a row of a register.
type NumberRow struct {
	Register string
	Year     int
	Seq      int
	Key      string
	Status   workflow.NumberStatus
	Taken    time.Time
	// Printed is the text of the number, which no other row has; of a number of before
	// that has no text of its own the name of the row, [workflow.Number.Row].
	Printed string
}

// Number is the number of the row.
func (r NumberRow) Number() workflow.Number {
	return workflow.Number{Register: r.Register, Year: r.Year, Seq: r.Seq, Text: r.Printed}
}

// SOPs keeps every version of a procedure that a case has started with.
type SOPs interface {
	// SaveSOP keeps the source of a version; the same version twice is fine.
	SaveSOP(ctx context.Context, ref workflow.SOPRef, source []byte) error
	// SOPRefs lists the versions that are kept, by name and version.
	SOPRefs(ctx context.Context) ([]workflow.SOPRef, error)
	// SOPSource: CodeNotFound.
	SOPSource(ctx context.Context, ref workflow.SOPRef) ([]byte, error)
}
