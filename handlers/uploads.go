package handlers

import (
	"context"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// uploads asks for documents of the checklist one after the other, for an
// application and for the answer to a clarification alike. What was sent is in the
// turn's Data: Documents holds the finished ones (the one finished last stands
// last), Files what was sent so far for Doc. The next question follows from that.
type uploads struct {
	asked []workflow.DocDef
	// needed tells whether a document may not be passed over.
	needed func(workflow.DocDef) bool
	// reasons are an officer's findings by document code.
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

// answer takes the answer about the open document. lead is the text to put before the
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
	case !u.needed(doc) && (in.choice == choiceSkip || saysSkip(in.text) || saysNothing(in.text)):
		u.pass(d, doc.Code)
		return "", nil
	case !u.needed(doc):
		return t.text("upload.send_or_skip", "code", code), nil
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
