package supervise

import (
	"context"
	"fmt"
	"strings"
	"time"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// Call records that somebody whom no message reaches was called by telephone.
type Call struct {
	Subject string `json:"at"` // see [store.Call.Subject]
}

// Name implements [session.Dialogue].
func (*Call) Name() string { return "call" }

// Results of a call that are offered.
const (
	choiceReached = "reached"
	choiceNotYet  = "not_yet"
)

// ListCalls is the command telepon: the calls to be made, or the result of one.
func ListCalls(ctx context.Context, s *session.Session, arg string) error {
	calls, err := tasks.OpenCalls(ctx, s)
	if err != nil {
		return err
	}
	if arg == "" {
		return listCalls(ctx, s, calls)
	}
	return s.Begin(ctx, &Call{Subject: arg})
}

func listCalls(ctx context.Context, s *session.Session, calls []store.Call) error {
	if len(calls) == 0 {
		s.Ask(s.Text("call.none"), s.Choice("/tugas", "menu.tasks"))
		return nil
	}
	var text strings.Builder
	var items []session.Choice
	text.WriteString(s.Text("call.head", "n", len(calls)))
	for i, c := range calls[:min(len(calls), wording.Page)] {
		label, line, err := callLine(ctx, s, c)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%d. %s", i+1, line)
		items = append(items, session.Choice{ID: "/telepon " + c.Subject(), Label: label})
	}
	s.PutAside()
	s.Ask(text.String(), items...)
	return nil
}

// callLine words a call, in short and whole.
func callLine(ctx context.Context, s *session.Session, c store.Call) (label, line string, err error) {
	since := c.Day
	if day, err := time.ParseInLocation(time.DateOnly, c.Day, workflow.WIB()); err == nil {
		since = calendar.ShortDate(day, s.Lang())
	}
	why := s.Text("unreachable." + string(c.Why))
	if c.Case == "" {
		name, err := nameOf(ctx, s, c.Officer)
		return name, s.Text("call.officer", "name", name, "reason", why, "day", since), err
	}
	def, found, err := s.Work.Case(ctx, c.Case)
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	body := "?" // the call is to be made all the same
	if !s.Unreadable(ctx, c.Case, err) {
		body = found.Form.Of(def.Form, workflow.MeansBody)
	}
	return string(c.Case), s.Text("call.applicant", "case", string(c.Case), "body", body, "reason", why, "day", since), nil
}

func nameOf(ctx context.Context, s *session.Session, id workflow.OfficerID) (string, error) {
	o, err := s.Env.Store.Officer(ctx, id)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return "", fmt.Errorf("load officer: %w", err)
	}
	if o.Name == "" {
		return string(id), nil
	}
	return o.Name, nil
}

// open gives the call of the dialogue. ErrAnswered: a colleague was faster.
func (k *Call) open(ctx context.Context, s *session.Session) (c store.Call, err error) {
	calls, err := tasks.OpenCalls(ctx, s)
	if err != nil {
		return c, err
	}
	for _, c := range calls {
		if strings.EqualFold(c.Subject(), k.Subject) {
			return c, nil
		}
	}
	s.End()
	s.Ask(s.Text("call.over"), s.Choice("/telepon", "call.list"), s.Choice("/tugas", "menu.tasks"))
	return c, session.ErrAnswered
}

// Ask implements [session.Dialogue].
func (k *Call) Ask(ctx context.Context, s *session.Session) error {
	c, err := k.open(ctx, s)
	if err != nil {
		return err
	}
	text, err := k.question(ctx, s, c)
	if err != nil {
		return err
	}
	s.Ask(text, s.Choice(choiceReached, "call.reached"), s.Choice(choiceNotYet, "call.not_yet"))
	return nil
}

// question names who is to be called, and how he can be reached.
func (*Call) question(ctx context.Context, s *session.Session, c store.Call) (string, error) {
	if c.Case == "" {
		name, err := nameOf(ctx, s, c.Officer)
		return s.Text("call.ask_officer", "name", name), err
	}
	def, found, err := s.Work.Case(ctx, c.Case)
	if s.Unreadable(ctx, c.Case, err) {
		return s.Text("call.ask_applicant", "case", string(c.Case), "body", "?", "contact", ""), nil
	}
	if err != nil {
		return "", err
	}
	var contacts []string
	for _, f := range def.Form {
		if value := found.Form[f.Key]; value != "" && (f.Type == workflow.FieldPhone || f.Type == workflow.FieldEmail) {
			contacts = append(contacts, f.Label.In(s.Lang())+": "+value)
		}
	}
	return s.Text("call.ask_applicant", "case", string(c.Case), "body", found.Form.Of(def.Form, workflow.MeansBody),
		"contact", strings.Join(contacts, ", ")), nil
}

// Answer implements [session.Dialogue].
func (k *Call) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	c, err := k.open(ctx, s)
	if err != nil {
		return err
	}
	note := s.Text("call.reached")
	switch in.Choice {
	case choiceNotYet:
		s.End()
		s.Ask(s.Text("call.kept"), s.Choice("/telepon", "call.list"), s.Choice("/tugas", "menu.tasks"))
		return nil
	case choiceReached:
	default:
		var ok bool
		if note, ok = form.Note(s, in); !ok {
			return k.Ask(ctx, s)
		}
		s.Typed("note")
	}
	return k.made(ctx, s, c, note)
}

// TakesWords implements [session.WordsTaker].
func (*Call) TakesWords(context.Context, *session.Session, string) bool { return true }

// made notes that the call was made.
func (k *Call) made(ctx context.Context, s *session.Session, c store.Call, note string) error {
	who := string(c.Case)
	if c.Case == "" {
		var err error
		if who, err = nameOf(ctx, s, c.Officer); err != nil {
			return err
		}
	} else if err := k.record(ctx, s, c, note); err != nil {
		return err
	}
	c.Made = s.Now
	s.Write.Calls = append(s.Write.Calls, c)
	s.End()
	s.Say("call.done", "who", who)
	return tasks.OfferNext(ctx, s)
}

// record puts the result into the case's history, if that can be read. An admin, who
// calls where nobody else is there, has no part in cases.
func (*Call) record(ctx context.Context, s *session.Session, c store.Call, note string) error {
	_, _, err := s.Work.Case(ctx, c.Case)
	if c.Role == workflow.RoleAdmin || s.Unreadable(ctx, c.Case, err) {
		return nil
	}
	_, err = s.Do(ctx, c.Case, c.Role, workflow.Called{Note: note}, workflow.ProofNone)
	return err
}
