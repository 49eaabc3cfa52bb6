package notifications

import (
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// delivery is the notice by which a letter is handed over.
const delivery = "told.dikirim"

// endPrefix begins the notices of a receipt that ends a case.
const endPrefix = "told.selesai_"

// wordingOf gives the key of a notice's words. A delivery is told as what it is: the permit
// or a refusal, in the chat or at the counter.
func wordingOf(def *workflow.SOP, c workflow.Case, n workflow.Notice) string {
	switch {
	case n.Key != delivery:
		return "news." + n.Key
	case c.Collected() && refused(def, c):
		return "news.told.loket_tolak"
	case c.Collected():
		return "news.told.loket"
	case refused(def, c):
		return "news.told.dikirim_tolak"
	}
	return "news." + delivery
}

// refused tells whether the case's letter is a refusal.
func refused(def *workflow.SOP, c workflow.Case) bool {
	return c.End == workflow.EndRefused || c.Open() && def.EndFrom(c.Step) == workflow.EndRefused
}

// rights tells an applicant what he may do against a refusal; "" if there is none.
func (a *Announcer) rights(def *workflow.SOP, c workflow.Case, lang workflow.Lang) string {
	l, ok := c.Letter(c.Current)
	if !ok || !refused(def, c) {
		return ""
	}
	made, _ := def.Step(l.Step)
	head, last := def.Signatory(made), l.Remedies(a.Calendar)
	to := head.Title
	if lang == workflow.English || to == "" {
		to = head.Name.In(lang)
	}
	return a.Texts.Say(lang, "refusal.rights", "head", to, "superior", a.Superior,
		"object_days", workflow.ObjectionDays, "object", dateOf(last.Objection, lang),
		"appeal_days", workflow.AppealDays, "appeal", dateOf(last.Appeal, lang))
}

// known tells whether an applicant was told by the answer to his own act.
func known(n workflow.Notice, by workflow.Actor) bool {
	return n.Person != "" && n.Person == by.Person && by.Role == workflow.RoleApplicant && strings.HasPrefix(n.Key, endPrefix)
}

// offerSurvey asks whoever got his letter at the counter how the service was.
func (a *Announcer) offerSurvey(m *bot.Message, lang workflow.Lang, survey, start bot.Choice) {
	m.Text += "\n" + a.Texts.Say(lang, "survey.offer", "n", workflow.SurveyElements)
	m.Choices = []bot.Choice{survey, start}
}
