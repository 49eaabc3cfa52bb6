package apply

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Clarification answers a clarification: only the documents that were asked for, each with
// the officer's reason.
type Clarification struct {
	filling

	Round int `json:"seen,omitempty"` // of the clarification that is answered
}

// Name implements [session.Dialogue].
func (*Clarification) Name() string { return "mend" }

// Started implements [session.Drafter].
func (m *Clarification) Started() bool { return len(m.Documents)+len(m.Files) > 0 }

// AnswerClarification begins the answer to a clarification.
func AnswerClarification(ctx context.Context, s *session.Session, arg string) error {
	if _, open := s.State.Open.Dialogue().(*Clarification); open && (arg == "" || arg == string(s.State.Open.Case)) {
		return s.Repeat(ctx)
	}
	c, err := mycases.OwnCase(ctx, s, arg, "lengkapi", func(_ *workflow.SOP, c workflow.Case) bool { return mycases.AwaitsAnswer(c) })
	if err != nil {
		return err
	}
	draft, err := s.Draft(ctx, func(d *session.Stored) bool {
		m, ok := d.Dialogue().(*Clarification)
		return ok && d.Case == c.ID && m.Round == c.Round
	})
	if err != nil {
		return err
	}
	if draft != nil && mycases.AwaitsAnswer(c) { // a case that was closed may be reopened
		s.TakeUp(draft)
		return s.Repeat(ctx)
	}
	return s.BeginAt(ctx, &Clarification{Round: c.Round}, c.ID, c.Step)
}

// load gives the documents that are asked for. ErrAnswered: the case does not wait any more.
func (*Clarification) load(ctx context.Context, s *session.Session) (form.Uploads, workflow.Case, error) {
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil {
		return form.Uploads{}, c, fmt.Errorf("load case: %w", err)
	}
	if !mycases.AwaitsAnswer(c) {
		s.End()
		s.Ask(s.Text("mend.not_waiting"), s.Choice("/status "+string(c.ID), "menu.status"))
		return form.Uploads{}, c, session.ErrAnswered
	}
	asked := c.Asked(def)
	u := form.Uploads{Needed: func(workflow.DocDef) bool { return true }, Reasons: map[workflow.DocCode]string{}}
	for _, doc := range def.Documents {
		if !slices.Contains(asked, doc.Code) {
			continue
		}
		u.Asked = append(u.Asked, doc)
		if sent, _ := c.Document(doc.Code); sent.Verdict != nil {
			u.Reasons[doc.Code] = inOwnWords(s, sent.Verdict.Reason)
		}
	}
	return u, c, nil
}

// inOwnWords gives a ready-made reason, which the letter states in Indonesian, in the
// person's language. What an officer typed stays as it is.
func inOwnWords(s *session.Session, reason string) string {
	for _, key := range readyReasons() {
		if reason == s.Env.Texts.Say(workflow.Indonesian, "check.told."+key) {
			return s.Text("check.told." + key)
		}
	}
	return reason
}

// readyReasons are the ready-made things that may be wrong with a document.
func readyReasons() []string {
	return []string{"unreadable", "expired", "other_document", "incomplete", "not_sent"}
}

// Ask implements [session.Dialogue].
func (m *Clarification) Ask(ctx context.Context, s *session.Session) error { return m.put(ctx, s, "") }

func (m *Clarification) put(ctx context.Context, s *session.Session, lead string) error {
	u, c, err := m.load(ctx, s)
	if err != nil {
		return err
	}
	if m.At == atReplace {
		m.askDocument(s, u.Asked)
		return nil
	}
	if u.Ask(s, &m.UploadState, lead) {
		return nil
	}
	s.SayText(lead)
	s.Ask(strings.TrimLeft(m.documentSummary(s, u.Asked), "\n")+"\n\n"+s.Text("mend.ask", "due", calendar.ShortDateTime(c.ReplyClock.Due, s.Lang())),
		s.Choice(choiceSend, "review.send"), s.Choice(choiceReplace, "review.replace"), s.Choice("/batal", "menu.cancel"))
	return nil
}

// Answer implements [session.Dialogue].
func (m *Clarification) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	u, _, err := m.load(ctx, s)
	if err != nil {
		return err
	}
	if m.At == atReplace {
		m.pickDocument(s, u.Asked, in)
		return m.Ask(ctx, s)
	}
	if _, _, open := u.Open(&m.UploadState); open {
		lead, err := u.Answer(ctx, s, &m.UploadState, in)
		if err != nil {
			return err
		}
		if m.Doc == "" {
			m.endPicked()
		}
		if len(in.Files) > 0 && s.FilesFollow() {
			s.SayText(lead) // the last one is answered
			return nil
		}
		return m.put(ctx, s, lead)
	}
	switch in.Choice {
	case choiceSend:
		return m.send(ctx, s, u)
	case choiceReplace:
		m.At, m.List = atReplace, list{}
	default:
		s.Say("common.choose")
	}
	return m.Ask(ctx, s)
}

// Change implements [session.Changer]: a date of expiry may be typed.
func (m *Clarification) Change(ctx context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	u, _, err := m.load(ctx, s)
	if err != nil {
		return session.Change{}, false, err
	}
	c, ok := u.Change(s, &m.UploadState, t.Key, text)
	return c, ok, nil
}

// Replace implements [session.Changer].
func (m *Clarification) Replace(_ context.Context, _ *session.Session, key, value string) error {
	m.SetExpiry(key, value)
	return nil
}

// Takes tells that no words answer here: files and choices do.
func (*Clarification) Takes(*session.Session, string) bool { return false }

func (m *Clarification) send(ctx context.Context, s *session.Session, u form.Uploads) error {
	id := s.State.Open.Case
	result, err := s.DoAsApplicant(ctx, id, workflow.Resubmit{Documents: m.wanted(u)})
	if errors.Is(err, session.ErrAnswered) {
		return m.Ask(ctx, s)
	}
	if err != nil {
		return err
	}
	s.End()
	s.Ask(s.Text("mend.sent", "role", wording.RoleName(s, result.Def, result.Case.WaitsFor(result.Def)),
		"due", wording.ByWhen(s, result.Case.StepClock.Due)), s.Choice("/status "+string(id), "menu.status"))
	return nil
}

// Back implements [session.Backer].
func (m *Clarification) Back(ctx context.Context, s *session.Session) error {
	u, _, err := m.load(ctx, s)
	if err != nil {
		return err
	}
	if m.At != "" {
		m.At = ""
		m.PutDown()
	} else if !u.Back(&m.UploadState) {
		s.Say("common.cannot_go_back")
	}
	return m.Ask(ctx, s)
}

// TakesFiles implements [session.FileTaker].
func (m *Clarification) TakesFiles(ctx context.Context, s *session.Session) bool {
	u, _, err := m.load(ctx, s)
	if err != nil || m.At == atReplace {
		return false
	}
	_, expiry, open := u.Open(&m.UploadState)
	return open && !expiry
}
