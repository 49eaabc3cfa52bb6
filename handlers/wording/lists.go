package wording

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
