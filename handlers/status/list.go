package status

import (
	"context"
	"fmt"
	"strings"

	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/workflow/store"
)

// listOwn lists a person's cases, each to be opened with its number.
func listOwn(ctx context.Context, s *session.Session, rows []store.TaskRow) error {
	var b strings.Builder
	b.WriteString(s.Text("status.list"))
	items := make([]session.Choice, 0, len(rows))
	for i, row := range rows {
		def, c, err := s.Work.Case(ctx, row.ID)
		if s.Unreadable(ctx, row.ID, err) {
			fmt.Fprintf(&b, "\n%d. %s · %s: %s", i+1, row.ID, row.Label, s.Text("case.damaged"))
			items = append(items, session.Choice{ID: "/status " + string(row.ID), Label: string(row.ID)})
			continue
		}
		if err != nil {
			return fmt.Errorf("load own case: %w", err)
		}
		label := mycases.CaseLabel(s, def, c)
		state := s.Text("status.in_progress")
		if step, ok := def.Step(mycases.PresentStep(c)); ok && mycases.Registered(c) {
			state = step.Name(s.Lang())
		}
		if !c.Open() {
			state = s.Text("end." + c.End)
		}
		fmt.Fprintf(&b, "\n%d. %s: %s", i+1, label, state)
		items = append(items, session.Choice{ID: "/status " + string(row.ID), Label: label})
	}
	return s.Tell(ctx, b.String(), items...)
}
