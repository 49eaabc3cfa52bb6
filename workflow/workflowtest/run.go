// Package workflowtest is the conformance suite that every [store.Store] passes.
package workflowtest

import (
	"slices"
	"testing"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Options adapt the suite to a store.
type Options struct {
	// Reopen closes the store and opens the same data anew, as a restart of the
	// program does; nil if there is nothing to reopen.
	Reopen func(t *testing.T, s store.Store) store.Store
	// Spoil puts other bytes in the place of a case's stored document, behind the
	// store's back.
	Spoil func(t *testing.T, s store.Store, id workflow.CaseID, doc []byte)
	// SpoilChat puts other bytes in the place of a chat's first unhandled message and of
	// its first pending delivery, behind the store's back.
	SpoilChat func(t *testing.T, s store.Store, chat bot.Address, doc []byte)
	// SkipConcurrent says why the cases under "concurrent" are skipped; empty: they
	// are not. It is for a server that is not atomic.
	SkipConcurrent string
	// Groups are the only ones that run; none named: all of them.
	Groups []string
}

// Run checks a store. open gives an empty one for each case and sees to its
// closing. It tells whether the whole suite ran: go test may be asked for a part.
func Run(t *testing.T, open func(t *testing.T) store.Store, opts Options) (whole bool) {
	t.Helper()
	all, ran := 0, 0
	if opts.Reopen == nil {
		opts.Reopen = func(_ *testing.T, s store.Store) store.Store { return s }
	}
	groups := map[string]map[string]func(*suite){
		"case": caseTests(), "list": listTests(), "inbox": inboxTests(), "outbox": outboxTests(),
		"lease": leaseTests(), "people": peopleTests(), "register": registerTests(),
		"reminder": reminderTests(), "term": termTests(), "concurrent": concurrentTests(),
	}
	for group, tests := range groups {
		all += len(tests)
		if len(opts.Groups) > 0 && !slices.Contains(opts.Groups, group) {
			continue
		}
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					if group == "concurrent" && opts.SkipConcurrent != "" {
						t.Skip(opts.SkipConcurrent)
					}
					ran++
					test(&suite{T: t, store: open(t), reopen: opts.Reopen, spoil: opts.Spoil, spoilChat: opts.SpoilChat})
				})
			}
		})
	}
	return ran == all
}
