package handlers

import (
	"slices"
	"strings"
)

// saysSkip tells whether a text asks to pass a question over.
func saysSkip(text string) bool {
	said := plain(text)
	return slices.Contains([]string{"lewati", "lewat", "lewatkan", "lewati saja", "skip", "skip it", "skip this"}, said)
}

// saysNothing tells whether a text says, in the words that people use for it, that
// there is nothing to answer: taken for an answer, it would name a proxy "no".
func saysNothing(text string) bool {
	said := plain(text)
	if said == "" {
		return strings.Trim(text, "-–—./ ") == "" && text != ""
	}
	return slices.Contains([]string{
		"no", "none", "nothing", "n a", "na", "nil", "no thanks", "not applicable", "i don t have it", "i don t have one",
		"tidak", "tidak ada", "tdk", "tdk ada", "ga ada", "gak ada", "nggak ada", "ngga ada", "enggak ada", "gk ada", "tak ada",
		"belum ada", "kosong", "nihil", "tidak dikuasakan", "tidak punya",
	}, said)
}

// saysYes tells whether a text agrees to what was asked.
func saysYes(text string) bool {
	first, _, _ := strings.Cut(plain(text), " ")
	return slices.Contains([]string{"ya", "iya", "y", "yes", "ok", "oke", "okay", "baik", "boleh", "setuju", "lanjut", "agree", "sure"}, first)
}

// begun finds the one choice whose label begins with the typed words: "kirim" for
// "Kirim klarifikasi ke pemohon". Exact words come first, see [Menu.match].
func (m *Menu) begun(text string) string {
	said := plain(text)
	if m == nil || len(said) < minLetters {
		return ""
	}
	found := ""
	for _, item := range m.Items {
		label := plain(item.Label)
		if label == said {
			return item.ID
		}
		if !strings.HasPrefix(label, said+" ") {
			continue
		}
		if found != "" {
			return "" // two begin alike
		}
		found = item.ID
	}
	return found
}
