package supervise

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
	"izinbot/workflow/store"
)

// printed finds the number of a letter that a text is, as people may type it; a row without
// text: it is none.
func printed(ctx context.Context, s *session.Session, typed string) (store.NumberRow, error) {
	for _, text := range shapes(typed) {
		row, err := s.Env.Store.NumberPrinted(ctx, text)
		if err == nil {
			return row, nil
		}
		if workflow.CodeOf(err) != workflow.CodeNotFound {
			return row, fmt.Errorf("find a number: %w", err)
		}
	}
	return store.NumberRow{}, nil
}

// shapes gives what a typed number may be printed as: without a word before it and spaces
// around its signs, in capitals too, its parts joined by "/", its running number with three
// digits. None for a text that is no number of a letter.
func shapes(typed string) []string {
	typed = strings.Trim(normalize.Dashes(normalize.Digits(normalize.Line(typed))), " .,;")
	typed = regexp.MustCompile(`(?i)^(surat\s+)?(nomor|no\.?)\s*:?\s*`).ReplaceAllString(typed, "")
	typed = regexp.MustCompile(`\s*([/.-])\s*`).ReplaceAllString(typed, "$1")
	parts := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" /-", r) })
	if len(parts) < 3 || !strings.ContainsAny(typed, "0123456789") {
		return nil
	}
	joined := strings.Join(parts, "/")
	var out []string
	for _, text := range []string{typed, joined} {
		for _, t := range []string{text, strings.ToUpper(text)} {
			out = append(out, t, padded(t))
		}
	}
	return out
}

// padded writes the numbers of a text that have one or two digits with three.
func padded(text string) string {
	return regexp.MustCompile(`\b\d{1,2}\b`).ReplaceAllStringFunc(text, func(n string) string { return strings.Repeat("0", 3-len(n)) + n })
}

// caseOf gives the case of a number, and what bears it in words.
func caseOf(row store.NumberRow) (id workflow.CaseID, letter string) {
	key, name, found := strings.Cut(row.Key, "/")
	if !found {
		return workflow.CaseID(row.Printed), "permohonan"
	}
	if letter = strings.ReplaceAll(name, "_", " "); row.Status == workflow.NumberVoid {
		letter += " (batal)"
	}
	return workflow.CaseID(key), letter
}
