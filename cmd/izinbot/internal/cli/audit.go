package cli

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/ledger"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

type auditCmd struct {
	Verify     auditVerifyCmd     `cmd:"" help:"Mengulang riwayat setiap permohonan dan mencocokkannya dengan permohonan, tugas, surat, register dan log kantor; menyebut yang tidak cocok."`
	Checkpoint auditCheckpointCmd `cmd:"" help:"Mencetak checkpoint terakhir log kantor, untuk disimpan di tempat lain."`
	Key        auditKeyCmd        `cmd:"" name:"kunci" help:"Mencetak kunci publik log kantor, untuk siapa pun yang memeriksa checkpoint."`
}

type auditVerifyCmd struct {
	dataDir
	Backup  string `type:"existingdir" placeholder:"DIR" help:"Periksa cadangan ini, bukan data kantor."`
	Against string `type:"existingfile" placeholder:"FILE" help:"Checkpoint dari dulu yang harus masih termuat di log kantor."`
	Public  string `name:"kunci-publik" placeholder:"KUNCI" help:"Kunci publik log kantor (izinbot audit kunci), bila berkas kunci tidak ada di sini."`
	Files   bool   `help:"Baca juga isi setiap berkas dan surat."`
	KeyFile string `name:"key" type:"existingfile" placeholder:"FILE" help:"Berkas kunci, bila tidak di tempat biasanya."`
}

// Run reads the records themselves, a copy of them while an office runs on SQLite, or a backup.
func (c *auditVerifyCmd) Run(con *console) error {
	trust, err := c.trust(con)
	if err != nil {
		return err
	}
	if c.Backup != "" {
		return backup.Saved(con, c.Backup, func(s *sqlitestore.Store, spare []string) error { return c.verify(con, s, trust, spare) })
	}
	return c.reading(con, func(s store.Store) error { return c.verify(con, s, trust, nil) })
}

// reading has do read the records themselves, or a copy of them while an office runs on SQLite.
func (d dataDir) reading(con *console, do func(store.Store) error) error {
	err := d.with(con, do)
	if storage.InUse(err) {
		err = backup.Read(con, d.Data, func(s *sqlitestore.Store) error { return do(s) })
	}
	return err
}

// place tells where files and keys are.
func (c *auditVerifyCmd) place(con *console) (storage.Config, error) {
	place, err := placeIn(c.Data, con.now())
	if c.Backup != "" {
		place = storage.Config{Dir: c.Backup}
	}
	place.KeyFile = cmp.Or(c.KeyFile, place.KeyFile)
	return place, err
}

// trust gives the public key, if it is given or can be made of the key file, and the checkpoint of
// before.
func (c *auditVerifyCmd) trust(con *console) (audit.Trust, error) {
	place, err := c.place(con)
	if err != nil {
		return audit.Trust{}, err
	}
	t := audit.Trust{Public: c.Public}
	if _, err := os.Stat(place.Keys()); c.Public == "" && err == nil {
		key, err := place.LogKey()
		if err != nil {
			return t, err
		}
		t.Public = key.Public()
	}
	t.Against, err = readFile(c.Against)
	return t, err
}

// verify audits records, and files if that is asked for. spare are files that may be missing.
func (c *auditVerifyCmd) verify(con *console, s store.Store, trust audit.Trust, spare []string) error {
	report, wanted, err := audit.Verify(con, s, trust)
	if err == nil && c.Files {
		err = c.readFiles(con, &report, wanted, spare)
	}
	if err == nil {
		tellLog(con, report.Log, trust)
	}
	return tellAudit(con, report, err)
}

// tellLog says what the log holds, and what of it was not looked at.
func tellLog(con *console, log audit.Logged, trust audit.Trust) {
	if log.Last.Size > 0 {
		con.say("Log kantor: %d catatan, checkpoint terakhir %s", log.Entries, log.Last.Short())
	}
	for _, c := range log.Compared {
		con.say("Checkpoint yang dibandingkan termuat: %d catatan, %s", c.Size, c.Short())
	}
	if log.Waiting > 0 {
		con.say("%d catatan belum masuk log kantor; izinbot memasukkannya tiap menit selagi berjalan", log.Waiting)
	}
	if trust.Public == "" {
		advise(con.errs, "tanda tangan checkpoint tidak diperiksa, karena berkas kunci tidak ada; sebutkan --key atau --kunci-publik")
	}
}

type auditCheckpointCmd struct{ dataDir }

// Run prints the last checkpoint as it was signed.
func (c *auditCheckpointCmd) Run(con *console) error {
	return c.reading(con, func(s store.Store) error {
		log, err := ledger.Read(con, s)
		if err != nil {
			return err
		}
		if len(log.Checkpoints) == 0 {
			return errors.New("log kantor belum ada; izinbot membuatnya dalam satu menit sesudah dijalankan")
		}
		_, err = con.out.Write(log.Checkpoints[len(log.Checkpoints)-1])
		return err
	})
}

type auditKeyCmd struct{ dataDir }

// Run prints the public key of the office's log.
func (c *auditKeyCmd) Run(con *console) error {
	place, err := placeIn(c.Data, con.now())
	if err != nil {
		return err
	}
	key, err := place.LogKey()
	if err != nil {
		return err
	}
	con.say("%s", key.Public())
	return nil
}

func (c *auditVerifyCmd) readFiles(con *console, report *audit.Report, wanted audit.Wanted, spare []string) error {
	place, err := c.place(con)
	if err != nil {
		return err
	}
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
