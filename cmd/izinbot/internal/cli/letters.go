package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/workflow/letters"
	"izinbot/workflow/letters/blocks"
)

type lettersCmd struct {
	Export lettersExportCmd `cmd:"" help:"Menulis kalimat surat bawaan ke sebuah direktori, untuk diubah."`
	Check  lettersCheckCmd  `cmd:"" help:"Menyebut setiap kesalahan kalimat surat dengan berkas dan barisnya."`
	Sample lettersSampleCmd `cmd:"" help:"Menggambar contoh semua surat dengan data CONTOH."`
	Sign   lettersSignCmd   `cmd:"" help:"Menandatangani surat yang sudah jadi (PAdES B-B) dengan kunci dalam berkas."`
	Stamp  lettersStampCmd  `cmd:"" help:"Membubuhkan cap waktu pada surat yang sudah ditandatangani (B-T; dengan --crl: B-LTA)."`
}

type lettersExportCmd struct {
	Dir string `arg:"" help:"Direktori tujuan; dibuat bila belum ada. Berkas yang sudah ada tidak ditimpa."`
}

func (c *lettersExportCmd) Run(con *console) error {
	if err := letters.ExportTexts(c.Dir); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("di %s sudah ada berkas kalimat surat; pilih direktori lain, atau pindahkan dahulu", c.Dir)
		}
		return err
	}
	_, err := fmt.Fprintf(con.out, "Kalimat surat bawaan ada di %s. Ubah yang perlu saja, lalu: izinbot letters check %s\n", c.Dir, c.Dir)
	return err
}

type lettersCheckCmd struct {
	Dir string `arg:"" type:"existingdir" help:"Direktori kalimat surat."`
}

func (c *lettersCheckCmd) Run(con *console) error {
	_, err := letters.ReadTexts(os.DirFS(c.Dir))
	if faults, ok := errors.AsType[blocks.Faults](err); ok {
		for _, f := range faults {
			if _, err := fmt.Fprintf(con.out, "%s:%d: %s\n", near(filepath.Join(c.Dir, f.File)), f.Line, f.Text); err != nil {
				return err
			}
		}
		_, _ = fmt.Fprintf(con.out, "%d kesalahan\n", len(faults))
		return errQuiet
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s: benar. Dipakai dengan teks_surat di berkas kantor; lihat hasilnya: izinbot letters sample DIR --office FILE\n", near(c.Dir))
	return err
}

type lettersSampleCmd struct {
	sources
	Dir string `arg:"" help:"Direktori tujuan."`
}

// Run plays the demo's stories, whose letters are those of a whole case: every fact in them
// comes from where it comes from in an office.
func (c *lettersSampleCmd) Run(con *console) error {
	d := demoCmd{sources: c.sources, Auto: "semua"}
	cfg, err := d.config(con)
	if err != nil {
		return err
	}
	if err := demo.Auto(con, cfg, d.Auto, c.Dir, io.Discard); err != nil {
		return err
	}
	drawn, err := filepath.Glob(filepath.Join(c.Dir, "*", "*.pdf"))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%d surat contoh ada di %s: izin yang terbit, yang ditolak, dan yang diklarifikasi. SKRD hanya ada bila SOP-nya bertarif.\n", len(drawn), c.Dir)
	return err
}
