package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/translog"
)

// witness keeps the last checkpoint of each day in a directory that others look after: a share of
// another server, or of another office.
type witness struct {
	dir  string // "": there is none
	last []byte // that was kept
}

// ErrOlderLog says that the witness has seen a log that this one does not go on with: an older
// database was put back, or two copies of the office ran apart.
var ErrOlderLog = errors.New("the witness has seen a later log than this one; izinbot audit verify --against tells more")

// keepLog appends to the office's log, and shows the witness its last checkpoint.
func (p *Program) keepLog(ctx context.Context, now time.Time) error {
	if err := p.ledger.Append(ctx, now); err != nil {
		return err
	}
	if err := p.witness.see(p.ledger.Last(), now); err != nil {
		return fmt.Errorf("show the witness a checkpoint: %w", err)
	}
	return nil
}

// see keeps a checkpoint, unless it is older than one of before: [ErrOlderLog].
func (w *witness) see(signed []byte, now time.Time) error {
	if w.dir == "" || len(signed) == 0 || bytes.Equal(signed, w.last) {
		return nil
	}
	c, err := translog.ParseCheckpoint(string(signed))
	if err != nil {
		return err
	}
	prefix := strings.ReplaceAll(c.Origin, "/", "-") + "-"
	before, err := w.latest(prefix)
	if err != nil {
		return err
	}
	if before.Size > c.Size || before.Size == c.Size && before.Root != c.Root {
		return ErrOlderLog
	}
	path := filepath.Join(w.dir, prefix+now.In(workflow.WIB()).Format(time.DateOnly)+".txt")
	if err := os.WriteFile(path+".tmp", signed, 0o600); err != nil {
		return err
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return err
	}
	w.last = signed
	return nil
}

// latest reads the largest checkpoint of this log in the directory; zero: there is none.
func (w *witness) latest(prefix string) (most translog.Checkpoint, err error) {
	names, err := filepath.Glob(filepath.Join(w.dir, prefix+"????-??-??.txt"))
	if err != nil {
		return most, err
	}
	for _, name := range names {
		text, err := os.ReadFile(name) //nolint:gosec // in the directory that the operator names
		if err != nil {
			return most, err
		}
		if c, err := translog.ParseCheckpoint(string(text)); err == nil && c.Size >= most.Size {
			most = c
		}
	}
	return most, nil
}
