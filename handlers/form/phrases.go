package form

import (
	"slices"
	"strings"

	"izinbot/handlers/session"
)

// saysSkip tells whether a text asks to pass a question over.
func saysSkip(text string) bool {
	said := session.Plain(text)
	return slices.Contains([]string{"lewati", "lewat", "lewatkan", "lewati saja", "skip", "skip it", "skip this"}, said)
}

// saysNothing tells whether a text says, in the words that people use for it, that
// there is nothing to answer: taken for an answer, it would name a proxy "no".
func saysNothing(text string) bool {
	said := session.Plain(text)
	if said == "" {
		return strings.Trim(text, "-–—./ ") == "" && text != ""
	}
	return slices.Contains([]string{
		"no", "none", "nothing", "n a", "na", "nil", "no thanks", "not applicable", "i don t have it", "i don t have one",
		"tidak", "tidak ada", "tdk", "tdk ada", "ga ada", "gak ada", "nggak ada", "ngga ada", "enggak ada", "gk ada", "tak ada",
		"belum ada", "kosong", "nihil", "tidak dikuasakan", "tidak punya",
	}, said)
}

// SaysYes tells whether a text agrees to what was asked.
func SaysYes(text string) bool {
	first, _, _ := strings.Cut(session.Plain(text), " ")
	return slices.Contains([]string{"ya", "iya", "y", "yes", "ok", "oke", "okay", "baik", "boleh", "setuju", "lanjut", "agree", "sure"}, first)
}
