package supervise

import (
	"context"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
)

// Handover gives a task to a colleague of the same role, or back to the role.
type Handover struct{}

// Name implements [session.Dialogue].
func (*Handover) Name() string { return "hand" }

// Ids of the choices: a colleague, or back to the role.
const (
	choiceOfficer session.Keyed[workflow.OfficerID] = "p"
	choiceBack    string                            = "role"
)

// BeginHandover asks to whom a task is to be handed over.
func BeginHandover(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	if role := c.WaitsFor(def); role == "" || role == workflow.RoleApplicant {
		return tasks.NothingToDo(s, c, "hand.not_now", "hand.ended")
	}
	return s.BeginAt(ctx, new(Handover), c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (*Handover) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	list, err := form.Holders(ctx, s, c.WaitsFor(def))
	if err != nil {
		return err
	}
	var items []session.Choice
	for _, o := range list {
		if c.Holder == nil || o.ID != c.Holder.By.Officer {
			items = append(items, session.Choice{ID: choiceOfficer.ID(o.ID), Label: o.Name})
		}
	}
	if c.Holder != nil {
		items = append(items, s.Choice(choiceBack, "hand.back_to_role", "role", s.FieldName(string(c.WaitsFor(def)))))
	}
	s.Ask(s.Text("hand.ask", "case", string(c.ID)), append(items, s.Choice("/batal", "menu.cancel"))...)
	return nil
}

// Answer implements [session.Dialogue].
func (k *Handover) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	waiting := c.WaitsFor(def)
	act, ok, err := k.act(ctx, s, def, waiting, in)
	if err != nil {
		return err
	}
	if !ok {
		return s.Choose(ctx)
	}
	role := waiting
	for _, r := range append([]workflow.Role{waiting}, def.Above(waiting)...) {
		if _, err := s.Acting(ctx, def, r); err == nil {
			role = r
			break
		}
	}
	s.End()
	return tasks.Finish(ctx, s, c.ID, role, act)
}

func (*Handover) act(ctx context.Context, s *session.Session, def *workflow.SOP, role workflow.Role, in session.Input) (workflow.HandOver, bool, error) {
	if in.Choice == choiceBack {
		return workflow.HandOver{}, true, nil
	}
	id, picked := choiceOfficer.Parse(in.Choice)
	if !picked {
		return workflow.HandOver{}, false, nil
	}
	o, err := s.Env.Store.Officer(ctx, id)
	if err != nil {
		return workflow.HandOver{}, false, err
	}
	rd, _ := def.RoleDef(role)
	to, err := o.As(role, rd.Title, nil, s.Now)
	return workflow.HandOver{To: &to}, err == nil, nil
}
