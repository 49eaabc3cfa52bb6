package account

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

// linkDay is an instant at which codes are made.
func linkDay() time.Time { return time.Date(2026, 11, 23, 10, 12, 0, 0, workflow.WIB()) }

func TestLinkCodeIsReadAsTyped(t *testing.T) {
	code, inv, err := newLinkCode(rand.Reader, "p-1", linkDay())
	if err != nil || inv.Person != "p-1" || inv.Officer != "" || !inv.Expires.Equal(linkDay().Add(LinkLife)) || strings.Contains(inv.Hash, code) {
		t.Fatalf("%q %+v %v", code, inv, err)
	}
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + "."} {
		read, ok := ParseLinkCode(typed)
		if hash, err := hashLinkCode(read); !ok || err != nil || hash != inv.Hash {
			t.Errorf("%q is read as %q, %v, %v", typed, read, ok, err)
		}
	}
	for _, typed := range []string{"", "7K2M", "7K2M-9QX0", "7K2M-9QXA", "7K2M-9QXAA", "LKS-2026", "Yayasan", "😀😀"} {
		if read, ok := ParseLinkCode(typed); ok {
			t.Errorf("%q is read as %q", typed, read)
		}
	}
	if _, _, err := newLinkCode(bytes.NewReader([]byte{1, 2}), "p-1", linkDay()); err == nil {
		t.Error("a code without randomness")
	}
}

// TestMistypedLinkCodeIsFound: one wrong letter, or two swapped, is never another
// good code.
func TestMistypedLinkCodeIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.SliceOfN(rapid.Byte(), 64, 64).Draw(t, "seed")
		seed = append(seed, bytes.Repeat([]byte{3}, linkLength)...)
		shown, _, err := newLinkCode(bytes.NewReader(seed), "p-1", linkDay())
		if err != nil {
			t.Fatal(err)
		}
		code, ok := ParseLinkCode(shown)
		if !ok {
			t.Fatalf("%q is not read", shown)
		}
		i, j := rapid.IntRange(0, linkLength-1).Draw(t, "i"), rapid.IntRange(0, linkLength-1).Draw(t, "j")
		wrong := []byte(code)
		wrong[i] = linkLetters[rapid.IntRange(0, len(linkLetters)-1).Draw(t, "letter")]
		swapped := []byte(code)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		for _, s := range []string{string(wrong), string(swapped)} {
			if _, ok := ParseLinkCode(s); ok && s != code {
				t.Fatalf("%s is taken for %s", s, code)
			}
		}
	})
}
