package workflowtest

import (
	"fmt"
	"slices"
	"sync"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// FaultStore is a way to a store that can be cut, as the connection to a database can be,
// and that can stand still, as a process can with its calls under way.
type FaultStore struct {
	store    store.Store
	shared   bool
	refusals chan string

	mu     sync.Mutex
	broken bool
	mute   bool          // what is broken is done all the same
	calls  []string      // that are broken; none: all
	halted chan struct{} // nil: calls go on; closed when they may again
}

var _ store.Store = (*FaultStore)(nil)

// NewFaultStore gives a way to a store that is whole. shared says that other processes may
// use the store too.
func NewFaultStore(s store.Store, shared bool) *FaultStore {
	return &FaultStore{store: s, shared: shared, refusals: make(chan string)}
}

// Refusals gives the method of each call that fails because of Break or Mute, while
// somebody receives.
func (w *FaultStore) Refusals() <-chan string { return w.refusals }

// Break has every call fail with CodeUnavailable, or those of some methods alone.
func (w *FaultStore) Break(methods ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken, w.mute, w.calls = true, false, methods
}

// Mute has the calls of some methods be done and yet fail with CodeUnavailable, as
// when the connection is cut before the answer.
func (w *FaultStore) Mute(methods ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken, w.mute, w.calls = true, true, methods
}

// Mend ends Break and Mute.
func (w *FaultStore) Mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken = false
}

// Halt has every call stand still before it reaches the store, until Resume.
func (w *FaultStore) Halt() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.halted = make(chan struct{})
}

// Resume ends Halt: calls that stood still are done now.
func (w *FaultStore) Resume() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.halted)
	w.halted = nil
}

// Exclusive tells whether no other process can use the store.
func (w *FaultStore) Exclusive() bool { return !w.shared }

// Close leaves the store open, for others use it too.
func (*FaultStore) Close() error { return nil }

func (w *FaultStore) state(method string) (broken, mute bool, halted chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	broken = w.broken && (len(w.calls) == 0 || slices.Contains(w.calls, method))
	if broken {
		select {
		case w.refusals <- method:
		default: // nobody waits for one
		}
	}
	return broken, w.mute, w.halted
}

// through makes a call by way of the connection.
func through[T any](w *FaultStore, method string, call func() (T, error)) (T, error) {
	broken, mute, halted := w.state(method)
	if halted != nil {
		<-halted
	}
	if broken {
		var none T
		if mute {
			if _, err := call(); err != nil {
				return none, err
			}
		}
		return none, fmt.Errorf("%w: the connection is cut", workflow.Refuse(workflow.CodeUnavailable, "store"))
	}
	return call()
}
