package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"izinbot/handlers/web"
	"izinbot/workflow"
)

// Stories are the names that Auto knows; "semua" plays all.
func Stories() []string { return []string{"terbit", "tolak", "klarifikasi"} }

// Stories of the same ways through the procedure, so that "semua" leaves them out.
const (
	twoChats  = "sambung" // the applicant goes on in another chat
	atCounter = "loket"   // the permit is collected at the counter
)

// Auto plays stories unattended: through the chat handlers, on a real store in a
// directory of its own, with a clock that stands still until the story moves it.
// It prints the transcript and a table of the steps, and writes every letter below
// dir. It fails unless each case reaches its end.
func Auto(ctx context.Context, cfg Config, which, dir string, out io.Writer) error {
	names := []string{which}
	if which == "semua" {
		names = Stories()
	}
	switch {
	case which == twoChats:
		cfg.extra = append(cfg.extra, secondPhone())
	case which != "semua" && which != atCounter && !slices.Contains(Stories(), which):
		return fmt.Errorf("tidak ada cerita %q; pilih terbit, tolak, klarifikasi, sambung, loket, atau semua", which)
	}
	if err := ours(ctx, cfg.Dir); err != nil {
		return err
	}
	cfg, forget, err := cfg.forAWhile(ctx)
	if err != nil {
		return err
	}
	defer forget()
	start := time.Date(2026, 11, 23, 7, 0, 0, 0, workflow.WIB())
	d, err := open(ctx, cfg, stillClock(start), "http://127.0.0.1:8080")
	if err != nil {
		return err
	}
	files, err := samples(d.Program.Desk.Library.Current())
	if err == nil {
		err = d.playAll(ctx, names, files, dir, out)
	}
	return errors.Join(err, d.Close(context.WithoutCancel(ctx)))
}

func (d *Demo) playAll(ctx context.Context, names []string, files []web.Sample, dir string, out io.Writer) error {
	p := newPlayer(d, files, out)
	var ids []workflow.CaseID
	for _, name := range names {
		s, err := loadStory(name)
		if err != nil {
			return err
		}
		if err := p.play(ctx, s); err != nil {
			return err
		}
		id := p.theCase(1)
		if err := d.writeLetters(ctx, id, filepath.Join(dir, name+" "+string(id))); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	for i, id := range ids {
		if err := d.report(ctx, id, names[i], out); err != nil {
			return err
		}
	}
	return nil
}

// writeLetters writes the letters of a case, named by the step that made them.
func (d *Demo) writeLetters(ctx context.Context, id workflow.CaseID, dir string) error {
	c, err := d.Program.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	if err := makeDir(dir); err != nil {
		return err
	}
	for _, l := range c.Letters {
		for _, copied := range []struct {
			file workflow.File
			mark string
		}{{l.File, ""}, {l.Archive, " arsip"}} {
			name := fmt.Sprintf("%02d %s%s.pdf", l.Step, l.ID, copied.mark)
			if err := d.write(ctx, copied.file, filepath.Join(dir, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Demo) write(ctx context.Context, f workflow.File, path string) error {
	content, err := d.Program.Files.Open(ctx, f.SHA256)
	if err != nil {
		return fmt.Errorf("open letter: %w", err)
	}
	data, err := io.ReadAll(content)
	if err := errors.Join(err, content.Close()); err != nil {
		return fmt.Errorf("read letter: %w", err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil { //nolint:gosec // the operator names the directory
		return fmt.Errorf("write letter: %w", err)
	}
	return nil
}

func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make directory: %w", err)
	}
	return nil
}
