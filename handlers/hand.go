package handlers

import (
	"context"
	"strings"

	"izinbot/workflow"
)

// dialogueHand is the name of the dialogue in a chat's state.
const dialogueHand = "hand"

// hand gives a task to a colleague of the same role, or back to the role.
type hand struct{}

const handBack = "role"

func handOver(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	if role := c.WaitsFor(def); role == "" || role == workflow.RoleApplicant {
		t.say("hand.not_now", "case", string(c.ID))
		return nil
	}
	t.begin(dialogueHand, func(d *Data) { d.Case, d.Step = c.ID, c.Step })
	return t.askAgain(ctx)
}

func (hand) ask(ctx context.Context, t *turn) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	list, err := t.holders(ctx, c.WaitsFor(def))
	if err != nil {
		return err
	}
	var items []Item
	for _, o := range list {
		if c.Holder == nil || o.ID != c.Holder.By.Officer {
			items = append(items, Item{ID: "p." + string(o.ID), Label: o.Name})
		}
	}
	if c.Holder != nil {
		items = append(items, t.item(handBack, "hand.back_to_role", "role", t.fieldName(string(c.WaitsFor(def)))))
	}
	t.ask(t.text("hand.ask", "case", string(c.ID)), append(items, t.item("/batal", "menu.cancel"))...)
	return nil
}

func (k hand) answer(ctx context.Context, t *turn, in input) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	turn := c.WaitsFor(def)
	act, ok, err := k.act(ctx, t, def, turn, in)
	if err != nil {
		return err
	}
	if !ok {
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	role := turn
	for _, r := range append([]workflow.Role{turn}, def.Above(turn)...) {
		if _, err := t.acting(ctx, def, r); err == nil {
			role = r
			break
		}
	}
	result, ok, err := t.do(ctx, c.ID, role, act, workflow.ProofNone)
	t.end()
	if err != nil || !ok {
		return err
	}
	t.done(result.Case, act)
	return t.nextTask(ctx)
}

func (hand) act(ctx context.Context, t *turn, def *workflow.SOP, role workflow.Role, in input) (workflow.HandOver, bool, error) {
	if in.choice == handBack {
		return workflow.HandOver{}, true, nil
	}
	id, picked := strings.CutPrefix(in.choice, "p.")
	if !picked {
		return workflow.HandOver{}, false, nil
	}
	o, err := t.app.Store.Officer(ctx, workflow.OfficerID(id))
	if err != nil {
		return workflow.HandOver{}, false, err
	}
	rd, _ := def.RoleDef(role)
	to, err := o.As(role, rd.Title, nil, t.now)
	return workflow.HandOver{To: &to}, err == nil, nil
}
