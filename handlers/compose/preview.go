package compose

import (
	"context"
	"errors"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// decide tells what sending would lead to, with stand-ins for the register numbers
// that are reserved only then.
func (k *Composition) decide(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step, act workflow.Act) (workflow.Decision, error) {
	actor, err := s.Acting(ctx, def, step.Role)
	if err != nil {
		return workflow.Decision{}, err
	}
	cmd := workflow.Command{Actor: actor, Act: act, Proof: workflow.ProofTOTP}
	numbers := map[workflow.LetterID]workflow.Number{}
	for _, id := range workflow.NumbersNeeded(def, c, cmd, s.Now) {
		kind, _, err := workflow.ParseLetterID(id)
		if err != nil {
			return workflow.Decision{}, err
		}
		ld, _ := def.Letter(kind)
		numbers[id] = workflow.Number{Register: ld.Register, Seq: 1, Text: s.Text("fill.number_later")}
	}
	cmd.Numbers = numbers
	return s.Work.Preview(ctx, c.ID, cmd)
}

// acceptable tells what is wrong before a one-time code is asked for.
func (k *Composition) acceptable(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step, act workflow.Act) (bool, error) {
	_, err := k.decide(ctx, s, def, c, step, act)
	if err == nil {
		return true, nil
	}
	if err := refuseField(s, err); err != nil {
		return false, err
	}
	return false, k.askSend(ctx, s, def, c, step)
}

// preview sends the letters as they would become.
func (k *Composition) preview(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step) error {
	act, err := k.act(ctx, s, def, step)
	if err != nil {
		return s.Refuse(err)
	}
	d, err := k.decide(ctx, s, def, c, step, act)
	if err != nil {
		if err := refuseField(s, err); err != nil {
			return err
		}
		return k.askSend(ctx, s, def, c, step)
	}
	var files []workflow.File
	for _, id := range d.Redraw {
		l, _ := d.Case.Letter(id)
		l.Status = workflow.LetterDraft
		file, err := s.Env.Desk.Draw(ctx, def, d.Case.Derive(s.Env.Calendar), l, letters.Archive)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	s.Send(bot.Message{Text: s.Text("fill.previewed"), Files: wording.Attachments(files...)})
	k.offerSend(s, "", def, step)
	return nil
}

// refuseField tells a refusal of a date that outlives the papers in its own words.
func refuseField(s *session.Session, err error) error {
	e, ok := errors.AsType[*workflow.Error](err)
	if ok && e.Code == workflow.CodeInvalid && e.At != "" {
		s.Say("fill.outlives", "field", s.FieldName(e.Field), "latest", wording.Shown(s, workflow.Field{Type: workflow.FieldDate}, e.At))
		return nil
	}
	return s.Refuse(err)
}
