package letters

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"izinbot/workflow"
)

// sources are the files of this package that are no tests, as one text.
func sources(t *testing.T) string {
	t.Helper()
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(src)
	}
	return all.String()
}

// TestEveryBlockIsPrinted: an office that edits a block must see it on paper.
func TestEveryBlockIsPrinted(t *testing.T) {
	texts, err := DefaultTexts()
	if err != nil {
		t.Fatal(err)
	}
	src, names := sources(t), map[string]bool{}
	for _, file := range texts.set.Files() {
		if _, ok := kindOf(workflow.LetterKind(file)); !ok && file != shared && file != summaryFile {
			t.Errorf("%s.txt is of no kind of letter", file)
		}
		for _, name := range texts.set.Names(file) {
			names[name] = true
			if !strings.Contains(src, `"`+name+`"`) {
				t.Errorf("no letter prints [%s] of %s.txt", name, file)
			}
		}
	}
	asked := regexp.MustCompile(`\.(?:rows|lines|words|sharedWords|say|labelled|headed|section|part|listed)\("(\w+)"`).FindAllStringSubmatch(src, -1)
	if len(asked) < 50 {
		t.Errorf("only %d calls found", len(asked))
	}
	for _, call := range asked {
		if !names[call[1]] {
			t.Errorf("no file has a block [%s]", call[1])
		}
	}
}

// TestEveryFieldIsFilled: a field that no letter fills is none.
func TestEveryFieldIsFilled(t *testing.T) {
	src := sources(t)
	for _, name := range fieldNames() {
		if !regexp.MustCompile(`\bf(ields)?\.` + name + `\b`).MatchString(src) {
			t.Errorf("nothing fills %s", name)
		}
	}
}
