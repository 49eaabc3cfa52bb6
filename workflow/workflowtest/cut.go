package workflowtest

import (
	"fmt"
	"sync"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Cut is a way to a store that can be cut, as the connection to a database can be,
// and that can stand still, as a process can with its calls under way.
type Cut struct {
	store  store.Store
	shared bool

	mu      sync.Mutex
	broken  bool
	halted  chan struct{} // nil: calls go on; closed when they may again
	answers bool          // a broken call fails after it was done
}

var _ store.Store = (*Cut)(nil)

// NewCut gives a way to a store that is whole. shared says that other processes may
// use the store too.
func NewCut(s store.Store, shared bool) *Cut { return &Cut{store: s, shared: shared} }

// Break has every call fail with CodeUnavailable: before it is done, or after it if
// only the answers are lost.
func (w *Cut) Break(answersOnly bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken, w.answers = true, answersOnly
}

// Mend ends Break.
func (w *Cut) Mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken = false
}

// Halt has every call stand still before it reaches the store, until Resume.
func (w *Cut) Halt() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.halted = make(chan struct{})
}

// Resume ends Halt: calls that stood still are done now.
func (w *Cut) Resume() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.halted)
	w.halted = nil
}

// Exclusive tells whether no other process can use the store.
func (w *Cut) Exclusive() bool { return !w.shared }

// Close leaves the store open, for others use it too.
func (*Cut) Close() error { return nil }

func (w *Cut) state() (broken, answers bool, halted chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.broken, w.answers, w.halted
}

// through makes a call by way of the connection.
func through[T any](w *Cut, call func() (T, error)) (T, error) {
	var none T
	broken, answers, halted := w.state()
	if halted != nil {
		<-halted
	}
	away := fmt.Errorf("%w: the connection is cut", workflow.Refuse(workflow.CodeUnavailable, "store"))
	if broken && !answers {
		return none, away
	}
	v, err := call()
	if broken {
		return none, away
	}
	return v, err
}
