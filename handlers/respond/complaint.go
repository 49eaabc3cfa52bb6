package respond

import (
	"context"

	"izinbot/bot"
	"izinbot/handlers/form"
	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// Complaint takes one message in the person's own words and passes it on to officers:
// a complaint, or an objection to a visit's report.
type Complaint struct {
	About string `json:"at"`
}

// Name implements [session.Dialogue].
func (*Complaint) Name() string { return "talk" }

// What is said.
const (
	talkComplaint = "complaint"
	talkObjection = "objection"
)

// Complain takes a complaint, at once if it stands behind the command.
func Complain(ctx context.Context, s *session.Session, arg string) error {
	k := &Complaint{About: talkComplaint}
	if arg != "" {
		if said, ok := form.Words(s, arg); ok {
			s.PutAside()
			return k.complain(ctx, s, said)
		}
	}
	return s.Begin(ctx, k)
}

// Object takes what the applicant does not agree to in a visit's report.
func Object(ctx context.Context, s *session.Session, arg string) error {
	c, err := mycases.OwnCase(ctx, s, arg, "keberatan", mycases.AwaitsAgreement)
	if err != nil {
		return err
	}
	return s.BeginAt(ctx, &Complaint{About: talkObjection}, c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (k *Complaint) Ask(_ context.Context, s *session.Session) error {
	key := "talk.complaint"
	if k.About == talkObjection {
		key = "talk.objection"
	}
	s.Ask(s.Text(key), s.Choice("/batal", "menu.cancel"))
	return nil
}

// Answer implements [session.Dialogue].
func (k *Complaint) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	if len(in.Files) > 0 || in.Location != nil {
		s.Say("talk.words_only")
		return k.Ask(ctx, s)
	}
	said, ok := form.Words(s, in.Text)
	if !ok {
		return k.Ask(ctx, s)
	}
	if k.About == talkObjection {
		return k.object(ctx, s, said)
	}
	return k.complain(ctx, s, said)
}

// TakesWords implements [session.WordsTaker].
func (*Complaint) TakesWords(context.Context, *session.Session, string) bool { return true }

// complain passes a complaint on to the administrators and the head of the office.
func (*Complaint) complain(ctx context.Context, s *session.Session, said string) error {
	if !s.SpendComplaint() {
		s.End()
		s.Say("quota.complaints")
		return nil
	}
	def := s.Env.Desk.Library.Current()
	roles, heads := []workflow.Role{workflow.RoleAdmin}, ""
	for _, r := range def.Roles {
		if r.Superior == "" && r.Role != workflow.RoleApplicant {
			roles, heads = append(roles, r.Role), r.Name.In(s.Lang())
		}
	}
	reached, err := s.MailRoles(ctx, roles, bot.Message{
		Text: s.Env.Texts.Say(workflow.Indonesian, "talk.complaint_mail", "name", s.Person.Name, "text", said),
	})
	if err != nil {
		return err
	}
	s.End()
	if reached == 0 {
		s.Ask(s.Text("talk.nobody", "ways", wording.Ways(s)), s.Likely()...)
		return nil
	}
	s.Ask(s.Text("talk.complained", "head", heads), s.Likely()...)
	return nil
}

// object passes an objection on to those whose report it is.
func (*Complaint) object(ctx context.Context, s *session.Session, said string) error {
	id := s.State.Open.Case
	def, c, err := s.Work.Case(ctx, id)
	if err != nil {
		return err
	}
	s.End()
	if !mycases.AwaitsAgreement(def, c) {
		s.Ask(s.Text("own.none.keberatan"), s.Choice("/status "+string(id), "menu.status"))
		return nil
	}
	step, _ := def.Step(c.Step)
	open := s.Env.Texts.Say(workflow.Indonesian, "talk.open_case")
	reached, err := s.MailRoles(ctx, []workflow.Role{step.Role}, bot.Message{
		Text: s.Env.Texts.Say(workflow.Indonesian, "talk.objection_mail",
			"case", string(id), "body", c.Form.Of(def.Form, workflow.MeansBody), "text", said),
		Choices: []bot.Choice{{ID: "/buka " + string(id), Label: open}},
	})
	if err != nil {
		return err
	}
	if reached == 0 {
		s.Ask(s.Text("talk.nobody", "ways", wording.Ways(s)), s.Likely()...)
		return nil
	}
	s.Ask(s.Text("talk.objected", "role", wording.RoleName(s, def, step.Role)), s.Choice("/setuju "+string(id), "menu.agree"))
	return nil
}
