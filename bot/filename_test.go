package bot_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"izinbot/bot"
)

func TestFileName(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"akta.pdf":                        "akta.pdf",
		"../../etc/akta.pdf":              "akta.pdf",
		`C:\Dokumen\akta.pdf`:             "akta.pdf",
		"..":                              "",
		"/":                               "",
		"":                                "",
		" . ":                             "",
		"akta\n1 Setuju.pdf":              "akta 1 Setuju.pdf",
		"akta\u202efdp.exe":               "aktafdp.exe",
		"Rencana 50% (ayat 2).docx":       "Rencana 50% (ayat 2).docx",
		"akta\xff.pdf":                    "akta.pdf",
		strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 96) + ".pdf",
		"a." + strings.Repeat("b", 300):   "a",
	} {
		if got := bot.FileName(given); got != want {
			t.Errorf("FileName(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestFileNameIsAlwaysFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("a./\\ \n\u202e")), 0, 300, -1)).Draw(t, "name")
		got := bot.FileName(given)
		if utf8.RuneCountInString(got) > 100 || strings.ContainsAny(got, "/\\") || strings.ContainsFunc(got, unicode.IsControl) || got == ".." {
			t.Errorf("FileName(%q) = %q", given, got)
		}
		if bot.FileName(got) != got {
			t.Errorf("FileName(%q) = %q, which becomes %q", given, got, bot.FileName(got))
		}
	})
}
