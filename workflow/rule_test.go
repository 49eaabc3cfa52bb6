package workflow

import (
	"testing"
	"time"
)

// unruled is an act with the zero rule.
type unruled struct{}

func (unruled) name() string            { return "unruled" }
func (unruled) rule() rule              { return rule{} }
func (unruled) apply(*transition) error { return nil }

// TestZeroRuleIsRefused: an act whose rule names no actor is refused to everybody, at
// every step and stage, so that a forgotten rule opens nothing.
func TestZeroRuleIsRefused(t *testing.T) {
	def := &SOP{Ref: SOPRef{Name: "CONTOH", Version: "1"}, Roles: []RoleDef{{Role: "front_office", Superior: "kadis"}, {Role: "kadis"}}}
	for n, kind := range []Kind{
		KindSubmit, KindCheck, KindIssue, KindCoordinate, KindVisit, KindRecommend,
		KindDraft, KindInitial, KindSign, KindNumber, KindDeliver, KindReceive,
	} {
		def.Steps = append(def.Steps, Step{No: n + 1, Kind: kind, Role: "front_office", Signer: "kadis"})
	}
	actors := []Actor{
		{Officer: "o-1", Role: "front_office"},
		{Officer: "o-2", Role: "kadis"},
		{Officer: "o-3", Role: RoleAdmin},
		{Person: "p-1", Role: RoleApplicant},
		{Person: "p-2", Role: RoleApplicant},
		System(),
		{},
	}
	for _, step := range def.Steps {
		for _, stage := range []Stage{StageWork, StageWaiting, StageSign, StageApprove} {
			for _, end := range []string{"", EndGranted} {
				for _, a := range actors {
					c := Case{ID: "CONTOH", Version: 1, SOP: def.Ref, Step: step.No, Stage: stage, Applicant: "p-1", End: end}
					cmd := Command{Key: "k", Actor: a, Act: unruled{}, Proof: ProofTOTP}
					if _, err := Decide(def, c, cmd, time.Unix(0, 0)); CodeOf(err) != CodeForbidden {
						t.Fatalf("step %s, stage %q, end %q, actor %+v: %v", step.Kind, stage, end, a, err)
					}
				}
			}
		}
	}
}

// TestEveryActHasARule: the compiler wants a rule of every act; that it names an actor
// is seen here. An act that is done at some step says at which.
func TestEveryActHasARule(t *testing.T) {
	for _, act := range acts() {
		r := act.rule()
		if r.actor == nil {
			t.Errorf("%s: nobody may do it", act.name())
		}
		for _, p := range r.at {
			if p.kind != "" && p.kind.Outcomes() == nil {
				t.Errorf("%s is done at steps of the unknown kind %q", act.name(), p.kind)
			}
		}
	}
}
