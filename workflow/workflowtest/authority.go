package workflowtest

import (
	"slices"
	"time"

	"izinbot/workflow"
)

// where says at which kind and stage an act of one kind of step is done. It is
// written from the SOP's table anew, to be compared with what the engine accepts.
func where(act workflow.Act) (kind workflow.Kind, stage workflow.Stage, shared, proof bool) {
	switch act.(type) {
	case workflow.Judge, workflow.Pass, workflow.Clarify:
		return workflow.KindCheck, workflow.StageWork, false, false
	case workflow.Issue:
		return workflow.KindIssue, workflow.StageWork, false, false
	case workflow.Propose:
		return workflow.KindCoordinate, workflow.StageWork, false, false
	case workflow.StartVisit, workflow.Locate, workflow.Photograph, workflow.Find, workflow.Report:
		return workflow.KindVisit, workflow.StageWork, true, false
	case workflow.Revise, workflow.NoteAbsent:
		return workflow.KindVisit, workflow.StageApprove, true, false
	case workflow.Recommend:
		return workflow.KindRecommend, workflow.StageWork, false, true
	case workflow.Draft:
		return workflow.KindDraft, workflow.StageWork, false, true
	case workflow.Initial:
		return workflow.KindInitial, workflow.StageWork, false, true
	case workflow.Record:
		return workflow.KindNumber, workflow.StageWork, false, false
	case workflow.Deliver:
		return workflow.KindDeliver, workflow.StageWork, false, false
	}
	return "", "", false, false
}

// MayNot tells why a command must not be accepted in the state before it, or "".
func MayNot(def *workflow.SOP, c workflow.Case, cmd workflow.Command, now time.Time) string {
	step, _ := def.Step(c.Step)
	kind, stage, shared, proof := where(cmd.Act)
	if kind == "" {
		return mayNotAnywhere(def, c, cmd, now)
	}
	switch {
	case !c.Open():
		return "the case has ended"
	case step.Kind != kind || c.Stage != stage:
		return "it belongs elsewhere"
	case !officerOf(cmd.Actor, step.Role):
		return "the actor has not the role"
	case !shared && heldByOther(c, cmd.Actor):
		return "somebody else has the task"
	case proof && cmd.Proof != workflow.ProofTOTP:
		return "it was not confirmed"
	}
	return ""
}

// mayNotAnywhere is MayNot for acts that are not bound to one kind of step.
func mayNotAnywhere(def *workflow.SOP, c workflow.Case, cmd workflow.Command, now time.Time) string {
	step, _ := def.Step(c.Step)
	turn := step.Role
	if c.Stage == workflow.StageSign {
		turn = step.Signer
	}
	own := cmd.Actor.Role == workflow.RoleApplicant && cmd.Actor.Person == c.Applicant && cmd.Actor.Officer == ""
	system := cmd.Actor.Role == workflow.RoleSystem
	waiting := c.Open() && c.Stage == workflow.StageWaiting
	letter, _ := c.Letter(c.Current)
	may := false
	switch act := cmd.Act.(type) {
	case workflow.Resubmit:
		may = waiting && own
	case workflow.Expire:
		may = waiting && system && !now.Before(c.ReplyClock.Due)
	case workflow.Reschedule:
		may = c.Open() && system
	case workflow.Withdraw:
		may = c.Open() && own && letter.Signed == nil
	case workflow.Survey:
		may = !c.Open() && own && c.Survey == nil
	case workflow.Reopen:
		may = c.End == workflow.EndUnanswered && officerOf(cmd.Actor, checker(def))
	case workflow.Receive:
		may = c.Open() && own && step.Kind == workflow.KindReceive
	case workflow.HandDeliver:
		may = c.Open() && step.Kind == workflow.KindReceive && officerOf(cmd.Actor, leadsTo(def, step.No)) && act.IdentityChecked
	case workflow.Agree:
		may = c.Open() && c.Stage == workflow.StageApprove && (own || officerOf(cmd.Actor, step.Role))
	case workflow.Claim:
		may = c.Open() && !waiting && officerOf(cmd.Actor, turn) && !heldByOther(c, cmd.Actor)
	case workflow.HandOver:
		above := slices.Contains(def.Above(turn), cmd.Actor.Role) && officerOf(cmd.Actor, cmd.Actor.Role)
		has := officerOf(cmd.Actor, turn) && !heldByOther(c, cmd.Actor)
		may = c.Open() && !waiting && (has || above) && (act.To == nil || officerOf(*act.To, turn))
	case workflow.Promise:
		may = c.Open() && !waiting && officerOf(cmd.Actor, turn) && !heldByOther(c, cmd.Actor)
	case workflow.Called:
		first := checker(def)
		above := slices.Contains(def.Above(first), cmd.Actor.Role) && officerOf(cmd.Actor, cmd.Actor.Role)
		may = c.Open() && (officerOf(cmd.Actor, first) || above)
	case workflow.Expect:
		may = c.Open() && system
	case workflow.Release:
		may = c.Open() && !waiting && system
	case workflow.Sign, workflow.Return:
		may = c.Open() && maySign(step, c.Stage, cmd) && officerOf(cmd.Actor, turn) && !heldByOther(c, cmd.Actor)
	}
	if !may {
		return "nobody or somebody else may"
	}
	return ""
}

func maySign(step workflow.Step, stage workflow.Stage, cmd workflow.Command) bool {
	_, sign := cmd.Act.(workflow.Sign)
	here := step.Kind == workflow.KindSign && stage == workflow.StageWork ||
		step.Kind == workflow.KindCoordinate && stage == workflow.StageSign ||
		step.Kind == workflow.KindInitial && !sign
	return here && (!sign || cmd.Proof == workflow.ProofTOTP)
}

func officerOf(a workflow.Actor, role workflow.Role) bool {
	return a.Officer != "" && role != "" && role != workflow.RoleApplicant && a.Role == role
}

func heldByOther(c workflow.Case, a workflow.Actor) bool {
	return c.Holder != nil && c.Holder.By.Officer != a.Officer
}

// checker is the role that first checks a file.
func checker(def *workflow.SOP) workflow.Role {
	for _, step := range def.Steps {
		if step.Kind == workflow.KindCheck {
			return step.Role
		}
	}
	return ""
}

// leadsTo is the role of the step before one.
func leadsTo(def *workflow.SOP, no int) workflow.Role {
	for _, step := range def.Steps {
		for _, b := range step.Then {
			if b.To == no {
				return step.Role
			}
		}
	}
	return ""
}
