package cli

import (
	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/workflow/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Memeriksa rantai riwayat setiap permohonan; menyebut catatan pertama yang tidak cocok."`
}

type auditVerifyCmd struct{ dataDir }

func (c *auditVerifyCmd) Run(con *console) error {
	return c.with(con, func(s store.Store) error { return verifyAll(con, s) })
}

// verifyAll checks every history and every other record, whatever is wrong with one.
func verifyAll(con *console, s store.Store) error {
	report, _, err := audit.Records(con, s)
	con.faults(report.Faults)
	if err != nil {
		return err
	}
	con.say("%d permohonan, %d catatan diperiksa, %d tidak cocok", report.Cases, report.Entries, len(report.Faults))
	if len(report.Faults) > 0 {
		return errQuiet
	}
	return nil
}
