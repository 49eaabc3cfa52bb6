package wording

// Recent is how many entries of a history are shown.
const Recent = 25

// Page is how many lines a list shows at once.
const Page = 8

// Remarked puts a remark before a question.
func Remarked(lead, question string) string {
	if lead == "" {
		return question
	}
	return lead + "\n\n" + question
}
