package supervise

import (
	"context"
	"fmt"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Find lists cases by words of the body's name, country or number, or by the number of a letter.
func Find(ctx context.Context, s *session.Session, words string) error {
	if len(strings.TrimSpace(words)) < 2 {
		s.Say("find.how")
		return nil
	}
	number, err := printed(ctx, s, words)
	if err != nil {
		return err
	}
	head := ""
	if number.Printed != "" {
		id, letter := caseOf(number)
		words = string(id)
		head = s.Text("find.number", "number", number.Printed, "letter", letter) + "\n"
	}
	rows, err := s.Env.Store.Find(ctx, words, wording.Page)
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	if len(rows) == 0 {
		s.Say("find.none", "words", texts.Cut(words, 40))
		return nil
	}
	return listRows(ctx, s, head+s.Text("find.head", "n", len(rows)), rows)
}

// listRows shows cases with a choice to open each.
func listRows(ctx context.Context, s *session.Session, head string, rows []store.TaskRow) error {
	var b strings.Builder
	b.WriteString(head)
	items := make([]session.Choice, 0, len(rows))
	for i, row := range rows {
		line, err := tasks.TaskLine(ctx, s, row)
		if err != nil {
			return err
		}
		if row.End != "" {
			line = string(row.ID) + " · " + row.Label + " · " + s.Text("end."+row.End)
		}
		fmt.Fprintf(&b, "\n%d. %s", i+1, line)
		items = append(items, session.Choice{ID: "/buka " + string(row.ID), Label: string(row.ID)})
	}
	s.Ask(b.String(), items...)
	return nil
}

// rolesBelow lists the roles whose lateness concerns the officer.
func rolesBelow(ctx context.Context, s *session.Session) ([]workflow.Role, error) {
	mine, err := s.Roles(ctx)
	if err != nil {
		return nil, err
	}
	def := s.Env.Desk.Library.Current()
	var out []workflow.Role
	for _, rd := range def.Roles {
		if rd.Role != workflow.RoleApplicant && concerns(def, rd.Role, mine) {
			out = append(out, rd.Role)
		}
	}
	return out, nil
}

// concerns tells whether role is one of mine, or below one of them.
func concerns(def *workflow.SOP, role workflow.Role, mine []workflow.Role) bool {
	for range len(def.Roles) + 1 {
		for _, m := range mine {
			if m == role || m == workflow.RoleAdmin {
				return true
			}
		}
		rd, ok := def.RoleDef(role)
		if !ok || rd.Superior == "" {
			return false
		}
		role = rd.Superior
	}
	return false
}
