package apply

import (
	"context"
	"slices"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/mycases"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// Application is the dialogue of an application: consent, the form, the documents, the
// summary, and off it goes. Only consent and the lists of the summary need At; all else
// follows from what was answered.
type Application struct{ filling }

// filling holds the state that both dialogues of the package share.
type filling struct {
	form.UploadState

	At   at   `json:"at,omitempty"`
	List list `json:"list,omitzero"` // what is shown at atEdit and atReplace
}

// at names the present question, where the answers alone do not tell it.
type at string

// atPicked marks an answer or document that was picked from a list of the summary.
const (
	atConsent at = "consent"
	atEdit    at = "edit"
	atReplace at = "replace"
	atPicked  at = "review"
)

// UnmarshalText also reads what versions before ADR 0050 stored: "edit:2,8". Their lists
// begin again.
func (a *at) UnmarshalText(b []byte) error {
	name, _, _ := strings.Cut(string(b), ":")
	*a = at(name)
	return nil
}

// Name implements [session.Dialogue].
func (*Application) Name() string { return mycases.Application }

// Started implements [session.Drafter].
func (*Application) Started() bool { return true }

// Ids of the choices at consent.
const (
	choiceYes = "yes"
	choiceNo  = "no"
)

// Begin begins an application, or goes on with the one that was begun
// unless a new one is asked for.
func Begin(ctx context.Context, s *session.Session, arg string) error {
	fresh := slices.Contains([]string{"baru", "new"}, strings.ToLower(arg))
	if !fresh && isOpen(s) {
		return s.Repeat(ctx)
	}
	saved, err := mycases.Draft(ctx, s)
	if err != nil {
		return err
	}
	if !fresh && saved != nil {
		s.PutAside()
		s.Ask(s.Text("apply.begun_before"), s.Choice("/lanjutkan", "menu.resume"), s.Choice("/ajukan baru", "apply.anew"))
		return nil
	}
	s.PutAside()
	s.DropDrafts(mycases.Application, saved)
	return s.Begin(ctx, &Application{filling{At: atConsent}})
}

// isOpen tells whether an application is being filled in.
func isOpen(s *session.Session) bool {
	_, open := s.State.Open.Dialogue().(*Application)
	return open
}

// Resume goes on with a half-filled application at its next question.
func Resume(ctx context.Context, s *session.Session, _ string) error {
	if isOpen(s) {
		return s.Repeat(ctx)
	}
	saved, err := mycases.Draft(ctx, s)
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
	if _, answering := s.State.Open.Dialogue().(*Clarification); answering {
		s.PutAside()
		s.Ask(s.Text("mend.put_aside"), s.Likely()...)
		return nil
	}
	if !isOpen(s) {
		s.Say("apply.nothing_to_save")
		return s.Repeat(ctx)
	}
	s.PutAside()
	s.Ask(s.Text("common.put_aside"), s.Choice("/lanjutkan", "menu.resume"), s.Choice("/mulai", "menu.start"))
	return nil
}

// Uploads asks for the documents of an application: the needed ones, and those that some
// have.
func (a *Application) Uploads(def *workflow.SOP) form.Uploads {
	required := def.Required(a.Answers)
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
func (a *Application) Ask(ctx context.Context, s *session.Session) error { return a.put(ctx, s, "") }

// put asks the next question, after lead.
func (a *Application) put(ctx context.Context, s *session.Session, lead string) error {
	def := s.Env.Desk.Library.Current()
	a.fit(def)
	switch a.At {
	case atConsent:
		a.askConsent(s, def)
		return nil
	case atEdit:
		a.askField(s, def)
		return nil
	case atReplace:
		a.askDocument(s, a.Uploads(def).Asked)
		return nil
	case atPicked:
	}
	if f := a.form(s, def); isAsked(f, &a.State) {
		s.SayText(lead)
		_, err := f.Ask(ctx, s, &a.State)
		return err
	}
	if !a.Uploads(def).Ask(s, &a.UploadState, lead) {
		s.SayText(lead)
		a.askSummary(s, def)
	}
	return nil
}

// fit drops answers that the procedure, changed meanwhile, does not ask for or
// take any more.
func (a *Application) fit(def *workflow.SOP) {
	for key, value := range a.Answers {
		i := slices.IndexFunc(def.Form, func(f workflow.Field) bool { return f.Key == key })
		if i < 0 || !def.Form[i].Accepts(value) {
			delete(a.Answers, key)
		}
	}
}

func (a *Application) askConsent(s *session.Session, def *workflow.SOP) {
	s.Ask(s.Text("apply.consent", "permit", def.Permit.In(s.Lang()),
		"time", wording.BudgetWords(s, def.ServiceTime), "tariff", wording.Rupiah(def.Tariff)),
		s.Choice(choiceYes, "apply.consent_yes"), s.Choice("/syarat", "apply.read_first"), s.Choice(choiceNo, "menu.cancel"))
}

// Answer implements [session.Dialogue].
func (a *Application) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def := s.Env.Desk.Library.Current()
	a.fit(def)
	switch a.At {
	case atConsent:
		return a.consent(ctx, s, in)
	case atEdit:
		return a.pickField(ctx, s, def, in)
	case atReplace:
		a.pickDocument(s, a.Uploads(def).Asked, in)
		return a.Ask(ctx, s)
	case atPicked:
	}
	f := a.form(s, def)
	if field, open := f.Next(&a.State); open && (field.After == "" || len(in.Files) == 0) {
		if err := f.Answer(ctx, s, &a.State, in); err != nil {
			return err
		}
		if a.Edit == "" {
			a.endPicked()
		}
		return a.Ask(ctx, s)
	}
	u := a.Uploads(def)
	if _, _, open := u.Open(&a.UploadState); open {
		lead, err := u.Answer(ctx, s, &a.UploadState, in)
		if err != nil {
			return err
		}
		if a.Doc == "" {
			a.endPicked()
		}
		if len(in.Files) > 0 && s.FilesFollow() {
			s.SayText(lead) // the last one is answered
			return nil
		}
		return a.put(ctx, s, lead)
	}
	return a.answerSummary(ctx, s, def, in)
}

// Change implements [session.Changer].
func (a *Application) Change(_ context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	def := s.Env.Desk.Library.Current()
	a.fit(def)
	if c, ok := a.Uploads(def).Change(s, &a.UploadState, t.Key, text); ok {
		return c, true, nil
	}
	c, ok := a.form(s, def).Change(s, &a.State, t, text)
	return c, ok, nil
}

// Replace implements [session.Changer].
func (a *Application) Replace(_ context.Context, s *session.Session, key, value string) error {
	def := s.Env.Desk.Library.Current()
	if !a.SetExpiry(key, value) {
		formOf(def).Replace(&a.State, key, value)
	}
	return nil
}

// Edited implements [session.Editor].
func (a *Application) Edited(ctx context.Context, s *session.Session, text string) (bool, error) {
	def := s.Env.Desk.Library.Current()
	a.fit(def)
	if a.At != "" && a.At != atPicked || !a.form(s, def).Edited(s, &a.State, text) {
		return false, nil
	}
	return true, a.Ask(ctx, s)
}

// endPicked ends the answering of what was picked from the summary.
func (f *filling) endPicked() {
	if f.At == atPicked {
		f.At = ""
	}
}

// Takes tells that words may be the answer to a question of the form that is not for
// choosing, and nowhere else.
func (a *Application) Takes(s *session.Session, text string) bool {
	def := s.Env.Desk.Library.Current()
	switch a.At {
	case atConsent:
		return phrases.Agrees(text)
	case atEdit, atReplace:
		return false
	case atPicked:
	}
	field, open := a.form(s, def).Next(&a.State)
	return open && (field.Type == workflow.FieldText || field.Type == workflow.FieldLong)
}

// TakesWords implements [session.WordsTaker].
func (a *Application) TakesWords(_ context.Context, s *session.Session, text string) bool {
	return (a.At == "" || a.At == atPicked) && a.form(s, s.Env.Desk.Library.Current()).TakesWords(&a.State, text)
}

func (a *Application) consent(ctx context.Context, s *session.Session, in session.Input) error {
	if in.Choice == "" && phrases.Agrees(in.Text) {
		in.Choice = choiceYes
	}
	switch in.Choice {
	case choiceYes:
		a.At = ""
		return a.Ask(ctx, s)
	case choiceNo:
		s.End()
		s.Ask(s.Text("common.cancelled"), s.Likely()...)
		return nil
	}
	return s.Choose(ctx)
}

// Back goes to the question before, or from what was picked in the summary back
// to the summary.
func (a *Application) Back(ctx context.Context, s *session.Session) error {
	def := s.Env.Desk.Library.Current()
	f := a.form(s, def)
	switch {
	case a.At == atConsent:
		s.Say("common.cannot_go_back")
	case a.At != "":
		a.At, a.Edit = "", ""
		a.PutDown()
	default:
		field, filling := f.Next(&a.State)
		if doc := firstAfter(def, field); filling && doc != "" {
			a.Doc, a.Edit = doc, ""
			break
		}
		if !filling && a.Uploads(def).Back(&a.UploadState) {
			break
		}
		if !f.Back(&a.State) {
			s.Say("common.cannot_go_back")
		}
	}
	return a.Ask(ctx, s)
}

// TakesFiles implements [session.FileTaker].
func (a *Application) TakesFiles(_ context.Context, s *session.Session) bool {
	def := s.Env.Desk.Library.Current()
	if a.At == atConsent || a.At == atEdit || a.At == atReplace {
		return false
	}
	a.fit(def)
	if field, open := a.form(s, def).Next(&a.State); open && field.After == "" {
		return false
	}
	_, expiry, open := a.Uploads(def).Open(&a.UploadState)
	return open && !expiry
}
