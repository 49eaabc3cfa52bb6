package wording

import (
	"strings"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// RoleName gives a role's name in the procedure of a case.
func RoleName(s *session.Session, def *workflow.SOP, role workflow.Role) string {
	rd, _ := def.RoleDef(role)
	return rd.Name.In(s.Lang())
}

// RoleNames lists roles by the names that people know.
func RoleNames(s *session.Session, roles []workflow.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = s.FieldName(string(r))
	}
	return strings.Join(names, ", ")
}
