package workflow_test

import (
	"iter"
	"strings"
)

// linesOf gives the lines of a text that are not empty.
func linesOf(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(s, "\n") {
			if line != "" && !yield(line) {
				return
			}
		}
	}
}
