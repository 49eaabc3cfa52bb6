package demo

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow"
)

// textOf reads a PDF file as a person would see it.
func textOf(t *testing.T, path string) string {
	t.Helper()
	var errs bytes.Buffer
	read := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-")
	read.Stderr = &errs
	text, err := read.Output()
	if err != nil || errs.Len() > 0 {
		t.Fatalf("pdftotext %s: %v %s", path, err, errs.String())
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// letter gives the text of a letter of the n-th case.
func (o *office) letter(n int, id workflow.LetterID) string {
	o.t.Helper()
	l, ok := o.workflowCase(n).Letter(id)
	if !ok {
		o.t.Fatalf("there is no letter %s", id)
	}
	path := filepath.Join(o.t.TempDir(), "letter.pdf")
	if err := o.d.write(o.t.Context(), l.File, path); err != nil {
		o.t.Fatal(err)
	}
	return textOf(o.t, path)
}

// says wants each of the texts in a letter.
func (o *office) says(n int, id workflow.LetterID, want ...string) {
	o.t.Helper()
	text := o.letter(n, id)
	for _, w := range want {
		if !strings.Contains(text, w) {
			o.t.Errorf("%s lacks %q:\n%s", id, w, text)
		}
	}
}
