package casework

import (
	"context"
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// CallStore is the part of the store that calls are read from.
type CallStore interface {
	Calls(ctx context.Context) ([]store.Call, error)
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	Officer(ctx context.Context, id workflow.OfficerID) (workflow.Officer, error)
}

// OpenCalls lists the calls that are still to be made, the oldest first: not those of
// cases that have ended, nor of officers who are gone.
func OpenCalls(ctx context.Context, s CallStore) ([]store.Call, error) {
	all, err := s.Calls(ctx)
	if err != nil {
		return nil, fmt.Errorf("read calls: %w", err)
	}
	var open []store.Call
	for _, c := range all {
		ok, err := hasPurpose(ctx, s, c)
		if err != nil {
			return nil, err
		}
		if ok {
			open = append(open, c)
		}
	}
	return open, nil
}

// CallWanted tells whether a call should be asked for: not if one is still to be made by
// a role in which somebody works. Whether one was asked for today the store tells.
func CallWanted(ctx context.Context, s CallStore, c store.Call, works func(workflow.Role) bool) (bool, error) {
	all, err := s.Calls(ctx)
	if err != nil {
		return false, fmt.Errorf("read calls: %w", err)
	}
	for _, o := range all {
		if o.Case == c.Case && o.Officer == c.Officer && (o.Day == c.Day || works(o.Role)) {
			return false, nil
		}
	}
	return true, nil
}

// hasPurpose tells whether it still makes sense to make a call. A case that cannot be
// read may be open.
func hasPurpose(ctx context.Context, s CallStore, c store.Call) (bool, error) {
	if c.Case != "" {
		found, err := s.Case(ctx, c.Case)
		return err != nil && ctx.Err() == nil || found.Open(), ctx.Err()
	}
	o, err := s.Officer(ctx, c.Officer)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return false, nil
	}
	return !o.Disabled, err
}
