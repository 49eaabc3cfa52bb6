package texts

import (
	"strings"
	"testing"

	"izinbot/workflow"
)

// TestNewsDiffersByWhatItIsAbout: networks lock accounts that send one sentence to
// many people. Each piece of news names its own case or body, and so differs by its
// content.
func TestNewsDiffersByWhatItIsAbout(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Report = func(string, string) {} // only two of the facts are given here
	for lang, list := range c.texts {
		n := 0
		for key := range list {
			if !strings.HasPrefix(key, "news.") {
				continue
			}
			n++
			a := c.Say(lang, key, "case", "LKS-2026-00001-3", "body", "Yayasan Contoh A")
			b := c.Say(lang, key, "case", "LKS-2026-00002-1", "body", "Yayasan Contoh B")
			if a == b {
				t.Errorf("%s: %s is the same for all: %q", lang, key, a)
			}
		}
		if n == 0 && lang == workflow.Indonesian {
			t.Error("there is no news")
		}
	}
}
