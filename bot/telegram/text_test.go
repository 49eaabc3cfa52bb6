package telegram

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSplitKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"kata", "Yayasan", "😀", "\n", "\n\n", " ", "é", "<b>", strings.Repeat("panjang", 9)}), 0, 120).Draw(t, "words")
		s := strings.Join(words, "")
		limit := rapid.IntRange(2, 90).Draw(t, "limit")
		parts := split(s, limit)
		for _, p := range parts {
			if n := len(utf16.Encode([]rune(p))); n > limit || n == 0 || !utf8.ValidString(p) || strings.TrimSpace(p) != p {
				t.Fatalf("part of %d units: %q", n, p)
			}
		}
		if bare(strings.Join(parts, "")) != bare(s) {
			t.Fatalf("%q became %q", s, parts)
		}
	})
}

// bare is a text without white space.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestSplitAtParagraphs(t *testing.T) {
	a, b := strings.Repeat("a ", 1500)+"a", strings.Repeat("b ", 1500)+"b"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"short", "halo", []string{"halo"}},
		{"empty", " \n ", nil},
		{"paragraphs", a + "\n\n" + b, []string{a, b}},
		{"lines", a + "\n" + b, []string{a, b}},
		{"exactly full", strings.Repeat("x", 4096), []string{strings.Repeat("x", 4096)}},
		{"full paragraph", strings.Repeat("x", 4096) + "\n\ny", []string{strings.Repeat("x", 4096), "y"}},
		{"two units each", strings.Repeat("😀", 2049), []string{strings.Repeat("😀", 2048), "😀"}},
		{"broken", "a\xffb", []string{"a\uFFFDb"}},
	} {
		got := split(c.text, maxText)
		if len(got) != len(c.want) {
			t.Errorf("%s: %d parts", c.name, len(got))
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: part %d is %.40q, want %.40q", c.name, i, got[i], c.want[i])
			}
		}
	}
}
