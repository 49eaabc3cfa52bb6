package form

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Choices about the list of the files that were sent for a document.
const (
	choiceOrder  = "order"
	choiceRemove = "remove"
	choiceListed = "list" // back to the list

	choiceFile session.Numbered = "n"
)

// listItems gives what can be done with the files that were sent for a document, or which of
// them is meant.
func listItems(s *session.Session, d *UploadState) []session.Choice {
	if d.Listing == "" {
		items := []session.Choice{s.Choice(ChoiceDone, "upload.done")}
		if len(d.Files) > 1 {
			items = append(items, s.Choice(choiceOrder, "upload.order"), s.Choice(choiceRemove, "upload.remove"))
		}
		return items
	}
	var items []session.Choice
	for i, f := range d.Files {
		items = append(items, session.Choice{ID: choiceFile.ID(i), Label: wording.ShortFile(s, f)})
	}
	return append(items, s.Choice(choiceListed, "upload.back_to_list"))
}

// listQuestion shows the files that were sent for a document, in their order.
func listQuestion(s *session.Session, d *UploadState, code workflow.DocCode) string {
	switch d.Listing {
	case choiceOrder:
		return s.Text("upload.which_order", "code", string(code))
	case choiceRemove:
		return s.Text("upload.which_remove", "code", string(code))
	}
	return s.Text("upload.so_far", "code", string(code), "n", len(d.Files), "files", wording.FileList(s, d.Files))
}

// arrange puts the files of the open document in order, or removes one. It gives what is wrong
// with the answer.
func arrange(s *session.Session, d *UploadState, in session.Input) (problem string) {
	n, picked := choiceFile.Parse(in.Choice)
	picked = picked && n < len(d.Files)
	order, typed := readOrder(in.Text, len(d.Files))
	switch {
	case in.Choice == choiceListed || saysDone(in.Text):
	case d.Listing == choiceRemove && picked:
		d.Files = slices.Delete(d.Files, n, n+1)
	case picked:
		first := d.Files[n]
		d.Files = slices.Insert(slices.Delete(d.Files, n, n+1), 0, first)
	case typed && in.Choice == "" && d.Listing == choiceOrder:
		files := slices.Clone(d.Files)
		for i, from := range order {
			d.Files[i] = files[from]
		}
	default:
		return s.Text("common.choose")
	}
	d.Listing = ""
	return ""
}

// readOrder reads an order of n files as people type it: "2 1 3". It gives the places from 0 on.
func readOrder(text string, n int) (order []int, ok bool) {
	seen := map[int]bool{}
	for word := range strings.FieldsFuncSeq(normalize.Digits(text), func(r rune) bool { return !unicode.IsDigit(r) }) {
		i, err := strconv.Atoi(word)
		if err != nil || i < 1 || i > n || seen[i] {
			return nil, false
		}
		seen[i] = true
		order = append(order, i-1)
	}
	return order, len(order) == n
}
