package casework

import (
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// taskOf derives what a case is listed and found by.
func taskOf(def *workflow.SOP, c workflow.Case) store.Task {
	body := c.Form.Of(def.Form, workflow.MeansBody)
	t := store.Task{Label: body, Keywords: strings.ToLower(string(c.ID) + " " + body + " " + c.Form.Of(def.Form, workflow.MeansCountry))}
	if !c.Open() {
		return t
	}
	t.Check = c.ReplyClock.Due
	if role := c.Turn(def); role != workflow.RoleApplicant {
		t.Role, t.Due = role, c.StepClock.Due
	}
	if c.Holder != nil {
		t.Holder = c.Holder.By.Officer
	}
	return t
}
