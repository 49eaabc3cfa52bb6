package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
)

type backupCmd struct {
	Make   backupMakeCmd   `cmd:"" default:"withargs" help:"Membuat cadangan (bawaan: izinbot backup DIR)."`
	Verify backupVerifyCmd `cmd:"" help:"Memeriksa cadangan tanpa mengubahnya: memulihkannya ke tempat sementara, membuka setiap berkas, memeriksa setiap riwayat."`
}

type backupMakeCmd struct {
	To      string `arg:"" name:"DIR" help:"Direktori baru untuk cadangan."`
	Data    string `default:"izinbot-data" env:"IZINBOT_DATA" placeholder:"DIR" help:"Direktori data yang dicadangkan."`
	WithKey bool   `name:"with-key" help:"Sertakan berkas kunci. Siapa pun yang memegang cadangan itu dapat membaca semuanya."`
}

// Run saves the data and tells what of it is damaged, and what else must be kept.
func (c *backupMakeCmd) Run(con *console) error {
	place, err := placeIn(c.Data, con.now())
	if err != nil {
		return err
	}
	taken, err := backup.Take(con, backup.Options{
		From: place, To: c.To, Key: c.WithKey, Session: sessionElsewhere(c.Data), Said: con.progress(),
	}, con.now())
	if err != nil {
		return err
	}
	con.say("Cadangan selesai: %d berkas, %d kB, di %s.", len(taken.Files), taken.Size()/1000, c.To)
	if c.WithKey {
		con.say("Berkas kunci ikut disimpan: siapa pun yang memegang cadangan ini dapat membaca semua dokumen.")
	} else {
		con.say("Berkas kunci TIDAK ikut. Simpan salinan %s di tempat lain: tanpa kunci itu dokumen tidak dapat dibaca lagi.", place.Keys())
	}
	if taken.Unsure != nil {
		con.faults(taken.Report.Faults)
		con.say("Cadangan disimpan, tetapi isinya BELUM DIPERIKSA: %v.", taken.Unsure)
		return errQuiet
	}
	con.checked(taken.Report)
	if len(taken.Report.Faults) > 0 {
		con.faults(taken.Report.Faults)
		con.say("Yang disebut di atas sudah rusak atau hilang di data kantor. Cadangan ini tetap disimpan karena sisanya utuh;")
		con.say("JANGAN hapus cadangan yang lebih lama: mungkin yang hilang masih ada di situ.")
		return errQuiet
	}
	return nil
}

type backupVerifyCmd struct {
	From    string `arg:"" name:"DIR" type:"existingdir" help:"Direktori cadangan."`
	KeyFile string `name:"key" type:"existingfile" placeholder:"FILE" help:"Berkas kunci, bila tidak ada di cadangan."`
	Temp    string `type:"existingdir" placeholder:"DIR" help:"Tempat sementara; perlu ruang sebesar cadangan (bawaan: direktori sementara sistem)."`
}

// errUnsure ends with exit code 2; why was printed.
const errUnsure exitError = 2

// Run verifies a backup: exit code 0 for baik, 1 for rusak, 2 for tidak pasti.
func (c *backupVerifyCmd) Run(con *console) error {
	v := backup.Verify(con, backup.Verifying{From: c.From, KeyFile: c.KeyFile, Temp: c.Temp, Said: con.progress()})
	for _, f := range v.Faults {
		con.say("%s", f)
	}
	for _, f := range v.Report.Faults {
		since := ""
		if slices.Contains(v.Manifest.Lacks, f.String()) {
			since = " (sudah begitu di kantor saat dicadangkan)"
		}
		con.say("%s%s", f, since)
	}
	for _, err := range v.Unsure {
		con.say("Tidak dapat dipastikan: %v.", err)
		if do := remedy(err); do != "" {
			con.say("%s", do)
		}
	}
	con.checked(v.Report)
	state := "keadaan " + wordTime(v.Manifest.Begun)
	if v.Manifest.Begun.IsZero() {
		state = "keadaan tidak diketahui"
	}
	switch {
	case v.Bad():
		con.say("Cadangan %s, %s: rusak", c.From, state)
		return errQuiet
	case !v.Good():
		con.say("Cadangan %s, %s: tidak pasti", c.From, state)
		return errUnsure
	}
	con.say("Cadangan %s, %s: baik", c.From, state)
	return nil
}

// checked says what was looked at.
func (con *console) checked(r audit.Report) {
	con.say("Diperiksa: %d permohonan, %d catatan riwayat, %d berkas dibuka, %d surat; %d yang rusak atau hilang.",
		r.Cases, r.Entries, r.Files, r.Letters, len(r.Faults))
}

func (con *console) faults(list []audit.Fault) {
	for _, f := range list {
		con.say("%s", f)
	}
}

// say prints a line; that nobody hears it ends no work that is under way.
func (con *console) say(format string, args ...any) {
	_, _ = fmt.Fprintf(con.out, format+"\n", args...)
}

// manyFiles is after how many files it is told that the work goes on.
const manyFiles = 1000

// progress tells beside the answer how far a long work has come.
func (con *console) progress() backup.Said {
	return func(work string, done, all int) {
		if done > 0 && done%manyFiles == 0 {
			_, _ = fmt.Fprintf(con.errs, "%s: %d dari %d\n", work, done, all)
		}
	}
}

// sessionElsewhere gives the WhatsApp session if the settings keep it out of the data
// directory, and there is one.
func sessionElsewhere(dir string) string {
	path := strings.TrimSpace(os.Getenv(keyWhatsAppSession))
	if path == "" || filepath.Clean(path) == filepath.Join(dir, backup.SessionFile) {
		return ""
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) { //nolint:gosec // the operator names the file
		return ""
	}
	return path
}

type restoreCmd struct {
	From     string `arg:"" name:"DIR" help:"Direktori cadangan."`
	Data     string `required:"" placeholder:"DIR" help:"Direktori data yang dibuat; harus baru atau kosong."`
	KeyFile  string `name:"key" type:"existingfile" placeholder:"FILE" help:"Berkas kunci, bila tidak ada di cadangan."`
	Unsealed bool   `help:"Terima cadangan lama yang daftar isinya belum bersegel. Tidak dapat dipastikan bahwa tidak ada yang dikurangi."`
}

// Run puts the backup back, reads every file in it and verifies every history.
func (c *restoreCmd) Run(con *console) error {
	place := storage.Config{Dir: c.Data}
	m, err := backup.Restore(con, backup.Restoring{From: c.From, To: place, KeyFile: c.KeyFile, Unsealed: c.Unsealed, Said: con.progress()})
	if err != nil {
		return err
	}
	con.say("Dipulihkan: %d berkas, keadaan %s.", len(m.Files), wordTime(m.Begun))
	if m.Seal == "" {
		con.say("PERINGATAN: cadangan lama tanpa segel. Cocokkan jumlah permohonan dengan catatan Anda.")
	}
	data, err := storage.Open(con, place)
	if err != nil {
		return err
	}
	report, err := readAll(con, data, m.Dropped)
	if err := errors.Join(err, data.Close()); err != nil {
		return err
	}
	con.faults(report.Faults)
	con.checked(report)
	if len(report.Faults) > 0 {
		con.say("Yang disebut di atas tidak ada atau rusak di cadangan; sisanya sudah dipulihkan.")
		return errQuiet
	}
	return nil
}

// readAll audits records and files.
func readAll(con *console, data *storage.Data, spare []string) (audit.Report, error) {
	report, wanted, err := audit.Records(con, data.Store)
	if err != nil {
		return report, err
	}
	return report, report.Read(con, data.Files, wanted, spare, func(done, all int) { con.progress()("membuka berkas", done, all) })
}
