package mycases

import (
	"izinbot/workflow"
)

// AwaitsAgreement tells whether the applicant may approve the visit's report.
func AwaitsAgreement(_ *workflow.SOP, c workflow.Case) bool {
	return c.Open() && c.Stage == workflow.StageApprove && c.Visit != nil && c.Visit.Agreed == nil && c.Visit.Absent == nil
}

// AwaitsReceipt tells whether the applicant may confirm the receipt of a letter.
func AwaitsReceipt(def *workflow.SOP, c workflow.Case) bool {
	step, _ := def.Step(c.Step)
	return c.Open() && step.Kind == workflow.KindReceive
}

// AwaitsAnswer tells whether the office waits for the applicant to complete the
// file.
func AwaitsAnswer(c workflow.Case) bool { return c.Open() && c.Stage == workflow.StageWaiting }
