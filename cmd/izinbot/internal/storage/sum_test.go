package storage

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

func sopRef() workflow.SOPRef { return workflow.SOPRef{Name: "lain", Version: "9"} }

func sumOf(kind store.Kind, docs []string) Sum {
	s := Sum{Kind: kind}
	for _, d := range docs {
		s.add([]byte(d))
	}
	return s
}

// TestSumIsOfASet: the order is of no matter, all else is.
func TestSumIsOfASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		docs := rapid.SliceOfN(rapid.String(), 1, 20).Draw(t, "docs")
		mixed := rapid.Permutation(docs).Draw(t, "mixed")
		sum := sumOf("a", docs)
		if sum != sumOf("a", mixed) {
			t.Fatal("the order counts")
		}
		one := rapid.IntRange(0, len(docs)-1).Draw(t, "one")
		doubled := append(slices.Clip(docs), docs[one])
		changed := append([]string{docs[one] + "x"}, append(docs[:one:one], docs[one+1:]...)...)
		for _, other := range []Sum{sumOf("b", docs), sumOf("a", doubled), sumOf("a", docs[1:]), sumOf("a", changed)} {
			if sum.Hash() == other.Hash() {
				t.Fatalf("%+v is %+v", other, sum)
			}
		}
		if two := sumOf("a", []string{docs[one], docs[one]}); two.Hash() == sumOf("a", nil).Hash() {
			t.Fatal("two that are the same cancel each other out")
		}
	})
}
