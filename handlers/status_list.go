package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/workflow/store"
)

// listOwn lists a person's cases, each to be opened with its number.
func (t *turn) listOwn(ctx context.Context, rows []store.TaskRow) error {
	var b strings.Builder
	b.WriteString(t.text("status.list"))
	items := make([]Item, 0, len(rows))
	for i, row := range rows {
		def, c, err := t.work.Case(ctx, row.ID)
		if t.unreadable(ctx, row.ID, err) {
			fmt.Fprintf(&b, "\n%d. %s · %s: %s", i+1, row.ID, row.Label, t.text("case.damaged"))
			items = append(items, Item{ID: "/status " + string(row.ID), Label: string(row.ID)})
			continue
		}
		if err != nil {
			return fmt.Errorf("load own case: %w", err)
		}
		label := t.caseLabel(def, c)
		state := t.text("status.in_progress")
		if step, ok := def.Step(presentStep(c)); ok && registered(c) {
			state = step.Activity
		}
		if !c.Open() {
			state = t.text("end." + c.End)
		}
		fmt.Fprintf(&b, "\n%d. %s: %s", i+1, label, state)
		items = append(items, Item{ID: "/status " + string(row.ID), Label: label})
	}
	return t.tellStatus(ctx, b.String(), items...)
}
