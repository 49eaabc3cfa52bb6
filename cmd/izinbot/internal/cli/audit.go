package cli

import (
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Memeriksa rantai riwayat setiap permohonan; menyebut catatan pertama yang tidak cocok."`
}

type auditVerifyCmd struct{ dataDir }

// batch is how many cases are listed at once.
const batch = 500

func (c *auditVerifyCmd) Run(con *console) error {
	return c.with(con, func(s store.Store) error { return verifyAll(con, s) })
}

func verifyAll(con *console, s store.Store) error {
	cases, entries, broken := 0, 0, 0
	after := workflow.CaseID("")
	for {
		ids, err := s.CaseIDs(con, after, batch)
		if err != nil {
			return err
		}
		for _, id := range ids {
			n, fault, err := verify(con, s, id)
			if err != nil {
				return err
			}
			cases, entries, after = cases+1, entries+n, id
			if fault != "" {
				broken++
				if _, err := fmt.Fprintln(con.out, fault); err != nil {
					return err
				}
			}
		}
		if len(ids) < batch {
			break
		}
	}
	if _, err := fmt.Fprintf(con.out, "%d permohonan, %d catatan diperiksa, %d tidak cocok\n", cases, entries, broken); err != nil {
		return err
	}
	if broken > 0 {
		return errQuiet
	}
	return nil
}

// verify checks one case: the chain of its history, and that it ends where the
// case says it does. A case that cannot be read is a fault like any other.
func verify(con *console, s store.Store, id workflow.CaseID) (n int, fault string, err error) {
	entries, err := s.History(con, id)
	if err != nil {
		return 0, "", fmt.Errorf("history of %s: %w", id, err)
	}
	c, err := s.Case(con, id)
	if workflow.CodeOf(err) == workflow.CodeUnavailable || con.Err() != nil {
		return 0, "", fmt.Errorf("case %s: %w", id, err)
	}
	if err != nil {
		return len(entries), fmt.Sprintf("%s: the case cannot be read: %v", id, err), nil
	}
	if seq, reason := c.VerifyHistory(entries); seq > 0 {
		return len(entries), fmt.Sprintf("%s: entry %d %s", id, seq, reason), nil
	}
	return len(entries), "", nil
}
