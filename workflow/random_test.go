package workflow_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

// random draws what people may do to a case: what brings it on, what they could do
// at that step, and anything by anybody.
type random struct {
	t *rapid.T
	w *walk
}

func (r random) chance(percent int, label string) bool {
	return rapid.IntRange(1, 100).Draw(r.t, label) <= percent
}

func pick[T any](r random, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(r.t, label)
}

// pass lets some time go by: none, minutes, days, or until the answer is due.
func (r random) pass() {
	w := r.w
	switch n := rapid.IntRange(1, 100).Draw(r.t, "time"); {
	case n > 97 && !w.c.ReplyClock.Due.IsZero() && w.c.ReplyClock.Due.After(w.now):
		w.now = w.c.ReplyClock.Due
	case n > 85:
		w.now = w.now.AddDate(0, 0, rapid.IntRange(1, 5).Draw(r.t, "days"))
	case n > 40:
		w.now = w.now.Add(time.Duration(rapid.IntRange(1, 240).Draw(r.t, "minutes")) * time.Minute)
	}
}

func (r random) command() workflow.Command {
	var who workflow.Actor
	var act workflow.Act
	switch n := rapid.IntRange(1, 100).Draw(r.t, "command"); {
	case n <= 45 && r.w.c.Open():
		who, act = r.driver().next(r.w)
	case n <= 80:
		who, act = r.likely(), r.act()
	default:
		who, act = r.anybody(), r.act()
	}
	cmd := r.w.command(who, act)
	if r.chance(5, "unproven") {
		cmd.Proof = workflow.ProofNone
	}
	return cmd
}

func (r random) driver() driver {
	return driver{outcome: pick(r, "outcome", workflow.OutcomeRecommended, workflow.OutcomeNotRecommended)}
}

// likely is somebody whose turn it may be.
func (r random) likely() workflow.Actor {
	step, _ := r.w.def.Step(r.w.c.Step)
	role := step.Role
	if r.w.c.Stage == workflow.StageSign {
		role = step.Signer
	}
	if role == workflow.RoleApplicant || r.chance(15, "applicant") {
		return applicant()
	}
	if h := r.w.c.Holder; h != nil && r.chance(60, "holder") {
		return h.By
	}
	return officer(role, rapid.IntRange(1, 3).Draw(r.t, "n"))
}

func (r random) anybody() workflow.Actor {
	roles := []workflow.Role{workflow.RoleAdmin, workflow.RoleSystem, ""}
	for _, def := range r.w.def.Roles {
		roles = append(roles, def.Role)
	}
	switch who := officer(pick(r, "role", roles...), rapid.IntRange(1, 3).Draw(r.t, "n")); rapid.IntRange(1, 8).Draw(r.t, "who") {
	case 1:
		return applicant()
	case 2:
		return stranger()
	case 3:
		return workflow.System()
	case 4:
		who.Officer = ""
		return who
	default:
		return who
	}
}

// act draws any act, with contents that often fit the case.
func (r random) act() workflow.Act {
	acts := slices.Concat(r.paperActs(), r.fileActs(), r.taskActs(), r.visitActs())
	return rapid.SampledFrom(acts).Draw(r.t, "act")()
}

type lazy []func() workflow.Act

func (r random) note() string { return pick(r, "note", "", " ", "Perbaiki CONTOH", "<b>\"x\"</b>\n&") }

func (r random) seen() int { return pick(r, "seen", 0, 0, 1, 2) }

func (r random) fileActs() lazy {
	w := r.w
	some := func() []workflow.DocCode {
		codes := codes(w.c)
		for _, d := range w.def.Documents {
			if !slices.Contains(codes, d.Code) {
				codes = append(codes, d.Code)
			}
		}
		return rapid.SliceOfN(rapid.SampledFrom(codes), 0, 4).Draw(r.t, "documents")
	}
	return lazy{
		func() workflow.Act { return application(w.def, w.now) },
		func() workflow.Act {
			return workflow.Resubmit{Documents: documents(w.def, w.c.Round+1, w.c.Asked(w.def)...)}
		},
		func() workflow.Act { return workflow.Resubmit{Documents: documents(w.def, 7, some()...)} },
		func() workflow.Act { return workflow.Judge{Documents: some(), OK: true, Reason: r.note()} },
		func() workflow.Act { return workflow.Judge{Documents: some(), Reason: r.note()} },
		func() workflow.Act { return workflow.Judge{Documents: codes(w.c), Reason: "Tidak terbaca"} },
		func() workflow.Act { return workflow.Pass{} },
		func() workflow.Act { return workflow.Clarify{} },
		func() workflow.Act { return workflow.Clarify{} },
		func() workflow.Act { return workflow.Expire{} },
		func() workflow.Act { return workflow.Reopen{Reason: r.note()} },
		func() workflow.Act { return workflow.Reschedule{Reason: r.note()} },
	}
}

// fields answers a step of the procedure, not always the one where the case is.
func (r random) fields() workflow.Answers {
	step, _ := r.w.def.Step(r.w.c.Step)
	if r.chance(20, "other step") {
		step = pick(r, "step", r.w.def.Steps...)
	}
	fields := fill(step.Fields, r.w.now)
	if len(step.Fields) > 0 && r.chance(20, "spoil") {
		fields[pick(r, "field", step.Fields...).Key] = pick(r, "value", "", "\xff", "2026-02-31", "2099-01-01", "a\nb")
	}
	return fields
}

func (r random) paperActs() lazy {
	return lazy{
		func() workflow.Act { return workflow.Issue{Fields: r.fields()} },
		func() workflow.Act {
			step, _ := r.w.def.Step(r.w.c.Step)
			return proposal(step, r.w.now, rapid.IntRange(0, 3).Draw(r.t, "team"))
		},
		func() workflow.Act { return workflow.Draft{Fields: r.fields()} },
		func() workflow.Act { return workflow.Initial{Seen: r.seen()} },
		func() workflow.Act { return workflow.Sign{Seen: r.seen()} },
		func() workflow.Act { return workflow.Return{Note: r.note()} },
		func() workflow.Act { return workflow.Return{Note: "Perbaiki CONTOH"} },
		func() workflow.Act { return workflow.Record{} },
		func() workflow.Act {
			return workflow.Deliver{Means: pick(r, "means", workflow.MeansChat, workflow.MeansCounter, "")}
		},
		func() workflow.Act { return workflow.Receive{} },
		func() workflow.Act {
			return workflow.HandDeliver{Recipient: r.note(), IdentityChecked: r.chance(80, "identity")}
		},
		func() workflow.Act { return workflow.Recommend{Outcome: r.driver().outcome, Fields: r.fields()} },
	}
}

func (r random) taskActs() lazy {
	return lazy{
		func() workflow.Act { return workflow.Claim{} },
		func() workflow.Act {
			to := r.anybody()
			if r.chance(70, "colleague") {
				to = r.likely()
			}
			return workflow.HandOver{To: &to, Note: r.note()}
		},
		func() workflow.Act { return workflow.HandOver{} },
		func() workflow.Act { return workflow.Withdraw{Reason: r.note()} },
		func() workflow.Act {
			var a workflow.Survey
			for i := range a.Scores {
				a.Scores[i] = rapid.IntRange(1, 4).Draw(r.t, "score")
			}
			return a
		},
	}
}

func (r random) visitActs() lazy {
	place := func() workflow.Coordinates {
		return workflow.Coordinates{Lat: rapid.Float64Range(-91, 91).Draw(r.t, "lat"), Lon: rapid.Float64Range(-181, 181).Draw(r.t, "lon")}
	}
	items := []string{"alamat", "mitra", "lingkungan", "lain"}
	return lazy{
		func() workflow.Act { return workflow.StartVisit{} },
		func() workflow.Act { return workflow.Locate{Coordinates: place()} },
		func() workflow.Act {
			return workflow.Photograph{Photos: []workflow.Photo{photo(pick(r, "photo", "a", "b", "c"))}}
		},
		func() workflow.Act { return workflow.Find{Item: pick(r, "item", items...), Note: r.note()} },
		func() workflow.Act { return workflow.Report{Conclusion: r.note()} },
		func() workflow.Act { return workflow.Agree{Seen: r.seen()} },
		func() workflow.Act { return workflow.Revise{Note: r.note()} },
		func() workflow.Act { return workflow.NoteAbsent{Note: r.note()} },
	}
}
