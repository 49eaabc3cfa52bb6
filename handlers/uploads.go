package handlers

import (
	"context"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// uploads asks for documents of the checklist one after the other, for an
// application and for the answer to a clarification alike. What was sent is in the
// turn's Data: Documents holds the finished ones (the one finished last stands
// last), Files what was sent so far for Doc. The next question follows from that.
type uploads struct {
	asked []workflow.DocDef
	// needed tells whether a document may not be passed over.
	needed func(workflow.DocDef) bool
	// reasons are what an officer found wrong, by code.
	reasons map[workflow.DocCode]string
}

// Ids of the choices that are offered with a document besides those of forms.
const choiceMore = "more"

// maxFiles is how many files a document may have.
const maxFiles = 20

// skippedDoc is the key under which Data remembers a document passed over.
func skippedDoc(code workflow.DocCode) string { return "doc." + string(code) }

// sentDoc gives the finished document of a code.
func (d *Data) sentDoc(code workflow.DocCode) (workflow.Document, bool) {
	for _, doc := range d.Documents {
		if doc.Code == code {
			return doc, true
		}
	}
	return workflow.Document{}, false
}

// open gives the document that is asked for, or whose date of expiry is; ok is
// false once all are there.
func (u uploads) open(d *Data) (doc workflow.DocDef, expiry, ok bool) {
	for _, doc := range u.asked {
		if sent, there := d.sentDoc(doc.Code); there && doc.Expires && sent.Expiry == "" {
			return doc, true, true
		}
	}
	for _, doc := range u.asked {
		if doc.Code == d.Doc {
			return doc, false, true
		}
	}
	d.Doc, d.Files = "", nil // a checklist of another version
	for _, doc := range u.asked {
		if _, there := d.sentDoc(doc.Code); !there && !d.Skipped[skippedDoc(doc.Code)] {
			return doc, false, true
		}
	}
	return workflow.DocDef{}, false, false
}

// ask puts the question of the open document after lead; false if there is none.
func (u uploads) ask(t *turn, lead string) bool {
	doc, expiry, ok := u.open(t.data())
	if !ok {
		return false
	}
	if expiry {
		t.ask(remarked(lead, t.text("upload.expiry", "doc", t.docName(doc))))
		return true
	}
	t.askFor(bot.Message{Text: remarked(lead, u.question(t, doc)), Want: bot.WantFile}, u.items(t, doc)...)
	return true
}

func (u uploads) question(t *turn, doc workflow.DocDef) string {
	d := t.data()
	if n := len(d.Files); n > 0 {
		return t.text("upload.so_far", "code", string(doc.Code), "n", n)
	}
	text := []string{t.text("upload.head_extra", "doc", t.docName(doc))}
	if u.needed(doc) {
		n, total := u.place(doc.Code)
		text[0] = t.text("upload.head", "n", n, "total", total, "doc", t.docName(doc))
	}
	if note := doc.Note.In(t.lang()); note != "" {
		text = append(text, note+".")
	}
	if reason := u.reasons[doc.Code]; reason != "" {
		text = append(text, t.text("upload.reason", "reason", reason))
	}
	if old, there := d.sentDoc(doc.Code); there {
		text = append(text, t.text("upload.now", "files", t.fileWords(old.Files)))
	}
	return strings.Join(append(text, t.text("upload.how")), "\n")
}

// place gives which of the needed documents a code is, and how many there are.
func (u uploads) place(code workflow.DocCode) (n, total int) {
	for _, doc := range u.asked {
		if !u.needed(doc) {
			continue
		}
		total++
		if doc.Code == code {
			n = total
		}
	}
	return n, total
}

func (u uploads) items(t *turn, doc workflow.DocDef) []Item {
	d := t.data()
	if len(d.Files) > 0 {
		return []Item{t.item(choiceDone, "upload.done")}
	}
	var items []Item
	_, there := d.sentDoc(doc.Code)
	switch {
	case there:
		items = append(items, t.item(choiceKeep, "upload.keep"))
	case d.Doc == "" && len(d.Documents) > 0:
		items = append(items, t.item(choiceMore, "upload.more", "code", string(d.Documents[len(d.Documents)-1].Code)))
	}
	if !u.needed(doc) {
		items = append(items, t.item(choiceSkip, "form.skip"))
	}
	return items
}

// answer takes what was said to the open document. lead is what to say before the
// next question.
func (u uploads) answer(ctx context.Context, t *turn, in input) (lead string, err error) {
	d := t.data()
	doc, expiry, ok := u.open(d)
	if !ok {
		return "", nil
	}
	code := string(doc.Code)
	_, there := d.sentDoc(doc.Code)
	switch {
	case expiry:
		return u.takeExpiry(t, doc, in), nil
	case len(in.files) > 0:
		return u.take(ctx, t, doc, in.files)
	case in.choice == choiceDone || saysDone(in.text):
		if len(d.Files) == 0 {
			return t.text("upload.none_yet", "code", code), nil
		}
		return u.finish(t, doc), nil
	case in.choice == choiceKeep && there:
		d.Doc, d.Files = "", nil
		return "", nil
	case in.choice == choiceMore && len(d.Documents) > 0:
		last := d.Documents[len(d.Documents)-1]
		d.Doc, d.Files = last.Code, slices.Clone(last.Files)
		return "", nil
	case in.choice == choiceSkip && !u.needed(doc):
		u.pass(d, doc.Code)
		return "", nil
	}
	return t.text("upload.send_file", "code", code), nil
}

func saysDone(text string) bool {
	return slices.Contains([]string{"selesai", "sudah", "done", "finished"}, plain(text))
}

// pass passes over a document; one that was sent is taken back.
func (u uploads) pass(d *Data, code workflow.DocCode) {
	d.skip(skippedDoc(code))
	d.Documents = slices.DeleteFunc(d.Documents, func(s workflow.Document) bool { return s.Code == code })
	d.Doc, d.Files = "", nil
}

// take checks and keeps the files of one message. A message of nothing but PDFs
// finishes the document at once; pictures may go on. Wrong files change nothing.
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
	if fresh && pdfs == len(files) {
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
	return cut(name, 40) + ": " + remark
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

// back goes to the question before: files that were sent for the open document
// are put away first. It is false at the first document.
func (u uploads) back(d *Data) bool {
	doc, expiry, ok := u.open(d)
	switch {
	case expiry:
		sent, _ := d.sentDoc(doc.Code)
		d.Documents = slices.DeleteFunc(d.Documents, func(s workflow.Document) bool { return s.Code == doc.Code })
		d.Doc, d.Files = doc.Code, sent.Files
		return true
	case len(d.Files) > 0:
		d.Files = nil
		return true
	}
	i := len(u.asked)
	if ok {
		i = slices.IndexFunc(u.asked, func(a workflow.DocDef) bool { return a.Code == doc.Code })
	}
	if i == 0 {
		d.Doc = ""
		return false
	}
	d.Doc = u.asked[i-1].Code
	return true
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
