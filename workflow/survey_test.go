package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

// endedCase is a case that has run through a procedure of one step.
func endedCase() (*workflow.SOP, workflow.Case) {
	def := &workflow.SOP{
		Ref:   workflow.SOPRef{Name: "contoh", Version: "1"},
		Steps: []workflow.Step{{No: 1, Role: workflow.RoleApplicant, Kind: workflow.KindReceive}},
	}
	return def, workflow.Case{
		ID: workflow.MakeCaseID("LKS", 2026, 1), SOP: def.Ref, Version: 1, Step: 1,
		Applicant: "p-1", End: workflow.EndGranted,
	}
}

func surveyOf(who workflow.PersonID, scores ...int) workflow.Command {
	act := workflow.Survey{Comment: "  Cepat dan ramah.  "}
	copy(act.Scores[:], scores)
	return workflow.Command{Actor: workflow.Actor{Person: who, Role: workflow.RoleApplicant, Name: "Pemohon CONTOH"}, Act: act}
}

func TestSurveyIsGivenOnceAfterTheEndByTheApplicant(t *testing.T) {
	def, c := endedCase()
	now := time.Date(2026, 12, 7, 9, 0, 0, 0, workflow.WIB())
	good := surveyOf("p-1", 4, 3, 4, 4, 2, 1, 4, 3, 4)

	d, err := workflow.Decide(def, c, good, now)
	if err != nil {
		t.Fatalf("survey refused: %v", err)
	}
	if got := d.Case.Survey; got == nil || got.Answer.Scores[5] != 1 || got.Answer.Comment != "Cepat dan ramah." || !got.At.Equal(now) {
		t.Fatalf("survey kept as %+v", got)
	}
	if c.Survey != nil {
		t.Error("the case before the decision was changed")
	}

	open := c
	open.End = ""
	for name, try := range map[string]struct {
		c    workflow.Case
		cmd  workflow.Command
		want workflow.Code
	}{
		"twice":            {d.Case, good, workflow.CodeAlreadyDone},
		"while open":       {open, good, workflow.CodeWrongStep},
		"by a stranger":    {c, surveyOf("p-2", 4, 4, 4, 4, 4, 4, 4, 4, 4), workflow.CodeForbidden},
		"an element left":  {c, surveyOf("p-1", 4, 4, 4, 4, 4, 4, 4, 4), workflow.CodeInvalid},
		"a score too high": {c, surveyOf("p-1", 4, 4, 4, 4, 5, 4, 4, 4, 4), workflow.CodeInvalid},
	} {
		if _, err := workflow.Decide(def, try.c, try.cmd, now); workflow.CodeOf(err) != try.want {
			t.Errorf("%s: got %v, want %s", name, err, try.want)
		}
	}
	long := good
	long.Act = workflow.Survey{Scores: [9]int{1, 1, 1, 1, 1, 1, 1, 1, 1}, Comment: strings.Repeat("a", workflow.MaxLongAnswer+1)}
	if _, err := workflow.Decide(def, c, long, now); workflow.CodeOf(err) != workflow.CodeInvalid {
		t.Errorf("a comment that is too long: got %v", err)
	}
}

func TestSurveySurvivesTheHistory(t *testing.T) {
	cmd := surveyOf("p-1", 4, 3, 4, 4, 2, 1, 4, 3, 4)
	b, err := json.Marshal(cmd)
	if err != nil {
		t.Fatal(err)
	}
	var back workflow.Command
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if back.Act != cmd.Act {
		t.Errorf("got %+v, want %+v", back.Act, cmd.Act)
	}
}
