package form

import (
	"context"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Holds implements [session.FileHolder].
func (d *UploadState) Holds(_ context.Context, _ *session.Session, message string) (bool, error) {
	return d.held(message) != nil, nil
}

// Improve implements [session.FileHolder].
func (d *UploadState) Improve(ctx context.Context, s *session.Session, message string, f bot.InboundFile) error {
	file, _, problem, err := TakeFile(ctx, s, f, &workflow.DocDef{})
	if held := d.held(message); err == nil && problem == "" && held != nil {
		*held = file
	}
	return err
}

// held gives the place of the first file that a message brought; nil for none.
func (d *UploadState) held(message string) *workflow.File {
	lists := [][]workflow.File{d.Files}
	for _, doc := range d.Documents {
		lists = append(lists, doc.Files)
	}
	for _, files := range lists {
		if i := slices.IndexFunc(files, broughtBy(message)); i >= 0 {
			return &files[i]
		}
	}
	return nil
}

func broughtBy(message string) func(workflow.File) bool {
	return func(f workflow.File) bool { return f.Message == message }
}

// Withdraw implements [session.FileHolder]. A document that is left without a file is asked
// for again.
func (d *UploadState) Withdraw(_ context.Context, s *session.Session, message string) (told string, err error) {
	gone := withoutMessage(&d.Files, d.Doc, message)
	for i := range d.Documents {
		gone = append(gone, withoutMessage(&d.Documents[i].Files, d.Documents[i].Code, message)...)
	}
	d.Documents = slices.DeleteFunc(d.Documents, func(doc workflow.Document) bool { return len(doc.Files) == 0 })
	if len(gone) == 0 {
		return "", nil
	}
	return s.Text("withdrawn.draft", "files", strings.Join(gone, ", ")), nil
}

// withoutMessage takes the files of a message out of a document's, and lists them.
func withoutMessage(files *[]workflow.File, code workflow.DocCode, message string) (gone []string) {
	of := broughtBy(message)
	for _, f := range *files {
		if of(f) {
			gone = append(gone, string(code)+" ("+f.Name+")")
		}
	}
	*files = slices.DeleteFunc(*files, of)
	return gone
}
