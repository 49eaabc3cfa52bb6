package calendar

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// documents reads the first two documents of the file, without following an
// alias.
func documents(src []byte) ([]yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(src))
	var docs []yaml.Node
	for len(docs) < 2 {
		var doc yaml.Node
		switch err := dec.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// problem gives the YAML reader's message without its line, which is that of the
// innermost block, sometimes one too low, or missing.
func problem(err error) string {
	if err == nil {
		return ""
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	return regexp.MustCompile(`^line \d+: `).ReplaceAllString(text, "")
}

// problemLine finds the line of a problem by reading less and less of the file:
// it is the last line of the shortest beginning with the same problem.
func problemLine(src []byte, text string) int {
	lines := bytes.SplitAfter(src, []byte("\n"))
	return 1 + sort.Search(len(lines)-1, func(i int) bool {
		_, err := documents(bytes.Join(lines[:i+1], nil))
		return problem(err) == text
	})
}
