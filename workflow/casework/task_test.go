package casework_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// staged carries commands in one work that is not committed, and gives what its turn
// would write of the case.
func (o *office) staged(id workflow.CaseID, commands ...workflow.Command) store.CaseChange {
	o.t.Helper()
	w := o.begin()
	for _, cmd := range commands {
		o.do(w, id, cmd)
	}
	return o.change(w)
}

func TestTaskOfACase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	o.now = at(t, "2026-11-23 08.10")
	claimed := o.staged(id, by("loket", workflow.Claim{})).Task
	want := store.Task{
		Role: "loket", Holder: "loket", Due: at(t, "2026-11-23 09.00"), Check: at(t, "2026-11-23 08.45"), // three quarters of an hour
		Label: "Usaha CONTOH", Keywords: strings.ToLower(string(id)) + " usaha contoh ",
	}
	claimed.Due, claimed.Check = claimed.Due.In(workflow.WIB()), claimed.Check.In(workflow.WIB())
	if fmt.Sprint(claimed) != fmt.Sprint(want) {
		t.Errorf("task\n%v, want\n%v", claimed, want)
	}
	passed := o.staged(id, check()...).Task
	if passed.Role != "loket" || passed.Holder != "" || !passed.Check.Equal(at(t, "2026-11-23 08.21")) {
		t.Errorf("at the resi: %+v", passed) // 11 of 15 minutes
	}
	withdraw := applicant()
	withdraw.Act = workflow.Withdraw{}
	if ended := o.staged(id, withdraw).Task; ended.Role != "" || !ended.Due.IsZero() || !ended.Check.IsZero() || ended.Label == "" {
		t.Errorf("ended: %+v", ended)
	}
}

// TestTaskThatWaitsForTheApplicant is nobody's in the office, and is looked at for his
// reminders.
func TestTaskThatWaitsForTheApplicant(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	asked := o.staged(id, by("loket", workflow.Judge{Documents: []workflow.DocCode{"R1"}, Reason: "Tidak terbaca"}), by("loket", workflow.Clarify{}))
	if task := asked.Task; task.Role != "" || task.Holder != "" || !task.Due.IsZero() || task.Check.IsZero() || task.Check.After(asked.Case.ReplyClock.Due) {
		t.Errorf("task %+v, answer due %v", task, asked.Case.ReplyClock.Due)
	}
}

// TestFinishedStepIsLookedAtAtOnce once the charter's clock runs: the estimate may have
// moved.
func TestFinishedStepIsLookedAtAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	o.carry(id, check()...)
	o.now = at(t, "2026-11-23 08.30")
	if task := o.staged(id, by("loket", workflow.Issue{})).Task; !task.Check.Equal(o.now) {
		t.Errorf("looked at %v", task.Check)
	}
}

func TestEarlier(t *testing.T) {
	t.Parallel()
	a, b := at(t, "2026-11-23 08.00"), at(t, "2026-11-23 09.00")
	for _, try := range [][3]time.Time{{a, b, a}, {b, a, a}, {a, {}, a}, {{}, b, b}, {{}, {}, {}}} {
		if got := casework.Earlier(try[0], try[1]); !got.Equal(try[2]) {
			t.Errorf("earlier of %v: %v", try, got)
		}
	}
}

// TestMilestones: each finished step of an officer with the working time that it took,
// the end, and the survey.
func TestMilestones(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	o.now = at(t, "2026-11-23 11.30")
	o.carry(id, check()...)
	o.now = at(t, "2026-11-23 13.15") // lunch in between
	o.carry(id, by("loket", workflow.Issue{}))
	o.carry(id, draft(), by("kepala", workflow.Sign{}))
	last := o.staged(id, by("loket", workflow.Deliver{Means: workflow.MeansChat}))
	o.carry(id, by("loket", workflow.Deliver{Means: workflow.MeansChat}))
	list, err := o.store.Milestones(t.Context(), at(t, "2026-11-23 00.00"), at(t, "2026-11-24 00.00"), 100)
	o.must(err)
	var got []string
	for _, m := range list {
		got = append(got, fmt.Sprintf("%s %d %s %v", m.Kind, m.Step, m.Outcome, m.Used))
	}
	want := "run 2 lengkap 3h30m0s, run 3 lanjut 45m0s, run 4 lanjut 0s, run 5 lanjut 0s, run 6 lanjut 0s, end 6 terbit 0s"
	if strings.Join(got, ", ") != want {
		t.Errorf("milestones %q", got)
	}
	if n := len(last.Milestones); n != 2 || last.Milestones[0].SOP != "reklame" || last.Milestones[0].Case != id {
		t.Errorf("of the last turn: %+v", last.Milestones)
	}
	survey := applicant()
	survey.Act = workflow.Survey{Scores: [9]int{4, 4, 4, 4, 4, 4, 4, 4, 4}}
	if m := o.staged(id, survey).Milestones; len(m) != 1 || m[0].Kind != store.MilestoneSurvey {
		t.Errorf("of the survey: %+v", m)
	}
}

// TestRescheduleLooksOrActs: a calendar that moves nothing only says when to look.
func TestRescheduleLooksOrActs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	w := o.begin()
	look, err := w.Reschedule(t.Context(), id, "CONTOH")
	if err != nil || look == nil || look.Version != 1 || !look.At.Equal(at(t, "2026-11-23 08.45")) || w.Touched(id) {
		t.Errorf("%+v, %v", look, err)
	}
	if _, err := w.Reschedule(t.Context(), "RKL-2026-00009-9", "CONTOH"); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("of no case: %v", err)
	}
	withdraw := applicant()
	withdraw.Act = workflow.Withdraw{}
	o.carry(id, withdraw)
	if look, err := o.begin().Reschedule(t.Context(), id, "CONTOH"); err != nil || look != nil {
		t.Errorf("of a case that has ended: %+v, %v", look, err)
	}
}
