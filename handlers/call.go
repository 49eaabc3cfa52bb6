package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// dialogueCall is the name of the dialogue in a chat's state.
const dialogueCall = "call"

// call records that somebody whom no message reaches was called by telephone. Data.At
// is who.
type call struct{}

// Results of a call that are offered.
const (
	callReached = "reached"
	callNotYet  = "not_yet"
)

// telephone is the command telepon: the calls to be made, or the result of one.
func telephone(ctx context.Context, t *turn, arg string) error {
	calls, err := t.openCalls(ctx)
	if err != nil {
		return err
	}
	if arg == "" {
		return t.listCalls(ctx, calls)
	}
	t.begin(dialogueCall, func(d *Data) { d.At = arg })
	return call{}.ask(ctx, t)
}

// openCalls lists the calls that the officer's roles should make.
func (t *turn) openCalls(ctx context.Context) ([]casework.Call, error) {
	roles, err := t.roles(ctx)
	if err != nil || len(roles) == 0 {
		return nil, err
	}
	all, err := casework.OpenCalls(ctx, t.app.Store)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(c casework.Call) bool { return !slices.Contains(roles, c.Role) }), nil
}

func (t *turn) listCalls(ctx context.Context, calls []casework.Call) error {
	if len(calls) == 0 {
		t.ask(t.text("call.none"), t.item("/tugas", "menu.tasks"))
		return nil
	}
	var text strings.Builder
	var items []Item
	text.WriteString(t.text("call.head", "n", len(calls)))
	for i, c := range calls[:min(len(calls), page)] {
		label, line, err := t.callLine(ctx, c)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%d. %s", i+1, line)
		items = append(items, Item{ID: "/telepon " + c.Subject(), Label: label})
	}
	t.state.Open = nil
	t.ask(text.String(), items...)
	return nil
}

// callLine words a call, in short and whole.
func (t *turn) callLine(ctx context.Context, c casework.Call) (label, line string, err error) {
	since := c.Day
	if day, err := time.ParseInLocation(time.DateOnly, c.Day, workflow.WIB()); err == nil {
		since = calendar.ShortDate(day, t.lang())
	}
	why := t.text("unreachable." + string(c.Why))
	if c.Case == "" {
		name, err := t.nameOf(ctx, c.Officer)
		return name, t.text("call.officer", "name", name, "reason", why, "day", since), err
	}
	def, found, err := t.work.Case(ctx, c.Case)
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	body := "?" // the call is to be made all the same
	if !t.unreadable(ctx, c.Case, err) {
		body = found.Form.Of(def.Form, workflow.MeansBody)
	}
	return string(c.Case), t.text("call.applicant", "case", string(c.Case), "body", body, "reason", why, "day", since), nil
}

func (t *turn) nameOf(ctx context.Context, id workflow.OfficerID) (string, error) {
	o, err := t.app.Store.Officer(ctx, id)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return "", fmt.Errorf("load officer: %w", err)
	}
	if o.Name == "" {
		return string(id), nil
	}
	return o.Name, nil
}

// open gives the call of the dialogue; ok is false if a colleague was faster, which
// is told then.
func (call) open(ctx context.Context, t *turn) (c casework.Call, ok bool, err error) {
	calls, err := t.openCalls(ctx)
	if err != nil {
		return c, false, err
	}
	for _, c := range calls {
		if strings.EqualFold(c.Subject(), t.data().At) {
			return c, true, nil
		}
	}
	t.end()
	t.ask(t.text("call.over"), t.item("/telepon", "call.list"), t.item("/tugas", "menu.tasks"))
	return c, false, nil
}

func (k call) ask(ctx context.Context, t *turn) error {
	c, ok, err := k.open(ctx, t)
	if err != nil || !ok {
		return err
	}
	text, err := k.question(ctx, t, c)
	if err != nil {
		return err
	}
	t.ask(text, t.item(callReached, "call.reached"), t.item(callNotYet, "call.not_yet"))
	return nil
}

// question names who is to be called, and how he can be reached.
func (call) question(ctx context.Context, t *turn, c casework.Call) (string, error) {
	if c.Case == "" {
		name, err := t.nameOf(ctx, c.Officer)
		return t.text("call.ask_officer", "name", name), err
	}
	def, found, err := t.work.Case(ctx, c.Case)
	if t.unreadable(ctx, c.Case, err) {
		return t.text("call.ask_applicant", "case", string(c.Case), "body", "?", "contact", ""), nil
	}
	if err != nil {
		return "", err
	}
	var contacts []string
	for _, f := range def.Form {
		if value := found.Form[f.Key]; value != "" && (f.Type == workflow.FieldPhone || f.Type == workflow.FieldEmail) {
			contacts = append(contacts, f.Label.In(t.lang())+": "+value)
		}
	}
	return t.text("call.ask_applicant", "case", string(c.Case), "body", found.Form.Of(def.Form, workflow.MeansBody),
		"contact", strings.Join(contacts, ", ")), nil
}

func (k call) answer(ctx context.Context, t *turn, in input) error {
	c, ok, err := k.open(ctx, t)
	if err != nil || !ok {
		return err
	}
	note := t.text("call.reached")
	switch in.choice {
	case callNotYet:
		t.end()
		t.ask(t.text("call.kept"), t.item("/telepon", "call.list"), t.item("/tugas", "menu.tasks"))
		return nil
	case callReached:
	default:
		if note, ok = t.note(in.text); !ok {
			return k.ask(ctx, t)
		}
	}
	return k.made(ctx, t, c, note)
}

// made notes that the call was made.
func (k call) made(ctx context.Context, t *turn, c casework.Call, note string) error {
	who := string(c.Case)
	if c.Case == "" {
		var err error
		if who, err = t.nameOf(ctx, c.Officer); err != nil {
			return err
		}
	} else if ok, err := k.record(ctx, t, c, note); err != nil || !ok {
		return err
	}
	t.claims = append(t.claims, c.Made())
	t.end()
	t.say("call.done", "who", who)
	return t.nextTask(ctx)
}

// record puts the result into the case's history, if that can be read. An admin, who
// calls where nobody else is there, has no part in cases.
func (call) record(ctx context.Context, t *turn, c casework.Call, note string) (ok bool, err error) {
	_, _, err = t.work.Case(ctx, c.Case)
	if c.Role == workflow.RoleAdmin || t.unreadable(ctx, c.Case, err) {
		return true, nil
	}
	_, ok, err = t.do(ctx, c.Case, c.Role, workflow.Called{Note: note}, workflow.ProofNone)
	return ok, err
}
