package handlers

import (
	"context"

	"izinbot/bot"
	"izinbot/workflow"
)

// dialogueTalk is the name of the dialogue in a chat's state.
const dialogueTalk = "talk"

// talk takes one message in the person's own words and passes it on to officers:
// a complaint, or an objection to a visit's report.
type talk struct{}

// What is said, in At of the dialogue's Data.
const (
	talkComplaint = "complaint"
	talkObjection = "objection"
)

// complain takes a complaint, at once if it stands behind the command.
func complain(ctx context.Context, t *turn, arg string) error {
	t.begin(dialogueTalk, func(d *Data) { d.At = talkComplaint })
	if arg != "" {
		return talk{}.answer(ctx, t, input{text: arg})
	}
	return t.askAgain(ctx)
}

// objectToReport takes what the applicant does not agree to in a visit's report.
func objectToReport(ctx context.Context, t *turn, arg string) error {
	c, ok, err := t.ownCase(ctx, arg, "keberatan", awaitsAgreement)
	if err != nil || !ok {
		return err
	}
	t.begin(dialogueTalk, func(d *Data) { d.At, d.Case = talkObjection, c.ID })
	return t.askAgain(ctx)
}

func (talk) ask(_ context.Context, t *turn) error {
	key := "talk.complaint"
	if t.data().At == talkObjection {
		key = "talk.objection"
	}
	t.ask(t.text(key), t.item("/batal", "menu.cancel"))
	return nil
}

func (k talk) answer(ctx context.Context, t *turn, in input) error {
	if len(in.files) > 0 || in.location != nil {
		t.say("talk.words_only")
		return k.ask(ctx, t)
	}
	said, ok := t.words(in.text)
	if !ok {
		return k.ask(ctx, t)
	}
	if t.data().At == talkObjection {
		return k.object(ctx, t, said)
	}
	return k.complain(ctx, t, said)
}

// complain passes a complaint on to the administrators and the head of the office.
func (talk) complain(ctx context.Context, t *turn, said string) error {
	if t.state.Usage.Complaints >= t.app.Quotas.Complaints*t.factor() {
		t.end()
		t.say("quota.complaints")
		return nil
	}
	t.state.Usage.Complaints++
	def := t.app.Desk.Library.Current()
	roles, heads := []workflow.Role{workflow.RoleAdmin}, ""
	for _, r := range def.Roles {
		if r.Superior == "" && r.Role != workflow.RoleApplicant {
			roles, heads = append(roles, r.Role), r.Name.In(t.lang())
		}
	}
	reached, err := t.mailRoles(ctx, roles, bot.Message{
		Text: t.app.Texts.Say(workflow.Indonesian, "talk.complaint_mail", "name", t.person.Name, "text", said),
	})
	if err != nil {
		return err
	}
	t.end()
	if reached == 0 {
		t.ask(t.text("talk.nobody", "ways", t.ways()), t.likely()...)
		return nil
	}
	t.ask(t.text("talk.complained", "head", heads), t.likely()...)
	return nil
}

// object passes an objection on to those whose report it is.
func (talk) object(ctx context.Context, t *turn, said string) error {
	id := t.data().Case
	def, c, err := t.work.Case(ctx, id)
	if err != nil {
		return err
	}
	t.end()
	if !awaitsAgreement(def, c) {
		t.ask(t.text("own.none.keberatan"), t.item("/status "+string(id), "menu.status"))
		return nil
	}
	step, _ := def.Step(c.Step)
	open := t.app.Texts.Say(workflow.Indonesian, "talk.open_case")
	reached, err := t.mailRoles(ctx, []workflow.Role{step.Role}, bot.Message{
		Text: t.app.Texts.Say(workflow.Indonesian, "talk.objection_mail",
			"case", string(id), "body", c.Form.Of(def.Form, workflow.MeansBody), "text", said),
		Choices: []bot.Choice{{ID: "/buka " + string(id), Label: open}},
	})
	if err != nil {
		return err
	}
	if reached == 0 {
		t.ask(t.text("talk.nobody", "ways", t.ways()), t.likely()...)
		return nil
	}
	t.ask(t.text("talk.objected", "role", t.roleName(def, step.Role)), t.item("/setuju "+string(id), "menu.agree"))
	return nil
}
