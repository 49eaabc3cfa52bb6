package sqlitestore

import (
	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// How many are kept of each kind, at least; twice as many at most.
const (
	mostCases = 256 // some 30 KB each
	mostSmall = 1024
	mostOwn   = 20 // rows of one applicant
)

// memory caches the records that every message of a conversation reads.
type memory struct {
	cases    *cache[workflow.CaseID, workflow.Case]
	chats    *cache[bot.Address, bot.Conversation]
	persons  *cache[workflow.PersonID, []byte]          // documents: who reads one may change it
	officers *cache[workflow.PersonID, []byte]          // by person; nil for one who is none
	own      *cache[workflow.PersonID, []store.TaskRow] // the newest of an applicant
}

func newMemory() *memory {
	return &memory{
		cases:    newCache[workflow.CaseID, workflow.Case](mostCases),
		chats:    newCache[bot.Address, bot.Conversation](mostSmall),
		persons:  newCache[workflow.PersonID, []byte](mostSmall),
		officers: newCache[workflow.PersonID, []byte](mostSmall),
		own:      newCache[workflow.PersonID, []store.TaskRow](mostSmall),
	}
}

// move is the effect of a write on a cache: bar before the commit, lift after it. lift is
// told whether the write was committed.
type move struct {
	bar  func()
	lift func(done bool)
}

// changes is the move of a write that changes a key; v is its new value, nil if the
// write does not know it.
func changes[K comparable, V any](c *cache[K, V], key K, v *V) move {
	return move{
		bar: func() { c.bar(key) },
		lift: func(done bool) {
			if !done {
				v = nil
			}
			c.lift(key, v)
		},
	}
}

// changesAny is the move of a write that may change any key.
func changesAny[K comparable, V any](c *cache[K, V]) move {
	return move{bar: c.barAll, lift: func(bool) { c.liftAll() }}
}

// all are the moves of a write that may change anything.
func (m *memory) all() []move {
	return []move{changesAny(m.cases), changesAny(m.chats), changesAny(m.persons), changesAny(m.officers), changesAny(m.own)}
}

// end has everything read from the database from now on.
func (m *memory) end() error {
	for _, each := range m.all() {
		each.bar()
	}
	return nil
}
