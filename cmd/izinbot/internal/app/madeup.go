package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"izinbot/workflow"
)

// ErrMadeUp says that the data are a demo's, whose officers anybody can be.
var ErrMadeUp = errors.New("data ini milik demo, dengan petugas rekaan; pakai direktori lain dengan --data atau IZINBOT_DATA")

// madeUp begins the ids of a demo's officers; those of an office are "p" and random.
const madeUp = "contoh-"

// MakeMadeUp makes the id of a demo's officer.
func MakeMadeUp(name string) workflow.OfficerID { return workflow.OfficerID(madeUp + name) }

// MadeUp tells whether an officer is a demo's.
func MadeUp(id workflow.OfficerID) bool { return strings.HasPrefix(string(id), madeUp) }

// RefuseMadeUp fails with [ErrMadeUp] if an officer of a demo could work here.
func (p *Program) RefuseMadeUp(ctx context.Context) error {
	officers, err := p.Store.Officers(ctx)
	if err != nil {
		return fmt.Errorf("look who works here: %w", err)
	}
	if slices.ContainsFunc(officers, func(o workflow.Officer) bool { return MadeUp(o.ID) }) {
		return fmt.Errorf("%s: %w", p.cfg.Dir, ErrMadeUp)
	}
	return nil
}
