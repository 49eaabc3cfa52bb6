package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/letters"
	"izinbot/workflow/registers"
	"izinbot/workflow/registers/sheets"
	"izinbot/workflow/sop"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

type registerCmd struct {
	Export registerExportCmd `cmd:"" help:"Menulis buku register satu periode sebagai PDF, XLSX dan CSV, juga selagi kantor berjalan."`
}

type registerExportCmd struct {
	dataDir
	Office string   `type:"existingfile" env:"IZINBOT_OFFICE" placeholder:"FILE" help:"Data kantor untuk kop, pengganti yang CONTOH."`
	Kinds  []string `name:"jenis" placeholder:"BUKU" help:"Buku yang ditulis, misalnya surat_keluar; boleh diulang; tanpa ini semua buku."`
	From   string   `name:"dari" required:"" placeholder:"TANGGAL" help:"Hari pertama, misalnya 1/11/2026."`
	To     string   `name:"sampai" required:"" placeholder:"TANGGAL" help:"Hari terakhir, misalnya 30/11/2026."`
	Dir    string   `arg:"" help:"Direktori tujuan; dibuat bila belum ada."`
}

// Run reads the records themselves, or a copy of them while an office runs on SQLite.
func (c *registerExportCmd) Run(con *console) error {
	period, err := c.period()
	if err != nil {
		return err
	}
	office, err := chosen(c.Office, letters.ParseOffice, letters.DefaultOffice)
	if err != nil {
		return err
	}
	err = c.with(con, func(s store.Store) error { return c.export(con, s, office, period) })
	if storage.InUse(err) {
		err = backup.Read(con, c.Data, func(s *sqlitestore.Store) error { return c.export(con, s, office, period) })
	}
	return err
}

func (c *registerExportCmd) period() (p registers.Period, err error) {
	if p.From, err = calendar.ParseDate(c.From); err != nil {
		return p, fmt.Errorf("--dari: %q bukan tanggal; tulis seperti 1/11/2026", c.From)
	}
	if p.To, err = calendar.ParseDate(c.To); err != nil {
		return p, fmt.Errorf("--sampai: %q bukan tanggal; tulis seperti 30/11/2026", c.To)
	}
	if p.To.Before(p.From) {
		return p, errors.New("--sampai: hari terakhir ada sebelum hari pertama")
	}
	p.To = p.To.AddDate(0, 0, 1)
	return p, nil
}

func (c *registerExportCmd) export(con *console, s store.Store, office letters.Office, p registers.Period) error {
	def, err := c.procedure()
	if err != nil {
		return err
	}
	source := registers.Source{Store: s, Procedures: casework.OpenLibrary(s, def, sop.Parse), Office: office}
	books, err := c.books(con, source)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	keeper, superior := registers.Signers(def)
	for _, b := range books {
		d := sheets.Document{Book: b, Period: p, Office: office, Keeper: keeper, Superior: superior}
		if err := c.write(con, source, d); err != nil {
			return err
		}
	}
	return nil
}

// books gives those that were named, or all.
func (c *registerExportCmd) books(ctx context.Context, source registers.Source) ([]registers.Book, error) {
	all, err := source.Books(ctx)
	if err != nil || len(c.Kinds) == 0 {
		return all, err
	}
	var out []registers.Book
	for _, name := range c.Kinds {
		b, ok := registers.Find(all, name)
		if !ok {
			var names []string
			for _, b := range all {
				names = append(names, string(b.Kind))
			}
			return nil, fmt.Errorf("--jenis: tidak ada buku %q; pilih dari %s", name, strings.Join(names, ", "))
		}
		if !slices.ContainsFunc(out, func(o registers.Book) bool { return o.Kind == b.Kind }) {
			out = append(out, b)
		}
	}
	return out, nil
}

// write writes a book in all three forms.
func (c *registerExportCmd) write(con *console, source registers.Source, d sheets.Document) error {
	var tally sheets.Tally
	for _, form := range []struct {
		ending string
		write  func(io.Writer, sheets.Document) (sheets.Tally, error)
	}{{".csv", sheets.CSV}, {".xlsx", sheets.XLSX}, {".pdf", sheets.PDF}} {
		d.Rows = source.Rows(con, d.Book, d.Period)
		path := filepath.Join(c.Dir, d.Period.FileName(d.Book)+form.ending)
		t, err := writeTo(path, func(w io.Writer) (sheets.Tally, error) { return form.write(w, d) })
		if errors.Is(err, sheets.ErrTooLong) {
			con.say("%s lebih dari %d baris, jadi PDF-nya tidak dibuat; pilih periode yang lebih pendek.", d.Book.Title, sheets.MostPrinted)
			continue
		}
		if err != nil {
			return err
		}
		tally = t
	}
	con.say("%s, %s: %d baris, %d batal", d.Book.Title, d.Period, tally.Rows, tally.Void)
	return nil
}

// writeTo writes a file that its owner alone may read; one that was not written to its end is
// removed.
func writeTo(path string, write func(io.Writer) (sheets.Tally, error)) (t sheets.Tally, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // in the directory that the operator names
	if err != nil {
		return t, err
	}
	t, err = write(f)
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(err, os.Remove(path))
	}
	return t, err
}
