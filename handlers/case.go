package handlers

import (
	"context"
	"slices"
	"time"

	"izinbot/workflow"
)

// stepCase gives the case of the open dialogue if it still is at the step at which the
// dialogue began; false, told, if not.
func (t *turn) stepCase(ctx context.Context) (*workflow.SOP, workflow.Case, bool, error) {
	def, c, err := t.work.Case(ctx, t.data().Case)
	if err != nil {
		return nil, c, false, err
	}
	if c.Step != t.data().Step || !c.Open() {
		by, at := "", ""
		if m, ok := movedBy(c, t.data()); ok {
			by, at = m.By.Shown(), t.when(m.At.Format(time.RFC3339))
		}
		t.end()
		t.ask(t.text("case.moved_on", "case", string(c.ID), "by", by, "at", at), t.item("/tugas", "menu.tasks"))
		return def, c, false, nil
	}
	return def, c, true, nil
}

// movedBy tells who took the case on from the step of a dialogue since that began.
func movedBy(c workflow.Case, d *Data) (workflow.Mark, bool) {
	for _, run := range slices.Backward(c.Trail) {
		if run.Step == d.Step && !run.Clock.Stop.Before(d.Begun) {
			return workflow.Mark{By: run.By, At: run.Clock.Stop}, true
		}
	}
	if c.Asker != d.Step {
		return workflow.Mark{}, false
	}
	asked, ok := c.Letter(workflow.MakeLetterID(workflow.LetterClarification, c.Round))
	return asked.Made, ok
}
