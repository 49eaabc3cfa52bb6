package workflow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

// wib reads "2026-11-27 15.45".
func wib(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15.04", s, workflow.WIB())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// rungs lists the reminders of a clock as "75 persen 2026-11-23 09.30".
func rungs(w *walk, clock workflow.ClockName) []string {
	var out []string
	for _, r := range w.def.Reminders(w.c, w.cal) {
		if r.Clock == clock {
			out = append(out, r.When.String()+" "+r.At.Format("2006-01-02 15.04"))
		}
	}
	return out
}

func sameRungs(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestRungsOfHours(t *testing.T) {
	w := start(t, lks()) // Monday 08.00, step 2: 2 hours
	sameRungs(t, rungs(w, workflow.ClockStep),
		"75 persen 2026-11-23 09.30", "batas 2026-11-23 10.00",
		"1 hari setelah batas 2026-11-24 10.00", "2 hari setelah batas 2026-11-25 10.00")
	sameRungs(t, rungs(w, workflow.ClockService))
	sameRungs(t, rungs(w, workflow.ClockReply))
}

// TestRungsOfDays: a step of days warns on the morning of its last day, and what is
// due at the close of business is told at the next opening.
func TestRungsOfDays(t *testing.T) {
	w := start(t, lks()).to(granting(), 6)
	w.c.StepClock = workflow.Clock{Start: monday(), Budget: workflow.Budget{N: 3, Unit: workflow.Day}}
	w.c = w.c.Derive(w.cal)
	sameRungs(t, rungs(w, workflow.ClockStep),
		"75 persen 2026-11-26 07.30", "batas 2026-11-27 07.30",
		"1 hari setelah batas 2026-11-27 16.00", "2 hari setelah batas 2026-12-01 07.30") // Friday closes later
}

func TestRungsOfTheCharter(t *testing.T) {
	w := start(t, lks()).to(granting(), 6)
	w.c.StepClock.Start, w.c.ServiceClock.Start = wib(t, "2026-11-23 13.30"), wib(t, "2026-11-23 10.00")
	w.c = w.c.Derive(w.cal)
	// After step 6 come 6 days, 3 hours and 45 minutes: back from 7 December 16.00
	// to 27 November 16.00, and from there 3 h 45 on that Friday.
	sameRungs(t, rungs(w, workflow.ClockService),
		"sisa langkah tidak cukup 2026-11-27 10.45", "3 hari sebelum batas 2026-12-02 07.30",
		"1 hari sebelum batas 2026-12-04 07.30", "batas 2026-12-08 07.30")
	// Begun a day later, its own three days are too long: told at once.
	w.c.StepClock.Start = wib(t, "2026-11-24 15.00")
	w.c = w.c.Derive(w.cal)
	if got := rungs(w, workflow.ClockService)[0]; got != "sisa langkah tidak cukup 2026-11-24 15.00" {
		t.Errorf("a step that begins too late: %s", got)
	}
}

// TestMisfitOfTheLastStep: what is left is the present step alone, and its own time ends
// after the promise.
func TestMisfitOfTheLastStep(t *testing.T) {
	w := start(t, lks()).to(refusing(), 14) // a day for the delivery
	w.c.ServiceClock.Start = wib(t, "2026-11-23 10.00")
	for begun, want := range map[string]string{
		"2026-12-04 09.00": "", // to be done on Monday the 7th, when the promise is due
		"2026-12-07 09.00": "sisa langkah tidak cukup 2026-12-07 09.00",
		"2026-12-06 18.45": "sisa langkah tidak cukup 2026-12-07 07.30", // a Sunday
	} {
		w.c.StepClock.Start = wib(t, begun)
		w.c = w.c.Derive(w.cal)
		got := ""
		for _, r := range rungs(w, workflow.ClockService) {
			if strings.HasPrefix(r, string(workflow.WhenMisfit)) {
				got = r
			}
		}
		if got != want {
			t.Errorf("begun %s: %q, want %q", begun, got, want)
		}
	}
}

func TestRungsOfTheReply(t *testing.T) {
	w := start(t, lks())
	askFor(w, frontOffice(), "B1")
	due := w.c.ReplyClock.Due
	sameRungs(t, rungs(w, workflow.ClockStep))
	sameRungs(t, rungs(w, workflow.ClockReply), "7 hari berjalan 2026-12-02 07.30", "12 hari berjalan 2026-12-09 07.30")
	if due.Format(time.DateOnly) != "2026-12-11" {
		t.Errorf("the answer is due %v", due)
	}
}

// TestKeysOutliveAPause: a rung that was sent before a pause is not sent again.
func TestKeysOutliveAPause(t *testing.T) {
	w := start(t, lks())
	before := w.def.Reminders(w.c, w.cal)
	askFor(w, frontOffice(), "B1")
	w.after("2 Hari")
	w.do(granting().next(w))
	after := w.def.Reminders(w.c, w.cal)
	if len(before) != len(after) || before[0].Key != after[0].Key || !after[0].At.After(before[0].At) {
		t.Errorf("before the pause %v\nafter it %v", before, after)
	}
	w.to(granting(), 3)
	if w.def.Reminders(w.c, w.cal)[0].Key == before[0].Key {
		t.Error("the next step has the keys of the one before")
	}
}

// TestPromise: the officer's own reminders wait until the evening, his superior's
// do not, and the promise ends with his having the task.
func TestPromise(t *testing.T) {
	w := start(t, lks())
	w.refused(workflow.CodeInvalid, frontOffice(), workflow.Promise{Until: w.now})
	w.refused(workflow.CodeForbidden, backOffice(), workflow.Promise{Until: w.now.Add(time.Hour)})
	w.do(frontOffice(), workflow.Promise{Until: wib(t, "2026-11-23 16.00")})
	sameRungs(t, rungs(w, workflow.ClockStep),
		"75 persen 2026-11-24 07.30", "batas 2026-11-24 07.30",
		"1 hari setelah batas 2026-11-24 10.00", "2 hari setelah batas 2026-11-25 10.00")
	if p, ok := w.c.Promised(); !ok || p.By.Officer != frontOffice().Officer {
		t.Errorf("promised: %+v %v", p, ok)
	}
	w.do(workflow.System(), workflow.Release{Reason: "Petugas tidak aktif lagi"})
	if _, ok := w.c.Promised(); ok || w.c.Holder != nil {
		t.Error("the promise outlives the task")
	}
	if n := w.last.Notices; len(n) != 2 || n[0].Role != "front_office" || n[1].Role != "kabid" {
		t.Errorf("told %+v", n)
	}
	w.refused(workflow.CodeAlreadyDone, workflow.System(), workflow.Release{Reason: "x y z"})
}

func TestRecipients(t *testing.T) {
	w := start(t, lks())
	to := func(step int, audience ...workflow.Audience) []workflow.Role {
		c := w.c
		c.Step = step
		var out []workflow.Role
		for _, n := range w.def.Recipients(c, workflow.Rung{To: audience}) {
			out = append(out, n.Role)
		}
		return out
	}
	both := []workflow.Audience{workflow.ToSuperior, workflow.ToNextSuperior}
	for step, want := range map[int][]workflow.Role{
		2: {"kabid", "sekretaris"}, 13: {"sekretaris", "kadis"}, 11: {"kadis"}, 20: {"kadis"}, // the head himself
	} {
		if got := to(step, both...); !slices.Equal(got, want) {
			t.Errorf("step %d: %v, want %v", step, got, want)
		}
	}
	w.do(frontOffice(), workflow.Claim{})
	holder := w.def.Recipients(w.c, workflow.Rung{To: []workflow.Audience{workflow.ToHolder, workflow.ToApplicant, "kadis"}})
	if len(holder) != 3 || holder[0].Officer != frontOffice().Officer || holder[1].Person != w.c.Applicant || holder[2].Role != "kadis" {
		t.Errorf("recipients %+v", holder)
	}
}

func TestEstimateIsToldWhenItMoves(t *testing.T) {
	w := start(t, lks()).to(granting(), 6)
	w.refused(workflow.CodeInvalid, workflow.System(), workflow.Expect{At: w.now, Late: w.now.Add(-1)})
	w.refused(workflow.CodeForbidden, frontOffice(), workflow.Expect{At: w.now, Late: w.now})
	if d := w.do(workflow.System(), workflow.Expect{At: w.now, Late: w.now}); len(d.Notices) != 0 {
		t.Errorf("the first estimate is told: %+v", d.Notices)
	}
	d := w.do(workflow.System(), workflow.Expect{At: w.now, Late: w.now.Add(time.Hour)})
	if len(d.Notices) != 1 || d.Notices[0].Person != w.c.Applicant {
		t.Errorf("told %+v", d.Notices)
	}
}

// BenchmarkReminders measures the additional cost of a case's reminders at each commit.
func BenchmarkReminders(b *testing.B) {
	w := newWalk(b, lks())
	w.do(applicant(), application(w.def, w.now))
	w.to(granting(), 7)
	for b.Loop() {
		if len(w.def.Reminders(w.c, w.cal)) != 8 {
			b.Fatal("no reminders")
		}
	}
}
