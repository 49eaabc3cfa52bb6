package cli

import (
	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Memeriksa rantai riwayat setiap permohonan; menyebut catatan pertama yang tidak cocok."`
}

type auditVerifyCmd struct{ dataDir }

// Run reads the records themselves, or a copy of them while an office runs on SQLite.
func (c *auditVerifyCmd) Run(con *console) error {
	err := c.with(con, func(s store.Store) error { return verifyAll(con, s) })
	if !storage.InUse(err) {
		return err
	}
	report, err := backup.Audit(con, c.Data)
	return tellAudit(con, report, err)
}

func verifyAll(con *console, s store.Store) error {
	report, _, err := audit.Records(con, s)
	return tellAudit(con, report, err)
}

// tellAudit prints what is wrong with each record, whatever is wrong with another.
func tellAudit(con *console, report audit.Report, err error) error {
	con.faults(report.Faults)
	if err != nil {
		return err
	}
	for _, d := range report.Doubles {
		advise(con.errs, d.String())
	}
	con.say("%d permohonan, %d catatan diperiksa, %d tidak cocok", report.Cases, report.Entries, len(report.Faults))
	if len(report.Faults) > 0 {
		return errQuiet
	}
	return nil
}
