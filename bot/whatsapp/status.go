//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"izinbot/bot/whatsapp/internal/session"
)

// ReadStatus reads the status at an instant from a session file without changing it.
// That there is no such file is no error: nothing was ever linked.
func ReadStatus(ctx context.Context, path string, now time.Time) (Status, error) {
	none := Status{States: []State{{Code: StateUnlinked}}}
	path, err := filepath.Abs(path)
	if err != nil {
		return none, fmt.Errorf("find session file: %w", err)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	running, err := session.InUse(path)
	if err != nil {
		return none, err
	}
	f, err := session.OpenToRead(path)
	if err != nil {
		return none, err
	}
	defer func() { _ = f.Close() }()
	st := Status{Running: running}
	if err := st.read(ctx, f, now); err != nil {
		return none, fmt.Errorf("read WhatsApp session %s: %w", path, err)
	}
	st.settle()
	return st, nil
}

func (st *Status) read(ctx context.Context, f *session.File, now time.Time) (err error) {
	if st.Number, err = f.Number(ctx); err != nil {
		return err
	}
	if st.States, err = states(ctx, f); err != nil {
		return err
	}
	if st.LastSign, err = f.Fact(ctx, session.FactSign); err != nil {
		return err
	}
	if st.PhoneSeen, err = f.Fact(ctx, session.FactPhoneSeen); err != nil {
		return err
	}
	counts, err := f.Count(ctx, now.Add(-day))
	st.Messages = Messages(counts)
	return err
}

// states gives the states that a file keeps.
func states(ctx context.Context, f *session.File) ([]State, error) {
	kept, err := f.States(ctx)
	out := make([]State, len(kept))
	for i, s := range kept {
		out[i] = State{Code: StateCode(s.Code), Since: s.Since, Until: s.Until, Detail: s.Detail}
	}
	return out, err
}

// keepStates replaces the states that a file keeps.
func keepStates(ctx context.Context, f *session.File, states []State) error {
	kept := make([]session.State, len(states))
	for i, s := range states {
		kept[i] = session.State{Code: string(s.Code), Since: s.Since, Until: s.Until, Detail: s.Detail}
	}
	return f.KeepStates(ctx, kept)
}

// settle corrects what a process that is no longer there could not write any more.
func (st *Status) settle() {
	if len(st.States) == 0 {
		st.States = []State{{Code: StateUnlinked}}
	}
	if link := &st.States[0]; !st.Running && st.Number != "" && !link.final() {
		*link = State{Code: StateStopped, Since: link.Since}
	}
}
