package mongostore

import (
	"go.mongodb.org/mongo-driver/v2/bson"
)

// The collections.
const (
	addresses   = "addresses"
	calls       = "calls"
	cases       = "cases"
	chats       = "chats"
	claims      = "claims"
	copies      = "copies" // how far a copy into this database has come
	counters    = "counters"
	delegations = "delegations"
	history     = "history"
	inbox       = "inbox" // messages that were handled
	invitations = "invitations"
	leases      = "leases"
	migrations  = "migrations"
	milestones  = "milestones"
	numbers     = "numbers"
	officers    = "officers"
	outbox      = "outbox" // deliveries that were settled
	persons     = "persons"
	sops        = "sops"
	records     = "turns" // of units of work that no chat has caused, while they are made
)

// index is an index besides that of the ids.
type index struct {
	table  string
	name   string
	keys   bson.D
	unique bool
}

// indexes serve every query of the store that does not go by id; each says which.
// Those that are unique begin with the shard key of their collection, if it is sharded.
func indexes() []index {
	list := []index{
		{table: calls, name: "open", keys: keys("made", "day", "_id")},                       // Calls
		{table: cases, name: "open_tasks", keys: keys("role", "holder", "due", "_id")},       // Tasks, Held, TaskCounts
		{table: cases, name: "due", keys: keys("due", "_id", "role")},                        // Overdue
		{table: cases, name: "check", keys: keys("check", "_id")},                            // DueForCheck
		{table: cases, name: "applicant", keys: keys("applicant", "submitted", "n")},         // ByApplicant
		{table: cases, name: "words", keys: keys("words")},                                   // Find, by its rarest word
		{table: cases, name: "intake", keys: keys("n")},                                      // Find, for words that many have
		{table: history, name: "keys", keys: keys("case", "key"), unique: true},              // EntryByKey, Commit
		{table: history, name: "order", keys: keys("case", "seq"), unique: true},             // History, Records
		{table: milestones, name: "at", keys: keys("at", "_id")},                             // Milestones
		{table: milestones, name: "steps", keys: keys("sop", "kind", "step", "at")},          // StepTimes
		{table: numbers, name: "key", keys: keys("register", "key", "year"), unique: true},   // Reserve
		{table: numbers, name: "printed", keys: keys("printed"), unique: true},               // Reserve, NumberPrinted
		{table: numbers, name: "order", keys: keys("register", "year", "seq"), unique: true}, // Reserve, Numbers, NumbersTaken
		{table: officers, name: "person", keys: keys("person", "n")},                         // OfficerOf
		{table: delegations, name: "ends", keys: keys("ends", "_id")},                        // Delegations
		{table: chats, name: "unhandled", keys: keys("oldest")},                              // Unhandled
		{table: chats, name: "pending", keys: keys("first", "due")},                          // Claim
		{table: chats, name: "over", keys: keys("over")},                                     // Purge
		{table: chats, name: "unit", keys: keys("unit._id")},                                 // sweep
		{table: inbox, name: "at", keys: keys("at")},                                         // Purge
		{table: outbox, name: "at", keys: keys("at")},                                        // Purge
	}
	for _, table := range guardedTables() {
		list = append(list, index{table: table, name: "lock", keys: keys("lock")}) // sweep
	}
	return list
}

// guardedTables are the collections whose documents are locked by units of work.
func guardedTables() []string {
	return []string{addresses, calls, cases, claims, delegations, invitations, officers, persons}
}

func keys(fields ...string) bson.D {
	d := make(bson.D, len(fields))
	for i, f := range fields {
		d[i] = bson.E{Key: f, Value: 1}
	}
	return d
}

// others are the collections that have no index but that of the ids.
func others() []string {
	return []string{copies, counters, leases, sops, records}
}
