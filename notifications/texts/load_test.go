package texts

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryFaultIsListed(t *testing.T) {
	_, err := load(fstest.MapFS{
		"id/common.yaml": {Data: []byte(`twice: a
Wrong-Key: b
open: "{name"
empty: ""
list: [a, b]
differs: "{a} {b}"
indonesian_only: c
group:
  twice: d
`)},
		"id/officer_more.yaml": {Data: []byte("twice: e\ngroup.twice: f\nofficers_only: g\n")},
		"id/officer_torn.yaml": {Data: []byte("a: \"b\n")},
		"en/common.yaml": {Data: []byte(`twice: a
open: "{name}"
differs: "{b?{b}|{c}}"
english_only: c
group.twice: d
`)},
	})
	if err == nil {
		t.Fatal("no fault found")
	}
	got := strings.Split(err.Error(), "\n")
	for i, line := range got {
		got[i] = strings.TrimSpace(line)
	}
	want := []string{
		`id/common.yaml:2: "Wrong-Key": a key has small letters, digits and _, parted by points`,
		`id/common.yaml:3: "open": { must be followed by a name of small letters, digits and _, then }, | or ?`,
		`id/common.yaml:4: "empty" is empty`,
		`id/common.yaml:5: "list" needs a text or keys`,
		`id/officer_more.yaml:1: "twice" stands in id/common.yaml:1 already`,
		`id/officer_more.yaml:2: "group.twice" stands in id/common.yaml:9 already`,
		`id/officer_torn.yaml: yaml: line 2: found unexpected end of stream`,
		`en/common.yaml:3: "differs" needs [b c], but [a b] in Indonesian`,
		`en/common.yaml:4: "english_only" is not in Indonesian`,
		`en/common.yaml:2: "open" needs [name], but [] in Indonesian`,
		`id/common.yaml:4: "empty" is not in English`,
		`id/common.yaml:7: "indonesian_only" is not in English`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNoTexts(t *testing.T) {
	if _, err := load(fstest.MapFS{"id/common.yaml": {}}); err == nil || !strings.Contains(err.Error(), `no texts in "en"`) {
		t.Errorf("got %v", err)
	}
}
