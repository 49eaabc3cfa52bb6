package form

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/parse"
)

// take checks and keeps the files of one message. Nothing but PDFs in one message alone
// finish the document at once; pictures may go on, and so may what came with others. A caption may say
// until when the document is valid. Wrong files change nothing.
func (u Uploads) take(ctx context.Context, s *session.Session, d *UploadState, doc workflow.DocDef, in session.Input) (string, error) {
	files, good := in.Files, slices.Clone(d.Files)
	d.Listing = ""
	var said []string
	for _, f := range files {
		file, _, problem, err := TakeFile(ctx, s, f, &doc)
		if err != nil {
			return "", err
		}
		if problem == "" {
			problem = u.refuseFile(s, doc, file, good)
		}
		if problem != "" {
			said = append(said, named(f.Name, problem, len(files)))
			continue
		}
		if other := elsewhere(d, doc.Code, file); other != "" {
			said = append(said, named(f.Name, s.Text("upload.same_as", "other", string(other)), len(files)))
		}
		good = append(good, file)
	}
	if len(good) == len(d.Files) {
		return strings.Join(said, "\n"), nil
	}
	d.Doc, d.Files = doc.Code, good
	u.readCaption(s, d, doc, in.Text)
	if len(good) == len(files) && allPDFs(good) && s.In.Album == "" && !s.FilesFollow() {
		said = append(said, u.finish(s, d, doc))
	}
	return strings.Join(said, "\n"), nil
}

func allPDFs(files []workflow.File) bool {
	return !slices.ContainsFunc(files, func(f workflow.File) bool { return f.Type != "application/pdf" })
}

// readCaption takes a date of expiry that stands below a file.
func (u Uploads) readCaption(s *session.Session, d *UploadState, doc workflow.DocDef, caption string) {
	if !doc.Expires || caption == "" {
		return
	}
	meant := s.Meant
	value, problem := u.expiry(s, doc, session.Input{Text: caption})
	s.Meant = meant // a doubt is asked about once the files are there
	if problem == "" {
		d.Expiry = value
		s.Typed(expiryOf.ID(doc.Code))
	}
}

// refuseFile says why a file that is fine in itself is not taken for a document.
func (u Uploads) refuseFile(s *session.Session, doc workflow.DocDef, file workflow.File, have []workflow.File) string {
	switch {
	case slices.ContainsFunc(have, func(h workflow.File) bool { return h.SHA256 == file.SHA256 }):
		return s.Text("upload.again", "code", string(doc.Code))
	case len(have) >= maxFiles:
		return s.Text("upload.too_many", "code", string(doc.Code), "max", maxFiles)
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
func elsewhere(d *UploadState, code workflow.DocCode, file workflow.File) workflow.DocCode {
	for _, doc := range d.Documents {
		for _, f := range doc.Files {
			if doc.Code != code && f.SHA256 == file.SHA256 {
				return doc.Code
			}
		}
	}
	return ""
}

// finish makes a document of the files that were sent for it, in place of an earlier one.
func (u Uploads) finish(s *session.Session, d *UploadState, doc workflow.DocDef) string {
	next := workflow.Document{Code: doc.Code, Files: d.Files, Sent: s.Now}
	if old, there := d.Sent(doc.Code); there && old.Files[0].SHA256 == d.Files[0].SHA256 && len(d.Files) > len(old.Files) {
		next.Expiry = old.Expiry // files were added to it
	}
	next.Expiry = cmp.Or(d.Expiry, next.Expiry)
	delete(d.Skipped, skippedDoc(doc.Code))
	d.drop(doc.Code)
	d.Documents = append(d.Documents, next)
	d.PutDown()
	said := s.Text("upload.accepted", "code", string(doc.Code), "files", wording.FileWords(s, next.Files))
	if doc.Expires && next.Expiry != "" {
		said += " " + u.validUntil(s, doc, next.Expiry)
	}
	return said
}

// takeExpiry reads until when a document is valid.
func (u Uploads) takeExpiry(s *session.Session, d *UploadState, doc workflow.DocDef, in session.Input) string {
	code := string(doc.Code)
	if len(in.Files) > 0 {
		return s.Text("upload.date_first", "code", code)
	}
	value, problem := u.expiry(s, doc, in)
	if problem != "" {
		return problem
	}
	d.SetExpiry(expiryOf.ID(doc.Code), value)
	s.Typed(expiryOf.ID(doc.Code))
	return u.validUntil(s, doc, value)
}

// validUntil tells until when a document is valid.
func (Uploads) validUntil(s *session.Session, doc workflow.DocDef, expiry string) string {
	if expiry == workflow.NoExpiry {
		return s.Text("upload.valid_endless", "code", string(doc.Code))
	}
	return s.Text("upload.valid_until", "code", string(doc.Code), "date", wording.Expiry(s, expiry))
}

// expiry reads a date of expiry: today is the earliest. What is not plain is asked about.
func (u Uploads) expiry(s *session.Session, doc workflow.DocDef, in session.Input) (value, problem string) {
	field := workflow.Field{Type: workflow.FieldDate, Label: doc.Name}
	if in.Choice == choiceEndless || phrases.SaysEndless(in.Text) {
		return workflow.NoExpiry, ""
	}
	value, chosen := meantValue(s, in)
	if value == workflow.NoExpiry {
		return value, ""
	}
	if kind := phrases.Of(in.Text); !chosen && (kind == phrases.Nothing || kind == phrases.Skip || kind == phrases.No) {
		s.Meant = append(s.Meant, s.Choice(choiceMeant.ID(workflow.NoExpiry), "form.meant", "value", s.Text("upload.endless")))
		return "", s.Text("upload.ask_endless", "code", string(doc.Code))
	}
	if !chosen {
		read, err := readDay(in.Text, s.Now)
		if d := (&parse.DoubtError{}); errors.As(err, &d) {
			return "", sayDoubt(s, field, d)
		}
		value = read
	}
	switch {
	case !field.Accepts(value):
		return "", s.Text("upload.bad_date")
	case value < s.Now.In(workflow.WIB()).Format(time.DateOnly):
		return "", s.Text("upload.expired", "code", string(doc.Code), "date", wording.Shown(s, field, value))
	}
	return value, ""
}
