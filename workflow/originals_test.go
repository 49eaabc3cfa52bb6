package workflow_test

import (
	"strings"
	"testing"

	"izinbot/workflow"
)

// TestOriginalsBelongToAnswers: what an answer was in another script is kept with the case, also in
// its replay, and only beside an answer.
func TestOriginalsBelongToAnswers(t *testing.T) {
	key := lks().Form[0].Key
	for _, test := range []struct {
		originals workflow.Answers
		field     string // of the refusal; "" for none
	}{
		{nil, ""},
		{workflow.Answers{key: "京都慈善"}, ""},
		{workflow.Answers{key: " "}, key},
		{workflow.Answers{key: strings.Repeat("京", workflow.MaxLongAnswer+1)}, key},
		{workflow.Answers{"lain": "京都慈善"}, "lain"},
	} {
		w := newWalk(t, lks())
		submit := application(w.def, w.now)
		submit.Originals = test.originals
		if test.field != "" {
			if got := w.refusal(workflow.CodeInvalid, applicant(), submit); got.Field != test.field {
				t.Errorf("%v is refused for %q", test.originals, got.Field)
			}
			continue
		}
		w.do(applicant(), submit)
		again, err := workflow.Replay(w.def, w.entries)
		if err != nil || again.Originals[key] != test.originals[key] || w.c.Originals[key] != test.originals[key] {
			t.Errorf("%v: the case has %v, replayed %v, %v", test.originals, w.c.Originals, again.Originals, err)
		}
	}
}
