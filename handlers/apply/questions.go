package apply

import (
	"slices"
	"time"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// formOf is the application's form.
func formOf(def *workflow.SOP) form.Form { return form.Form{Fields: def.Form, Originals: true} }

// form gives the questions as they are asked now. Those about a document wait until it is sent, and while another
// question about documents is open; files that come while they are asked are those of the next
// document.
func (a *Application) form(s *session.Session, def *workflow.SOP) form.Form {
	waits := func(f workflow.Field) bool {
		if f.After == "" {
			return false
		}
		_, sent := a.Sent(f.After)
		_, expiry, open := a.Uploads(def).Open(&a.UploadState)
		return !sent || a.Doc != "" || open && expiry
	}
	f := formOf(def)
	f.Waits, f.Check = waits, letterDay(s)
	return f
}

// isAsked tells whether a question of a form is open.
func isAsked(f form.Form, d *form.State) bool {
	_, open := f.Next(d)
	return open
}

// firstAfter gives the document after which a question is the first that is asked; empty if it
// is none.
func firstAfter(def *workflow.SOP, f workflow.Field) workflow.DocCode {
	i := slices.IndexFunc(def.Form, func(other workflow.Field) bool { return other.After == f.After })
	if i < 0 || def.Form[i].Key != f.Key {
		return ""
	}
	return f.After
}

// letterDay refuses a day on which the applicant's letter cannot have been written: one to come.
func letterDay(s *session.Session) func(workflow.Field, string) string {
	return func(f workflow.Field, value string) string {
		if f.Meaning == workflow.MeansLetterDate && value > s.Now.In(workflow.WIB()).Format(time.DateOnly) {
			return s.Text("apply.letter_day_to_come", "date", wording.Shown(s, f, value))
		}
		return ""
	}
}
