package workflow_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

// TestLawsHoldUnderAnyCommands: whatever people try, in whatever order, no law is
// broken; the case can still be brought to an end; its history leads to it.
func TestLawsHoldUnderAnyCommands(t *testing.T) {
	for _, def := range []*workflow.SOP{lks(), reklame()} {
		t.Run(def.Ref.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { anyCommands(t, def) })
		})
	}
}

func anyCommands(t *rapid.T, def *workflow.SOP) {
	w := newWalk(t, def)
	r, l := random{t: t, w: w}, newLaws(w)
	step := func(cmd workflow.Command) {
		before := w.c
		if _, err := w.try(cmd); err == nil {
			l.hold(before, cmd)
		} else if w.c.Version > 0 {
			mustOnlyBeNoted(w, before)
		}
	}
	step(w.command(applicant(), application(def, w.now)))
	for range rapid.IntRange(0, 60).Draw(t, "commands") {
		r.pass()
		step(r.command())
	}
	story := r.driver()
	for n := 0; w.c.Open(); n++ {
		if n > 150 {
			t.Fatalf("no end in sight: step %d %q", w.c.Step, w.c.Stage)
		}
		before := w.c.Version
		who, act := story.next(w)
		step(w.command(who, act))
		if w.entries[before].Refused != nil {
			t.Fatalf("step %d%s: %s by %s would have led to the end, but: %v", w.c.Step, w.c.Stage, workflow.ActName(act), who.Name, w.entries[before].Refused)
		}
	}
	mustReplay(w)
}

// mustOnlyBeNoted: a refused command moves the version and the head, nothing else.
func mustOnlyBeNoted(w *walk, before workflow.Case) {
	w.t.Helper()
	before.Version, before.Head = w.c.Version, w.c.Head
	if asJSON(w.t, before) != w.image() {
		w.t.Fatalf("a refused command changed the case")
	}
}

// mustReplay: the stored history leads to exactly the case, and any part of it to
// what the case was then.
func mustReplay(w *walk) {
	w.t.Helper()
	entries := read(stored(w.t, w.entries))
	if seq, reason := w.c.VerifyHistory(entries); seq != 0 {
		w.t.Fatalf("entry %d %s", seq, reason)
	}
	c, err := workflow.Replay(w.def, entries)
	if err != nil {
		w.t.Fatalf("replay: %v", err)
	}
	if asJSON(w.t, c) != w.image() {
		w.t.Fatalf("replayed\n%s\nwant\n%s", asJSON(w.t, c), w.image())
	}
}

// TestDecisionsShareNothing: two decisions on the same case do not change each
// other, as they would if they shared a slice.
func TestDecisionsShareNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWalk(t, lks())
		w.do(applicant(), application(lks(), w.now))
		r := random{t: t, w: w}
		for range rapid.IntRange(0, 25).Draw(t, "commands") {
			first, err := w.try(w.command(r.driver().next(w)))
			if err != nil || !w.c.Open() {
				return
			}
			before := w.c
			image := asJSON(t, first)
			one, errOne := workflow.Decide(w.def, before, r.command(), w.now)
			seen := asJSON(t, one.Case)
			_, errTwo := workflow.Decide(w.def, before, r.command(), w.now.Add(time.Minute))
			if asJSON(t, one.Case) != seen || asJSON(t, first) != image || w.image() != asJSON(t, before) {
				t.Fatalf("a decision (%v) changed another one (%v)", errTwo, errOne)
			}
		}
	})
}

// TestEveryStateCanEnd drives from every state on the way of each story to the end,
// with the task held by anybody of the role.
func TestEveryStateCanEnd(t *testing.T) {
	for _, story := range []driver{granting(), refusing()} {
		for n := range 60 {
			w := start(t, lks())
			for range n {
				if w.c.Open() {
					w.do(story.next(w))
				}
			}
			if !w.c.Open() {
				break
			}
			if turn := w.c.WaitsFor(lks()); turn != workflow.RoleApplicant && w.c.Holder == nil {
				w.do(officer(turn, 3), workflow.Claim{})
			}
			w.finish(story)
			if w.c.End != workflow.EndGranted && w.c.End != workflow.EndRefused {
				t.Errorf("after %d commands: ended %s", n, w.c.End)
			}
		}
	}
}
