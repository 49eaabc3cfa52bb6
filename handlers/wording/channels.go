package wording

import (
	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Network names where a chat is.
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
