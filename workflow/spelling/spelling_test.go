package spelling_test

import (
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow/spelling"
)

func TestNearest(t *testing.T) {
	words := []string{"kegiatan", "pelaksana", "waktu", "no", "PUBLIC_URL"}
	for s, want := range map[string]string{
		"kegiatan":   "kegiatan",
		"kegiatn":    "kegiatan", // one left out
		"keggiatan":  "kegiatan", // one too many
		"kegiatam":   "kegiatan", // one wrong
		"kegaitan":   "kegiatan", // two that changed places are two wrong
		"kgeaitan":   "",         // more
		"waktuuuu":   "",
		"wakt":       "waktu",
		"wa":         "",
		"na":         "", // one of two letters is half of it
		"PUBLIC_URI": "PUBLIC_URL",
		"public_url": "",
		"":           "",
	} {
		if got := spelling.Nearest(s, words); got != want {
			t.Errorf("%q is taken for %q, want %q", s, got, want)
		}
	}
}

// TestSlipsAreUnderstood makes up to two slips in a word of a list.
func TestSlipsAreUnderstood(t *testing.T) {
	words := []string{"pelaksana", "kelengkapan", "WHATSAPP_PUSH_CAP"} // far from each other
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SampledFrom(words).Draw(t, "word")
		s := want
		for range rapid.IntRange(0, 2).Draw(t, "slips") {
			s = slip(t, s)
		}
		if got := spelling.Nearest(s, words); got != want {
			t.Fatalf("%q is taken for %q, want %q", s, got, want)
		}
	})
}

// slip inserts, removes or replaces a letter.
func slip(t *rapid.T, s string) string {
	at := rapid.IntRange(0, len(s)-1).Draw(t, "at")
	letter := rapid.StringN(1, 1, 1).Draw(t, "letter")
	switch rapid.IntRange(0, 2).Draw(t, "slip") {
	case 0:
		return s[:at] + letter + s[at:]
	case 1:
		return s[:at] + s[at+1:]
	}
	return s[:at] + letter + s[at+1:]
}
