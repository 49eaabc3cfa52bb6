package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// draw makes the PDFs of letters and puts them into the file store. Files are
// content-addressed, so those that a crash leaves behind do no harm. A letter whose
// content is the same as in an earlier try of the work is not drawn again.
func (w *Work) draw(ctx context.Context, def *workflow.SOP, c workflow.Case, ids []workflow.LetterID) (map[workflow.LetterID]workflow.LetterFile, error) {
	if len(ids) == 0 {
		return nil, nil //nolint:nilnil // no letters, no files: the fact is simply absent
	}
	c.Version, c.Head = 0, "" // another entry alone makes no other letter
	content, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode case: %w", err)
	}
	sum := sha256.Sum256(content)
	files := make(map[workflow.LetterID]workflow.LetterFile, len(ids))
	for _, id := range ids {
		l, ok := c.Letter(id)
		if !ok {
			continue
		}
		key := drawing{letter: id, content: sum}
		file, ok := w.drawn[key]
		if !ok {
			if file, err = w.desk.drawBoth(ctx, def, c, l); err != nil {
				return nil, err
			}
			w.drawn[key] = file
		}
		files[id] = file
	}
	return files, nil
}

// drawing identifies a letter and all that it is made of: the case holds the letter's
// fields, its marks, and the version of its procedure.
type drawing struct {
	letter  workflow.LetterID
	content [sha256.Size]byte // of the case as JSON
}

func (d *Desk) drawBoth(ctx context.Context, def *workflow.SOP, c workflow.Case, l workflow.Letter) (workflow.LetterFile, error) {
	addressee, err := d.Draw(ctx, def, c, l, letters.Addressee)
	if err != nil {
		return workflow.LetterFile{}, err
	}
	archive, err := d.Draw(ctx, def, c, l, letters.Archive)
	if err != nil {
		return workflow.LetterFile{}, err
	}
	return workflow.LetterFile{File: addressee, Archive: archive}, nil
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
// "Surat Izin – LKS-2026-00042-7.pdf".
func FileName(c workflow.Case, l workflow.Letter, kind letters.Copy) string {
	name := capitalised(string(l.ID)) + " – " + string(c.ID)
	if kind == letters.Archive {
		name += " (arsip)"
	}
	return name + ".pdf"
}

// capitalised writes "surat_izin" as "Surat Izin".
func capitalised(id string) string {
	words := strings.Split(strings.ReplaceAll(id, "_", " "), " ")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:min(1, len(word))]) + word[min(1, len(word)):]
	}
	return strings.Join(words, " ")
}

// summarizer draws the courtesy summary of a letter in English; not ok: there is none.
type summarizer interface {
	Summary(ctx context.Context, def *workflow.SOP, c workflow.Case, l workflow.Letter) (pdf []byte, ok bool, err error)
}

// Given gives the files by which a letter goes to a person: the letter, named in the person's
// language, and beside it for readers of English a courtesy summary, which is drawn now.
func (d *Desk) Given(ctx context.Context, def *workflow.SOP, c workflow.Case, l workflow.Letter, lang workflow.Lang) ([]workflow.File, error) {
	if l.File.SHA256 == "" {
		return nil, nil
	}
	letter := l.File
	if lang != workflow.English {
		return []workflow.File{letter}, nil
	}
	name := englishName(def, l)
	letter.Name = name + " – " + string(c.ID) + ".pdf"
	drawer, ok := d.Letters.(summarizer)
	if !ok {
		return []workflow.File{letter}, nil
	}
	pdf, ok, err := drawer.Summary(ctx, def, c, l)
	if err != nil {
		return nil, fmt.Errorf("draw summary of %s: %w", l.ID, err)
	}
	if !ok {
		return []workflow.File{letter}, nil
	}
	key, size, err := d.Files.Put(ctx, bytes.NewReader(pdf))
	if err != nil {
		return nil, fmt.Errorf("store summary of %s: %w", l.ID, err)
	}
	summary := workflow.File{SHA256: key, Name: name + " (summary in English) – " + string(c.ID) + ".pdf", Type: "application/pdf", Size: size}
	return []workflow.File{letter, summary}, nil
}

// englishName names a letter for readers of English: "Request to Complete the File 2".
func englishName(def *workflow.SOP, l workflow.Letter) string {
	letter, _ := def.Letter(l.Kind)
	name := letter.English
	if name == "" {
		name = capitalised(string(l.Kind))
	}
	if _, serial, err := workflow.ParseLetterID(l.ID); err == nil && serial > 1 {
		name += " " + strconv.Itoa(serial)
	}
	return name
}
