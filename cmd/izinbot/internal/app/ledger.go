package app

import (
	"crypto/rand"
	"fmt"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/ledger"
)

// openLedger puts the office's log between those who commit units of work and the store: it notes
// which cases they change, and appends their entries in the minute's work.
func (p *Program) openLedger() error {
	key, err := storage.Config{Dir: p.cfg.Dir, KeyFile: p.cfg.KeyFile}.LogKey()
	if err != nil {
		return fmt.Errorf("open the key of the office's log: %w", err)
	}
	p.ledger = &ledger.Ledger{Store: p.Store, Key: key, Random: rand.Reader, Term: p.Commits.Active}
	p.Commits.Store = p.ledger
	p.witness.dir = p.cfg.Witness
	return nil
}
