package handlers

import (
	"context"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// application is how somebody applies: consent, the form, the documents, the
// summary, and off it goes. Only consent and the lists of the summary need
// Data.At; all else follows from what was answered.
type application struct{}

// At of an application's Data. atEdit and atReplace go on with what of their list
// is shown; atReview marks an answer or document that was picked there.
const (
	atConsent = "consent"
	atEdit    = "edit:"
	atReplace = "replace:"
	atReview  = "review"
)

// Ids of the choices at consent.
const (
	consentYes = "yes"
	consentNo  = "no"
)

// applyCommand begins an application, or goes on with the one that was begun
// unless a new one is asked for.
func applyCommand(ctx context.Context, t *turn, arg string) error {
	fresh := slices.Contains([]string{"baru", "new"}, strings.ToLower(arg))
	if !fresh && t.state.Open != nil && t.state.Open.Name == dialogueApply {
		return t.askAgain(ctx)
	}
	saved, err := t.draft(ctx)
	if err != nil {
		return err
	}
	if !fresh && saved != nil {
		t.putAside()
		t.ask(t.text("apply.begun_before"), t.item("/lanjutkan", "menu.resume"), t.item("/ajukan baru", "apply.anew"))
		return nil
	}
	if saved != nil {
		t.claim(saved) // which other chats then no longer offer
	}
	t.begin(dialogueApply, func(d *Data) { d.At = atConsent })
	t.state.Saved = nil
	return t.askAgain(ctx)
}

// resumeApplication goes on with a half-filled application at its next question.
func resumeApplication(ctx context.Context, t *turn, _ string) error {
	if open := t.state.Open; open != nil && open.Name == dialogueApply {
		return t.askAgain(ctx)
	}
	saved, err := t.draft(ctx)
	if err != nil {
		return err
	}
	if saved == nil {
		t.ask(t.text("apply.nothing_saved"), t.item("/ajukan", "menu.apply"), t.item("/status", "menu.status"))
		return nil
	}
	t.takeUp(saved)
	return t.askAgain(ctx)
}

// saveApplication puts the application aside.
func saveApplication(ctx context.Context, t *turn, _ string) error {
	if open := t.state.Open; open != nil && open.Name == dialogueMend {
		t.putAside()
		t.ask(t.text("mend.put_aside"), t.likely()...)
		return nil
	}
	if t.state.Open == nil || t.state.Open.Name != dialogueApply {
		t.say("apply.nothing_to_save")
		return t.askAgain(ctx)
	}
	t.putAside()
	t.ask(t.text("common.put_aside"), t.item("/lanjutkan", "menu.resume"), t.item("/mulai", "menu.start"))
	return nil
}

// applicationUploads asks for the documents of an application: the needed ones,
// and those that some have.
func applicationUploads(def *workflow.SOP, d *Data) uploads {
	required := def.Required(d.Answers)
	needed := func(doc workflow.DocDef) bool {
		return slices.ContainsFunc(required, func(r workflow.DocDef) bool { return r.Code == doc.Code })
	}
	u := uploads{needed: needed}
	for _, doc := range def.Documents {
		if needed(doc) || doc.Need == workflow.NeedIfExists {
			u.asked = append(u.asked, doc)
		}
	}
	return u
}

func (a application) ask(ctx context.Context, t *turn) error { return a.put(ctx, t, "") }

// put asks the next question, after lead.
func (a application) put(ctx context.Context, t *turn, lead string) error {
	def, d := t.app.Desk.Library.Current(), t.data()
	fitForm(def, d)
	switch {
	case d.At == atConsent:
		a.askConsent(t, def)
		return nil
	case strings.HasPrefix(d.At, atEdit):
		a.askField(t, def)
		return nil
	case strings.HasPrefix(d.At, atReplace):
		a.askDocument(t, def)
		return nil
	}
	if _, open := (form{fields: def.Form}).next(d); open {
		t.remark(lead)
		_, err := form{fields: def.Form}.ask(ctx, t)
		return err
	}
	if !applicationUploads(def, d).ask(t, lead) {
		t.remark(lead)
		a.askSummary(t, def)
	}
	return nil
}

// fitForm drops answers that the procedure, changed meanwhile, does not ask for or
// take any more.
func fitForm(def *workflow.SOP, d *Data) {
	for key, value := range d.Answers {
		i := slices.IndexFunc(def.Form, func(f workflow.Field) bool { return f.Key == key })
		if i < 0 || !def.Form[i].Accepts(value) {
			delete(d.Answers, key)
		}
	}
}

func (application) askConsent(t *turn, def *workflow.SOP) {
	t.ask(t.text("apply.consent", "permit", def.Permit.In(t.lang()),
		"time", t.budgetWords(def.ServiceTime), "tariff", rupiah(def.Tariff)),
		t.item(consentYes, "apply.consent_yes"), t.item("/syarat", "apply.read_first"), t.item(consentNo, "menu.cancel"))
}

func (a application) answer(ctx context.Context, t *turn, in input) error {
	def, d := t.app.Desk.Library.Current(), t.data()
	fitForm(def, d)
	switch {
	case d.At == atConsent:
		return a.consent(ctx, t, in)
	case strings.HasPrefix(d.At, atEdit):
		return a.pickField(ctx, t, def, in)
	case strings.HasPrefix(d.At, atReplace):
		return a.pickDocument(ctx, t, def, in)
	}
	f := form{fields: def.Form}
	if _, open := f.next(d); open {
		if err := f.answer(ctx, t, in); err != nil {
			return err
		}
		if d.Edit == "" {
			reviewed(d)
		}
		return a.ask(ctx, t)
	}
	u := applicationUploads(def, d)
	if _, _, open := u.open(d); open {
		lead, err := u.answer(ctx, t, in)
		if err != nil {
			return err
		}
		if d.Doc == "" {
			reviewed(d)
		}
		return a.put(ctx, t, lead)
	}
	return a.review(ctx, t, def, in)
}

// reviewed ends the answering of what was picked from the summary.
func reviewed(d *Data) {
	if d.At == atReview {
		d.At = ""
	}
}

// takes tells that words may be the answer to a question of the form that is not for
// choosing, and nowhere else.
func (application) takes(t *turn, text string) bool {
	def, d := t.app.Desk.Library.Current(), t.data()
	switch {
	case d.At == atConsent:
		return saysYes(text)
	case strings.HasPrefix(d.At, atEdit), strings.HasPrefix(d.At, atReplace):
		return false
	}
	field, open := form{fields: def.Form}.next(d)
	return open && (field.Type == workflow.FieldText || field.Type == workflow.FieldLong)
}

func (a application) consent(ctx context.Context, t *turn, in input) error {
	if in.choice == "" && saysYes(in.text) {
		in.choice = consentYes
	}
	switch in.choice {
	case consentYes:
		t.data().At = ""
		return a.ask(ctx, t)
	case consentNo:
		t.end()
		t.ask(t.text("common.cancelled"), t.likely()...)
		return nil
	}
	t.say("common.choose")
	return a.ask(ctx, t)
}

// back goes to the question before, or from what was picked in the summary back
// to the summary.
func (a application) back(ctx context.Context, t *turn) error {
	def, d := t.app.Desk.Library.Current(), t.data()
	f := form{fields: def.Form}
	switch {
	case d.At == atConsent:
		t.say("common.cannot_go_back")
	case d.At != "":
		d.At, d.Edit, d.Doc, d.Files = "", "", "", nil
	default:
		_, filling := f.next(d)
		if !filling && applicationUploads(def, d).back(d) {
			break
		}
		if !f.back(d) {
			t.say("common.cannot_go_back")
		}
	}
	return a.ask(ctx, t)
}

// remark says a sentence by itself, if there is one.
func (t *turn) remark(text string) {
	if text != "" {
		t.reply(bot.Message{Text: text})
	}
}
