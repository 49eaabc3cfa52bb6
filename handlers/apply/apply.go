package apply

import (
	"context"
	"slices"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// Application is the dialogue of an application: consent, the form, the documents, the
// summary, and off it goes. Only consent and the lists of the summary need
// Data.At; all else follows from what was answered.
type Application struct{}

// At of an application's Data. atEdit and atReplace go on with what of their list
// is shown; atPicked marks an answer or document that was picked there.
const (
	atConsent = "consent"
	atEdit    = "edit:"
	atReplace = "replace:"
	atPicked  = "review"
)

// Ids of the choices at consent.
const (
	choiceYes = "yes"
	choiceNo  = "no"
)

// Begin begins an application, or goes on with the one that was begun
// unless a new one is asked for.
func Begin(ctx context.Context, s *session.Session, arg string) error {
	fresh := slices.Contains([]string{"baru", "new"}, strings.ToLower(arg))
	if !fresh && s.State.Open != nil && s.State.Open.Name == session.DialogueApplication {
		return s.Repeat(ctx)
	}
	saved, err := s.ApplicationDraft(ctx)
	if err != nil {
		return err
	}
	if !fresh && saved != nil {
		s.PutAside()
		s.Ask(s.Text("apply.begun_before"), s.Choice("/lanjutkan", "menu.resume"), s.Choice("/ajukan baru", "apply.anew"))
		return nil
	}
	if saved != nil {
		s.Claim(saved) // which other chats then no longer offer
	}
	s.Begin(session.DialogueApplication, func(d *session.Data) { d.At = atConsent })
	s.State.Saved = nil
	return s.Repeat(ctx)
}

// Resume goes on with a half-filled application at its next question.
func Resume(ctx context.Context, s *session.Session, _ string) error {
	if open := s.State.Open; open != nil && open.Name == session.DialogueApplication {
		return s.Repeat(ctx)
	}
	saved, err := s.ApplicationDraft(ctx)
	if err != nil {
		return err
	}
	if saved == nil {
		s.Ask(s.Text("apply.nothing_saved"), s.Choice("/ajukan", "menu.apply"), s.Choice("/status", "menu.status"))
		return nil
	}
	s.TakeUp(saved)
	return s.Repeat(ctx)
}

// Save puts the application aside.
func Save(ctx context.Context, s *session.Session, _ string) error {
	if open := s.State.Open; open != nil && open.Name == session.DialogueClarification {
		s.PutAside()
		s.Ask(s.Text("mend.put_aside"), s.Likely()...)
		return nil
	}
	if s.State.Open == nil || s.State.Open.Name != session.DialogueApplication {
		s.Say("apply.nothing_to_save")
		return s.Repeat(ctx)
	}
	s.PutAside()
	s.Ask(s.Text("common.put_aside"), s.Choice("/lanjutkan", "menu.resume"), s.Choice("/mulai", "menu.start"))
	return nil
}

// ApplicationUploads asks for the documents of an application: the needed ones,
// and those that some have.
func ApplicationUploads(def *workflow.SOP, d *session.Data) form.Uploads {
	required := def.Required(d.Answers)
	needed := func(doc workflow.DocDef) bool {
		return slices.ContainsFunc(required, func(r workflow.DocDef) bool { return r.Code == doc.Code })
	}
	u := form.Uploads{Needed: needed}
	for _, doc := range def.Documents {
		if needed(doc) || doc.Need == workflow.NeedIfExists {
			u.Asked = append(u.Asked, doc)
		}
	}
	return u
}

// Ask implements [session.Dialogue].
func (a Application) Ask(ctx context.Context, s *session.Session) error { return a.put(ctx, s, "") }

// put asks the next question, after lead.
func (a Application) put(ctx context.Context, s *session.Session, lead string) error {
	def, d := s.Env.Desk.Library.Current(), s.Data()
	fitForm(def, d)
	switch {
	case d.At == atConsent:
		a.askConsent(s, def)
		return nil
	case strings.HasPrefix(d.At, atEdit):
		a.askField(s, def)
		return nil
	case strings.HasPrefix(d.At, atReplace):
		a.askDocument(s, def)
		return nil
	}
	if _, open := (form.Form{Fields: def.Form}).Next(d); open {
		s.Remark(lead)
		_, err := form.Form{Fields: def.Form}.Ask(ctx, s)
		return err
	}
	if !ApplicationUploads(def, d).Ask(s, lead) {
		s.Remark(lead)
		a.askSummary(s, def)
	}
	return nil
}

// fitForm drops answers that the procedure, changed meanwhile, does not ask for or
// take any more.
func fitForm(def *workflow.SOP, d *session.Data) {
	for key, value := range d.Answers {
		i := slices.IndexFunc(def.Form, func(f workflow.Field) bool { return f.Key == key })
		if i < 0 || !def.Form[i].Accepts(value) {
			delete(d.Answers, key)
		}
	}
}

func (Application) askConsent(s *session.Session, def *workflow.SOP) {
	s.Ask(s.Text("apply.consent", "permit", def.Permit.In(s.Lang()),
		"time", wording.BudgetWords(s, def.ServiceTime), "tariff", wording.Rupiah(def.Tariff)),
		s.Choice(choiceYes, "apply.consent_yes"), s.Choice("/syarat", "apply.read_first"), s.Choice(choiceNo, "menu.cancel"))
}

// Answer implements [session.Dialogue].
func (a Application) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, d := s.Env.Desk.Library.Current(), s.Data()
	fitForm(def, d)
	switch {
	case d.At == atConsent:
		return a.consent(ctx, s, in)
	case strings.HasPrefix(d.At, atEdit):
		return a.pickField(ctx, s, def, in)
	case strings.HasPrefix(d.At, atReplace):
		return a.pickDocument(ctx, s, def, in)
	}
	f := form.Form{Fields: def.Form}
	if _, open := f.Next(d); open {
		if err := f.Answer(ctx, s, in); err != nil {
			return err
		}
		if d.Edit == "" {
			endPicked(d)
		}
		return a.Ask(ctx, s)
	}
	u := ApplicationUploads(def, d)
	if _, _, open := u.Open(d); open {
		lead, err := u.Answer(ctx, s, in)
		if err != nil {
			return err
		}
		if d.Doc == "" {
			endPicked(d)
		}
		return a.put(ctx, s, lead)
	}
	return a.answerSummary(ctx, s, def, in)
}

// endPicked ends the answering of what was picked from the summary.
func endPicked(d *session.Data) {
	if d.At == atPicked {
		d.At = ""
	}
}

// Takes tells that words may be the answer to a question of the form that is not for
// choosing, and nowhere else.
func (Application) Takes(s *session.Session, text string) bool {
	def, d := s.Env.Desk.Library.Current(), s.Data()
	switch {
	case d.At == atConsent:
		return form.SaysYes(text)
	case strings.HasPrefix(d.At, atEdit), strings.HasPrefix(d.At, atReplace):
		return false
	}
	field, open := form.Form{Fields: def.Form}.Next(d)
	return open && (field.Type == workflow.FieldText || field.Type == workflow.FieldLong)
}

func (a Application) consent(ctx context.Context, s *session.Session, in session.Input) error {
	if in.Choice == "" && form.SaysYes(in.Text) {
		in.Choice = choiceYes
	}
	switch in.Choice {
	case choiceYes:
		s.Data().At = ""
		return a.Ask(ctx, s)
	case choiceNo:
		s.End()
		s.Ask(s.Text("common.cancelled"), s.Likely()...)
		return nil
	}
	s.Say("common.choose")
	return a.Ask(ctx, s)
}

// Back goes to the question before, or from what was picked in the summary back
// to the summary.
func (a Application) Back(ctx context.Context, s *session.Session) error {
	def, d := s.Env.Desk.Library.Current(), s.Data()
	f := form.Form{Fields: def.Form}
	switch {
	case d.At == atConsent:
		s.Say("common.cannot_go_back")
	case d.At != "":
		d.At, d.Edit, d.Doc, d.Files = "", "", "", nil
	default:
		_, filling := f.Next(d)
		if !filling && ApplicationUploads(def, d).Back(d) {
			break
		}
		if !f.Back(d) {
			s.Say("common.cannot_go_back")
		}
	}
	return a.Ask(ctx, s)
}

// TakesFiles implements [session.FileTaker].
func (Application) TakesFiles(_ context.Context, s *session.Session) bool {
	def, d := s.Env.Desk.Library.Current(), s.Data()
	if d.At == atConsent || strings.HasPrefix(d.At, atEdit) || strings.HasPrefix(d.At, atReplace) {
		return false
	}
	fitForm(def, d)
	if _, open := (form.Form{Fields: def.Form}).Next(d); open {
		return false
	}
	_, expiry, open := ApplicationUploads(def, d).Open(d)
	return open && !expiry
}
