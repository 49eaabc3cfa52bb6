package wording

import (
	"strings"

	"izinbot/bot"
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

// Network gives the name of the network that a chat is in.
func Network(s *session.Session, a bot.Address) string {
	switch a.Channel() {
	case "telegram":
		return s.Text("link.on_telegram")
	case "whatsapp":
		return s.Text("link.on_whatsapp")
	}
	return s.Text("link.on_other")
}

// Ways tells in the person's language how to reach the office: in the office's own
// words, which are Indonesian, or with what is known of it.
func Ways(s *session.Session) string {
	o := s.Env.Desk.Office
	if s.Lang() == workflow.Indonesian && o.Complaints != "" {
		return o.Complaints
	}
	return s.Text("info.ways", "office", o.ShortName, "phone", o.Phone, "mail", o.Email)
}
