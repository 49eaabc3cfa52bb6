package cli

import (
	"cmp"
	"errors"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Mengulang riwayat setiap permohonan dan mencocokkannya dengan permohonan, tugas, surat dan register yang tersimpan; menyebut yang tidak cocok."`
}

type auditVerifyCmd struct {
	dataDir
	Backup  string `type:"existingdir" placeholder:"DIR" help:"Periksa cadangan ini, bukan data kantor."`
	Files   bool   `help:"Baca juga isi setiap berkas dan surat."`
	KeyFile string `name:"key" type:"existingfile" placeholder:"FILE" help:"Berkas kunci untuk --files, bila tidak di tempat biasanya."`
}

// Run reads the records themselves, a copy of them while an office runs on SQLite, or a backup.
func (c *auditVerifyCmd) Run(con *console) error {
	if c.Backup != "" {
		return backup.Saved(con, c.Backup, func(s *sqlitestore.Store, spare []string) error { return c.verify(con, s, spare) })
	}
	err := c.with(con, func(s store.Store) error { return c.verify(con, s, nil) })
	if storage.InUse(err) {
		err = backup.Read(con, c.Data, func(s *sqlitestore.Store) error { return c.verify(con, s, nil) })
	}
	return err
}

// verify audits records, and files if that is asked for. spare are files that may be missing.
func (c *auditVerifyCmd) verify(con *console, s store.Store, spare []string) error {
	report, wanted, err := audit.Verify(con, s)
	if err == nil && c.Files {
		err = c.readFiles(con, &report, wanted, spare)
	}
	return tellAudit(con, report, err)
}

func (c *auditVerifyCmd) readFiles(con *console, report *audit.Report, wanted audit.Wanted, spare []string) error {
	place, err := placeIn(c.Data, con.now())
	if err != nil {
		return err
	}
	if c.Backup != "" {
		place = storage.Config{Dir: c.Backup}
	}
	place.KeyFile = cmp.Or(c.KeyFile, place.KeyFile)
	files, done, err := filesOf(con, place)
	if err != nil {
		return err
	}
	err = report.Read(con, files, wanted, spare, func(n, all int) { con.progress()("membuka berkas", n, all) })
	return errors.Join(err, done())
}

// filesOf opens the files of a place to read them.
func filesOf(con *console, place storage.Config) (storage.Files, func() error, error) {
	if place.MongoURI != "" {
		data, err := storage.Open(con, place)
		if err != nil {
			return nil, nil, err
		}
		return data.Files, data.Close, nil
	}
	files, err := filestore.OpenToRead(con, filepath.Join(place.Dir, storage.FilesDir), place.Keys())
	if err != nil {
		return nil, nil, err
	}
	return files, files.Close, nil
}

// verifyAll audits the records of a copy, which was compared with what was copied.
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
	for _, n := range report.Spare {
		advise(con.errs, n)
	}
	if report.Files > 0 {
		con.say("%d berkas dibuka", report.Files)
	}
	con.say("%d permohonan, %d catatan diperiksa, %d tidak cocok", report.Cases, report.Entries, len(report.Faults))
	if len(report.Faults) > 0 {
		return errQuiet
	}
	return nil
}
