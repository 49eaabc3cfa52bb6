package wording

import (
	"slices"

	"izinbot/handlers/session"
)

// Recent is the number of entries of a history that are shown.
const Recent = 25

// Page is the number of lines a list shows at once.
const Page = 8

// Remarked puts a remark before a question.
func Remarked(lead, question string) string {
	if lead == "" {
		return question
	}
	return lead + "\n\n" + question
}

// Paged gives the page of a list that begins at an item, with the way to the next one: with so
// many other choices beside them, and what an unclear answer may have meant, ten in all.
func Paged(s *session.Session, items []session.Choice, from int, page session.Numbered, beside int) []session.Choice {
	if from >= len(items) {
		from = 0
	}
	shown := slices.Clone(items[from:min(from+max(1, Page+1-beside-len(s.Meant)), len(items))])
	if rest := from + len(shown); rest < len(items) {
		shown = append(shown, s.Choice(page.ID(rest), "review.more"))
	}
	return shown
}
