package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"izinbot/workflow"
	"izinbot/workflow/sop"
)

type sopCmd struct {
	Check sopCheckCmd `cmd:"" help:"Menyebut setiap kesalahan berkas SOP dengan barisnya."`
	Draw  sopDrawCmd  `cmd:"" help:"Menggambar tabel resmi dan alurnya."`
}

type sopCheckCmd struct {
	File string `arg:"" type:"existingfile" help:"Berkas SOP (YAML)."`
}

func (c *sopCheckCmd) Run(con *console) error {
	source, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	def, err := sop.Check(source)
	if faults, ok := errors.AsType[sop.Faults](err); ok {
		for _, f := range faults {
			if _, err := fmt.Fprintf(con.out, "%s:%d: %s\n", near(c.File), f.Line, f.Text); err != nil {
				return err
			}
		}
		_, _ = fmt.Fprintf(con.out, "%d kesalahan\n", len(faults))
		return errQuiet
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s: benar. %s versi %s, %d langkah, %d dokumen, %d isian\n",
		near(c.File), def.Ref.Name, def.Ref.Version, len(def.Steps), len(def.Documents), len(def.Form))
	return err
}

// near names a file as somebody in the working directory does: flags of files come as
// whole paths.
func near(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if short, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(short) {
		return short
	}
	return path
}

type sopDrawCmd struct {
	File   string `arg:"" optional:"" type:"existingfile" help:"Berkas SOP; yang bawaan bila tidak disebut."`
	Format string `enum:"md,svg" default:"md" help:"md (tabel dan alur) atau svg (bagan alur)."`
}

func (c *sopDrawCmd) Run(con *console) error {
	def, err := c.load()
	if err != nil {
		return err
	}
	drawing := sop.DrawMarkdown(def)
	if c.Format == "svg" {
		drawing = sop.DrawSVG(def)
	}
	_, err = con.out.Write(drawing)
	return err
}

func (c *sopDrawCmd) load() (*workflow.SOP, error) {
	if c.File == "" {
		def, _, err := sop.Default()
		return def, err
	}
	source, err := os.ReadFile(c.File)
	if err != nil {
		return nil, err
	}
	return sop.Parse(source)
}
