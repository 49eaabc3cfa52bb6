package notifications

import (
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// bind names the term in a unit of work. It is not written once a later one has begun.
func (w *Watch) bind(unit *store.UnitOfWork) error {
	term, active := w.Commits.Active()
	if !active {
		return workflow.Refuse(workflow.CodeFenced, "lease")
	}
	unit.Term = term
	return nil
}

// active tells whether this process does what the clock demands.
func (w *Watch) active() bool {
	_, active := w.Commits.Active()
	return active
}

// unlessFenced ignores CodeFenced: another process is active now, and does what is left.
func unlessFenced(err error) error {
	if workflow.CodeOf(err) == workflow.CodeFenced {
		return nil
	}
	return err
}
