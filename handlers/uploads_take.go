package handlers

import (
	"context"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// take checks and keeps the files of one message. A message of nothing but PDFs
// finishes the document at once, unless more of an album may come; pictures may go
// on. Wrong files change nothing.
func (u uploads) take(ctx context.Context, t *turn, doc workflow.DocDef, files []bot.File) (string, error) {
	d := t.data()
	fresh, good := len(d.Files) == 0, slices.Clone(d.Files)
	var said []string
	pdfs := 0
	for _, f := range files {
		file, _, problem, err := t.takeFile(ctx, f, true)
		if err != nil {
			return "", err
		}
		if problem == "" {
			problem = u.refuseFile(t, doc, file, good)
		}
		if problem != "" {
			said = append(said, named(f.Name, problem, len(files)))
			continue
		}
		if other := elsewhere(d, doc.Code, file); other != "" {
			said = append(said, named(f.Name, t.text("upload.same_as", "other", string(other)), len(files)))
		}
		if file.Type == "application/pdf" {
			pdfs++
		}
		good = append(good, file)
	}
	if len(good) == len(d.Files) {
		return strings.Join(said, "\n"), nil
	}
	d.Doc, d.Files = doc.Code, good
	if fresh && pdfs == len(files) && t.in.Album == "" {
		said = append(said, u.finish(t, doc))
	}
	return strings.Join(said, "\n"), nil
}

// refuseFile says why a file that is fine in itself is not taken for a document.
func (u uploads) refuseFile(t *turn, doc workflow.DocDef, file workflow.File, have []workflow.File) string {
	switch {
	case slices.ContainsFunc(have, func(h workflow.File) bool { return h.SHA256 == file.SHA256 }):
		return t.text("upload.again", "code", string(doc.Code))
	case len(have) >= maxFiles:
		return t.text("upload.too_many", "code", string(doc.Code), "max", maxFiles)
	}
	return ""
}

// named puts the file's name before a remark where a message brought several.
func named(name, remark string, files int) string {
	if files < 2 || name == "" {
		return remark
	}
	return texts.Cut(name, 40) + ": " + remark
}

// elsewhere gives another document for which the same file was sent.
func elsewhere(d *Data, code workflow.DocCode, file workflow.File) workflow.DocCode {
	for _, doc := range d.Documents {
		for _, f := range doc.Files {
			if doc.Code != code && f.SHA256 == file.SHA256 {
				return doc.Code
			}
		}
	}
	return ""
}

// finish makes what was sent the document, in place of an earlier one.
func (u uploads) finish(t *turn, doc workflow.DocDef) string {
	d := t.data()
	next := workflow.Document{Code: doc.Code, Files: d.Files, Sent: t.now}
	if old, there := d.sentDoc(doc.Code); there && old.Files[0].SHA256 == d.Files[0].SHA256 {
		next.Expiry = old.Expiry // files were added to it
	}
	delete(d.Skipped, skippedDoc(doc.Code))
	d.Documents = append(slices.DeleteFunc(d.Documents, func(s workflow.Document) bool { return s.Code == doc.Code }), next)
	d.Doc, d.Files = "", nil
	return t.text("upload.accepted", "code", string(doc.Code), "files", t.fileWords(next.Files))
}

// takeExpiry reads until when a document is valid: a day after today.
func (u uploads) takeExpiry(t *turn, doc workflow.DocDef, in input) string {
	code := string(doc.Code)
	if len(in.files) > 0 {
		return t.text("upload.date_first", "code", code)
	}
	day, err := calendar.ParseDate(in.text)
	if err != nil {
		return t.text("upload.bad_date")
	}
	value := day.Format(time.DateOnly)
	if value <= t.now.In(workflow.WIB()).Format(time.DateOnly) {
		return t.text("upload.expired", "code", code, "date", calendar.Date(day, t.lang()))
	}
	for i := range t.data().Documents {
		if t.data().Documents[i].Code == doc.Code {
			t.data().Documents[i].Expiry = value
		}
	}
	return t.text("upload.valid_until", "code", code, "date", calendar.Date(day, t.lang()))
}

// docName is a document's code and name.
func (t *turn) docName(doc workflow.DocDef) string {
	return string(doc.Code) + " " + doc.Name.In(t.lang())
}

// fileWords describes files: "akta.pdf, 12 halaman", "3 berkas".
func (t *turn) fileWords(files []workflow.File) string {
	switch {
	case len(files) != 1:
		return t.text("upload.files", "n", len(files))
	case files[0].Pages == 1:
		return t.text("upload.page", "name", files[0].Name)
	case files[0].Pages > 1:
		return t.text("upload.pages", "name", files[0].Name, "n", files[0].Pages)
	}
	return files[0].Name
}

// remarked puts a remark before a question.
func remarked(lead, question string) string {
	if lead == "" {
		return question
	}
	return lead + "\n\n" + question
}
