package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"izinbot/workflow/translog"
)

// Claims are read from a store.
type Claims interface {
	Claimed(ctx context.Context, prefix string) ([]string, error)
}

// Log is the log as a store keeps it.
type Log struct {
	Runs        []Run    // in the order of the log
	Checkpoints [][]byte // signed notes, the smallest first
	// Faults are the claims that nobody but another program has written, by their place.
	Faults []string
}

// Read reads the whole log.
func Read(ctx context.Context, s Claims) (l Log, err error) {
	runs, err := s.Claimed(ctx, logPrefix)
	if err != nil {
		return l, fmt.Errorf("read the log: %w", err)
	}
	checkpoints, err := s.Claimed(ctx, checkpointPrefix)
	if err != nil {
		return l, fmt.Errorf("read checkpoints: %w", err)
	}
	for i, claim := range runs {
		r, err := parseRun(claim)
		if err != nil {
			l.Faults = append(l.Faults, fmt.Sprintf("log ke-%d", i+1))
			continue
		}
		l.Runs = append(l.Runs, r)
	}
	slices.SortStableFunc(l.Runs, func(a, b Run) int { return cmp.Compare(a.Index, b.Index) })
	for i, claim := range checkpoints {
		signed, _, err := parseCheckpoint(claim)
		if err != nil {
			l.Faults = append(l.Faults, fmt.Sprintf("checkpoint ke-%d", i+1))
			continue
		}
		l.Checkpoints = append(l.Checkpoints, signed)
	}
	return l, nil
}

// Tree gives the log's tree.
func (l Log) Tree() (t translog.Tree) {
	for _, r := range l.Runs {
		for _, e := range r.Entries {
			t.Append(e)
		}
	}
	return t
}
