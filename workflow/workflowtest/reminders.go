package workflowtest

import (
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

func reminderTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a claim is taken once":                        claimOnce,
		"a unit that comes too late writes nothing":    claimWhole,
		"claims by what they begin with":               claimPrefix,
		"a call is asked for, and made, once":          callOnce,
		"calls to be made are listed by day":           callList,
		"claims outlive a purge":                       claimKept,
		"a look moves the check of the case as it was": lookMoves,
		"a look at a case that has moved":              lookConflict,
		"the next change of a case sets its check":     lookEnds,
		"tasks that somebody holds":                    reminderHeld,
		"counts by role":                               reminderCounts,
		"milestones of a stretch of time":              milestoneList,
		"times of the latest runs of a step":           milestoneTimes,
	}
}

func (s *suite) claims(prefix string) []string {
	s.Helper()
	list, err := s.store.Claimed(s.Context(), prefix)
	s.ok(err)
	return list
}

func claimOnce(s *suite) {
	s.commit(store.UnitOfWork{Claims: []string{"a", "b"}})
	s.refused(store.UnitOfWork{Claims: []string{"c", "a"}}, workflow.CodeDuplicate)
	s.refused(store.UnitOfWork{Claims: []string{"d", "d"}}, workflow.CodeDuplicate)
	s.restart()
	s.equal(s.claims(""), []string{"a", "b"})
}

func claimWhole(s *suite) {
	s.commit(store.UnitOfWork{Claims: []string{"a"}})
	change := s.submit("LKS-2026-00001-5")
	s.refused(store.UnitOfWork{
		Cases: []store.CaseChange{change}, Claims: []string{"a"},
		Deliveries: []bot.Delivery{{ID: "d1", Chat: "sim:1", Created: start()}},
	}, workflow.CodeDuplicate)
	_, err := s.store.Case(s.Context(), change.Case.ID)
	s.code(err, workflow.CodeNotFound)
	list, err := s.store.Claim(s.Context(), bot.Claim{Owner: "o", Now: start(), Until: in(time.Minute), Limit: 5})
	s.ok(err)
	s.equal(len(list), 0)
}

func claimPrefix(s *suite) {
	s.commit(store.UnitOfWork{Claims: []string{"rung/LKS-1/b", "rung/LKS-10/a", "rung/LKS-1/a", "rung/LKS-1", "digest/x"}})
	s.equal(s.claims("rung/LKS-1/"), []string{"rung/LKS-1/a", "rung/LKS-1/b"})
	s.equal(len(s.claims("rung/LKS-1")), 4)
	s.equal(len(s.claims("recap/")), 0)
	last, err := s.store.LastClaimed(s.Context(), "rung/LKS-1/")
	s.ok(err)
	s.equal(last, "rung/LKS-1/b")
	last, err = s.store.LastClaimed(s.Context(), "rung/")
	s.ok(err)
	s.equal(last, "rung/LKS-10/a")
	_, err = s.store.LastClaimed(s.Context(), "recap/")
	s.code(err, workflow.CodeNotFound)
}

// claimKept: what officers viewed of a case is kept as long as the case.
func caseCall(id workflow.CaseID, day string) store.Call {
	return store.Call{Case: id, Day: day, Role: "front_office", Why: store.CallBlocked}
}

func officerCall(id workflow.OfficerID, day string) store.Call {
	return store.Call{Officer: id, Day: day, Role: "kabid", Why: store.CallNoAnswer}
}

func made(c store.Call, at time.Time) store.Call {
	c.Made = at
	return c
}

func (s *suite) calls() []store.Call {
	s.Helper()
	list, err := s.store.Calls(s.Context())
	s.ok(err)
	return list
}

func callOnce(s *suite) {
	c := caseCall("LKS-2026-00001-3", "2026-11-23")
	again := c
	again.Role, again.Why = "kabid", store.CallNotThere
	s.refused(store.UnitOfWork{Calls: []store.Call{made(c, start())}}, workflow.CodeDuplicate) // nobody asked for it
	s.commit(store.UnitOfWork{Calls: []store.Call{c}})
	s.refused(store.UnitOfWork{Calls: []store.Call{again}, Claims: []string{"a"}}, workflow.CodeDuplicate)
	s.equal(len(s.claims("")), 0)
	s.equal(s.calls(), []store.Call{c})
	s.commit(store.UnitOfWork{Calls: []store.Call{made(c, in(time.Hour))}})
	s.refused(store.UnitOfWork{Calls: []store.Call{made(c, in(time.Hour))}}, workflow.CodeDuplicate)
	s.refused(store.UnitOfWork{Calls: []store.Call{c}}, workflow.CodeDuplicate)
	s.equal(len(s.calls()), 0)
}

func callList(s *suite) {
	late, early := caseCall("LKS-2026-00001-3", "2026-11-24"), officerCall("LKS-2026-00001-3", "2026-11-23")
	other := caseCall("LKS-2026-00002-1", "2026-11-23")
	s.commit(store.UnitOfWork{Calls: []store.Call{late, early}})
	s.commit(store.UnitOfWork{Calls: []store.Call{other}})
	s.equal(s.calls(), []store.Call{other, early, late})
}

func claimKept(s *suite) {
	const view = "viewed/LKS-2026-00001-5/2026-11-23T15:45:00/o-1/A2"
	s.commit(store.UnitOfWork{Claims: []string{view}})
	_, err := s.store.Purge(s.Context(), in(10*365*24*time.Hour))
	s.ok(err)
	s.restart()
	s.equal(s.claims("viewed/LKS-2026-00001-5/2026-11-23T"), []string{view})
}

func (s *suite) due(now time.Time) int {
	s.Helper()
	list, err := s.store.DueForCheck(s.Context(), now, 10)
	s.ok(err)
	return len(list)
}

func lookMoves(s *suite) {
	change := s.task(1, store.Task{Role: "kabid", Check: in(time.Hour)})
	s.commit(store.UnitOfWork{Looks: []store.Look{{Case: change.Case.ID, Version: change.Case.Version, At: in(3 * time.Hour)}}})
	s.equal([]int{s.due(in(2 * time.Hour)), s.due(in(3 * time.Hour))}, []int{0, 1})
	s.commit(store.UnitOfWork{Looks: []store.Look{{Case: change.Case.ID, At: in(9 * time.Hour)}}}) // whatever its version
	s.equal([]int{s.due(in(8 * time.Hour)), s.due(in(9 * time.Hour))}, []int{0, 1})
	s.commit(store.UnitOfWork{Looks: []store.Look{{Case: change.Case.ID, Version: change.Case.Version}}})
	s.equal(s.due(in(1000*time.Hour)), 0)
	s.commit(store.UnitOfWork{Looks: []store.Look{{Case: "LKS-2026-00009-9", At: in(time.Hour)}}}) // there is none
}

func lookConflict(s *suite) {
	change := s.task(1, store.Task{Role: "kabid", Check: in(time.Hour)})
	late := store.Look{Case: change.Case.ID, Version: change.Case.Version + 1, At: in(5 * time.Hour)}
	s.refused(store.UnitOfWork{Looks: []store.Look{late}, Claims: []string{"a"}}, workflow.CodeConflict)
	s.equal(len(s.claims("")), 0)
	s.equal(s.due(in(time.Hour)), 1)
}

func lookEnds(s *suite) {
	change := s.task(1, store.Task{Role: "kabid", Check: in(time.Hour)})
	s.commit(store.UnitOfWork{Looks: []store.Look{{Case: change.Case.ID, Version: change.Case.Version, At: in(5 * time.Hour)}}})
	next := s.change(change.Case, "k2")
	next.Task = store.Task{Role: "kabid", Check: in(2 * time.Hour)}
	s.save(next)
	s.equal([]int{s.due(in(time.Hour)), s.due(in(2 * time.Hour))}, []int{0, 1})
}

func reminderHeld(s *suite) {
	s.task(1, store.Task{Role: "kabid"})
	s.task(2, store.Task{Role: "kabid", Holder: "O-1", Due: in(2 * time.Hour)})
	s.task(3, store.Task{Role: "kabid", Holder: "O-1", Due: in(time.Hour)})
	s.task(4, store.Task{Role: "kadis", Holder: "O-1"})
	s.task(5, store.Task{Role: "kabid", Holder: "O-2"})
	s.equal(s.ids(s.store.Held(s.Context(), "kabid", "O-1", 5)), "3 2 ")
	s.equal(s.ids(s.store.Held(s.Context(), "kabid", "O-1", 1)), "3 ")
	s.equal(s.ids(s.store.Held(s.Context(), "kadis", "O-2", 5)), "")
}

func reminderCounts(s *suite) {
	s.task(1, store.Task{Role: "kabid", Due: in(time.Hour)})
	s.task(2, store.Task{Role: "kabid", Holder: "O-1", Due: in(3 * time.Hour)})
	s.task(3, store.Task{Role: "kadis"})
	s.task(4, store.Task{})
	counts, err := s.store.TaskCounts(s.Context(), in(2*time.Hour))
	s.ok(err)
	s.equal(counts, []store.TaskCount{{Role: "kabid", Open: 2, Late: 1}, {Role: "kadis", Open: 1}})
}

// marked saves a case with milestones at so many hours, each lasting as many minutes.
func (s *suite) marked(n int, kind store.MilestoneKind, step int, hours ...int) {
	s.Helper()
	change := s.submit(workflow.MakeCaseID("LKS", 2026, n))
	for _, h := range hours {
		change.Milestones = append(change.Milestones, store.Milestone{
			Case: change.Case.ID, SOP: "lks", Kind: kind, Step: step, Outcome: "lanjut",
			At: in(time.Duration(h) * time.Hour), Used: time.Duration(h) * time.Minute,
		})
	}
	s.save(change)
}

func milestoneList(s *suite) {
	s.marked(1, store.MilestoneRun, 2, 3, 1)
	s.marked(2, store.MilestoneEnd, 0, 2)
	list, err := s.store.Milestones(s.Context(), in(time.Hour), in(3*time.Hour), 10)
	s.ok(err)
	s.equal(len(list), 2)
	s.equal(list[0], store.Milestone{
		Case: workflow.MakeCaseID("LKS", 2026, 1), SOP: "lks", Kind: store.MilestoneRun, Step: 2, Outcome: "lanjut",
		At: in(time.Hour), Used: time.Minute,
	})
	s.equal(list[1].Kind, store.MilestoneEnd)
	list, err = s.store.Milestones(s.Context(), in(0), in(9*time.Hour), 1)
	s.ok(err)
	s.equal(len(list), 1)
}

func milestoneTimes(s *suite) {
	s.marked(1, store.MilestoneRun, 2, 1, 5, 3)
	s.marked(2, store.MilestoneRun, 3, 2)
	s.marked(3, store.MilestoneEnd, 2, 4)
	list, err := s.store.StepTimes(s.Context(), "lks", 2, 2)
	s.ok(err)
	s.equal(list, []time.Duration{5 * time.Minute, 3 * time.Minute})
	list, err = s.store.StepTimes(s.Context(), "lain", 2, 2)
	s.ok(err)
	s.equal(len(list), 0)
}
