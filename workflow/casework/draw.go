package casework

import (
	"bytes"
	"context"
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// draw makes the PDFs of letters and puts them into the file store. Files are
// content-addressed, so what a crash leaves behind harms nobody.
func (d *Desk) draw(ctx context.Context, def *workflow.SOP, c workflow.Case, ids []workflow.LetterID) (map[workflow.LetterID]workflow.LetterFile, error) {
	if len(ids) == 0 {
		return nil, nil //nolint:nilnil // no letters, no files: the fact is simply absent
	}
	files := make(map[workflow.LetterID]workflow.LetterFile, len(ids))
	for _, id := range ids {
		l, ok := c.Letter(id)
		if !ok {
			continue
		}
		addressee, err := d.Draw(ctx, def, c, l, letters.Addressee)
		if err != nil {
			return nil, err
		}
		archive, err := d.Draw(ctx, def, c, l, letters.Archive)
		if err != nil {
			return nil, err
		}
		files[id] = workflow.LetterFile{File: addressee, Archive: archive}
	}
	return files, nil
}

// Draw makes one copy of a letter and stores it.
func (d *Desk) Draw(ctx context.Context, def *workflow.SOP, c workflow.Case, l workflow.Letter, kind letters.Copy) (workflow.File, error) {
	pdf, err := d.Letters.Draw(ctx, def, c, l, kind)
	if err != nil {
		return workflow.File{}, fmt.Errorf("draw %s: %w", l.ID, err)
	}
	key, size, err := d.Files.Put(ctx, bytes.NewReader(pdf))
	if err != nil {
		return workflow.File{}, fmt.Errorf("store %s: %w", l.ID, err)
	}
	return workflow.File{SHA256: key, Name: FileName(c, l, kind), Type: "application/pdf", Size: size}, nil
}

// FileName names a letter's file as people find it again:
// "LKS-2026-00042-7 resi.pdf".
func FileName(c workflow.Case, l workflow.Letter, kind letters.Copy) string {
	name := string(c.ID) + " " + string(l.ID)
	if kind == letters.Archive {
		name += " arsip"
	}
	return name + ".pdf"
}
