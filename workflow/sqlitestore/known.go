package sqlitestore

import (
	"sync"

	"izinbot/workflow"
)

// mostKnown is how many cases are known decoded, at least; twice as many at most.
const mostKnown = 256

// known keeps the cases that were read last, decoded: who works on a case says many
// things about it in a row, and to decode it takes longer than all else that a
// question for its status does. The database is asked for the version each time, so
// nothing here can be stale; and a case is a value that nobody changes in place. The
// zero value is ready.
type known struct {
	mu        sync.Mutex
	fresh     map[workflow.CaseID]workflow.Case
	forgotten map[workflow.CaseID]workflow.Case // unless it is read again
}

// get gives a case as it was when it was read last; Version 0 if it is not known.
func (k *known) get(id workflow.CaseID) workflow.Case {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.fresh[id]
	if ok {
		return c
	}
	if c, ok = k.forgotten[id]; ok {
		k.put(c)
	}
	return c
}

func (k *known) set(c workflow.Case) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.put(c)
}

func (k *known) put(c workflow.Case) {
	if k.fresh == nil || len(k.fresh) >= mostKnown {
		k.fresh, k.forgotten = make(map[workflow.CaseID]workflow.Case, mostKnown), k.fresh
	}
	k.fresh[c.ID] = c
}
