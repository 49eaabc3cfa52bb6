package form

import (
	"context"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Uploads asks for documents of the checklist one after the other, for an
// application and for the answer to a clarification alike. What was sent is in an
// [UploadState]; the next question follows from that.
type Uploads struct {
	Asked []workflow.DocDef
	// Needed tells whether a document may not be passed over.
	Needed func(workflow.DocDef) bool
	// Reasons are an officer's findings by document code.
	Reasons map[workflow.DocCode]string
}

// Ids of the choices that are offered with a document besides those of forms.
const (
	choiceMore    = "more"
	choiceEndless = "endless" // there is no date of expiry
)

// maxFiles is the number of files a document may have.
const maxFiles = 20

// skippedDoc is the key that marks a document passed over.
func skippedDoc(code workflow.DocCode) string { return "doc." + string(code) }

// Open gives the document that is asked for, or whose date of expiry is; ok is
// false once all are there.
func (u Uploads) Open(d *UploadState) (doc workflow.DocDef, expiry, ok bool) {
	for _, doc := range u.Asked {
		if sent, there := d.Sent(doc.Code); there && doc.Expires && sent.Expiry == "" {
			return doc, true, true
		}
	}
	for _, doc := range u.Asked {
		if doc.Code == d.Doc {
			return doc, false, true
		}
	}
	d.PutDown() // a checklist of another version
	for _, doc := range u.Asked {
		if _, there := d.Sent(doc.Code); !there && !d.Skipped[skippedDoc(doc.Code)] {
			return doc, false, true
		}
	}
	return workflow.DocDef{}, false, false
}

// Ask puts the question of the open document after lead; false if there is none.
func (u Uploads) Ask(s *session.Session, d *UploadState, lead string) bool {
	doc, expiry, ok := u.Open(d)
	if !ok {
		return false
	}
	if expiry {
		var items []session.Choice
		if !slices.ContainsFunc(s.Meant, func(c session.Choice) bool { return c.ID == choiceMeant.ID(workflow.NoExpiry) }) {
			items = append(items, s.Choice(choiceEndless, "upload.no_expiry"))
		}
		s.Ask(wording.Remarked(lead, s.Text("upload.expiry", "doc", wording.DocName(s, doc))), items...)
		return true
	}
	s.AskFor(bot.Message{Text: wording.Remarked(lead, u.question(s, d, doc)), Want: bot.WantFile}, u.items(s, d, doc)...)
	return true
}

func (u Uploads) question(s *session.Session, d *UploadState, doc workflow.DocDef) string {
	if len(d.Files) > 0 {
		return listQuestion(s, d, doc.Code)
	}
	text := []string{s.Text("upload.head_extra", "doc", wording.DocName(s, doc))}
	if u.Needed(doc) {
		n, total := u.place(doc.Code)
		text[0] = s.Text("upload.head", "n", n, "total", total, "doc", wording.DocName(s, doc))
	}
	if note := doc.Note.In(s.Lang()); note != "" {
		text = append(text, note+".")
	}
	if reason := u.Reasons[doc.Code]; reason != "" {
		text = append(text, s.Text("upload.reason", "reason", reason))
	}
	if old, there := d.Sent(doc.Code); there {
		text = append(text, s.Text("upload.now", "files", wording.FileWords(s, old.Files)))
	}
	return strings.Join(append(text, s.Text("upload.how")), "\n")
}

// place gives which of the needed documents a code is, and how many there are.
func (u Uploads) place(code workflow.DocCode) (n, total int) {
	for _, doc := range u.Asked {
		if !u.Needed(doc) {
			continue
		}
		total++
		if doc.Code == code {
			n = total
		}
	}
	return n, total
}

func (u Uploads) items(s *session.Session, d *UploadState, doc workflow.DocDef) []session.Choice {
	if len(d.Files) > 0 {
		return listItems(s, d)
	}
	var items []session.Choice
	_, there := d.Sent(doc.Code)
	switch {
	case there:
		items = append(items, s.Choice(choiceKeep, "upload.keep"))
	case d.Doc == "" && len(d.Documents) > 0:
		items = append(items, s.Choice(choiceMore, "upload.more", "code", string(d.Documents[len(d.Documents)-1].Code)))
	}
	if !u.Needed(doc) {
		items = append(items, s.Choice(ChoiceSkip, "form.skip"))
	}
	return items
}

// Answer takes the answer about the open document. lead is the text to put before the
// next question.
func (u Uploads) Answer(ctx context.Context, s *session.Session, d *UploadState, in session.Input) (lead string, err error) {
	doc, expiry, ok := u.Open(d)
	if !ok {
		return "", nil
	}
	code := string(doc.Code)
	_, there := d.Sent(doc.Code)
	switch {
	case expiry:
		return u.takeExpiry(s, d, doc, in), nil
	case len(in.Files) > 0:
		return u.take(ctx, s, d, doc, in)
	case d.Listing != "":
		return arrange(s, d, in), nil
	case len(d.Files) > 1 && (in.Choice == choiceOrder || in.Choice == choiceRemove):
		d.Listing = in.Choice
		return "", nil
	case in.Choice == ChoiceDone || saysDone(in.Text):
		if len(d.Files) == 0 {
			return s.Text("upload.none_yet", "code", code), nil
		}
		return u.finish(s, d, doc), nil
	case in.Choice == choiceKeep && there:
		d.PutDown()
		return "", nil
	case in.Choice == choiceMore && len(d.Documents) > 0:
		last := d.Documents[len(d.Documents)-1]
		d.Doc, d.Files = last.Code, slices.Clone(last.Files)
		return "", nil
	case !u.Needed(doc) && (in.Choice == ChoiceSkip || saysSkip(in.Text)):
		u.pass(d, doc.Code)
		return "", nil
	case !u.Needed(doc):
		return s.Text("upload.send_or_skip", "code", code), nil
	}
	return s.Text("upload.send_file", "code", code), nil
}

// saysDone tells that all files of a document were sent.
func saysDone(text string) bool {
	return phrases.Of(text) == phrases.Done || normalize.Plain(text) == "sudah"
}

// saysSkip tells that there is no such document.
func saysSkip(text string) bool {
	kind := phrases.Of(text)
	return kind == phrases.Skip || kind == phrases.Nothing || kind == phrases.No
}

// pass passes over a document; one that was sent is taken back.
func (u Uploads) pass(d *UploadState, code workflow.DocCode) {
	d.Skip(skippedDoc(code))
	d.drop(code)
	d.PutDown()
}

// Back goes to the question before: files that were sent for the open document
// are put away first. It is false at the first document.
func (u Uploads) Back(d *UploadState) bool {
	doc, expiry, ok := u.Open(d)
	switch {
	case expiry:
		sent, _ := d.Sent(doc.Code)
		d.drop(doc.Code)
		d.Doc, d.Files = doc.Code, sent.Files
		return true
	case d.Listing != "":
		d.Listing = ""
		return true
	case len(d.Files) > 0:
		d.Files, d.Expiry = nil, ""
		return true
	}
	i := len(u.Asked)
	if ok {
		i = slices.IndexFunc(u.Asked, func(a workflow.DocDef) bool { return a.Code == doc.Code })
	}
	if i == 0 {
		d.Doc = ""
		return false
	}
	d.Doc = u.Asked[i-1].Code
	return true
}
