package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
)

type backupCmd struct {
	To      string `arg:"" placeholder:"DIR" help:"Direktori baru untuk cadangan."`
	Data    string `default:"izinbot-data" env:"IZINBOT_DATA" placeholder:"DIR" help:"Direktori data yang dicadangkan."`
	WithKey bool   `name:"with-key" help:"Sertakan berkas kunci. Siapa pun yang memegang cadangan itu dapat membaca semuanya."`
}

// Run saves the data and tells what else must be kept.
func (c *backupCmd) Run(con *console) error {
	place, err := placeIn(c.Data, con.now())
	if err != nil {
		return err
	}
	if place.MongoURI != "" {
		return errors.New(keyMongo + " terisi, jadi datanya di MongoDB: cadangkan dengan mongodump (lihat docs/operasi.md)")
	}
	m, err := backup.Take(con, backup.Options{From: place, To: c.To, Key: c.WithKey, Session: sessionElsewhere(c.Data)}, con.now())
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(con.out, "Cadangan selesai: %d berkas, %d kB, di %s.\n", len(m.Files), m.Size()/1000, c.To); err != nil {
		return err
	}
	if c.WithKey {
		_, err = fmt.Fprintln(con.out, "Berkas kunci ikut disimpan: siapa pun yang memegang cadangan ini dapat membaca semua dokumen.")
	} else {
		_, err = fmt.Fprintf(con.out, "Berkas kunci TIDAK ikut. Simpan salinan %s di tempat lain: tanpa kunci itu dokumen tidak dapat dibaca lagi.\n", place.Keys())
	}
	return err
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
	From    string `arg:"" placeholder:"DIR" help:"Direktori cadangan."`
	Data    string `required:"" placeholder:"DIR" help:"Direktori data yang dibuat; harus baru atau kosong."`
	KeyFile string `name:"key" type:"existingfile" placeholder:"FILE" help:"Berkas kunci, bila tidak ada di cadangan."`
}

// Run puts the backup back and verifies every history in it.
func (c *restoreCmd) Run(con *console) error {
	place := storage.Place{Dir: c.Data}
	m, err := backup.Restore(con, c.From, place, c.KeyFile)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(con.out, "Dipulihkan: %d berkas, keadaan %s.\n", len(m.Files), wordTime(m.Begun)); err != nil {
		return err
	}
	data, err := storage.Open(con, place)
	if err != nil {
		return err
	}
	return errors.Join(verifyAll(con, data.Store), data.Close())
}
