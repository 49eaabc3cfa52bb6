package workflow

import (
	"testing"
	"time"
)

// unruled is an act that somebody added without saying who may do it.
type unruled struct{}

func (unruled) act() string { return "unruled" }

// TestActWithoutARuleIsRefused: an act that has no rule is refused to everybody, at
// every step and stage, so that a forgotten rule opens nothing.
func TestActWithoutARuleIsRefused(t *testing.T) {
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

// TestEveryActHasARule: every act that the history can hold says who does it.
func TestEveryActHasARule(t *testing.T) {
	for name, decode := range actDecoders() {
		act, err := decode([]byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if _, opens := act.(Submit); opens {
			continue // it is done to no case, and has a guard of its own
		}
		m := &move{cmd: Command{Act: act}}
		if m.rule().by == byNobody {
			t.Errorf("%s: nobody may do it", name)
		}
	}
}
