package respond

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/mycases"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Agree approves the visit's report: "setuju <case> <revision>", where the
// button that came with the report names the revision that was sent.
func Agree(ctx context.Context, s *session.Session, arg string) error {
	arg, revision, _ := strings.Cut(arg, " ")
	c, err := mycases.OwnCase(ctx, s, arg, "setuju", mycases.AwaitsAgreement)
	if err != nil {
		return err
	}
	seen, _ := strconv.Atoi(revision) // typed without one: what is there now
	result, err := s.DoAsApplicant(ctx, c.ID, workflow.Agree{Seen: seen})
	if err != nil && !errors.Is(err, session.ErrAnswered) {
		return err
	}
	if err == nil {
		s.Say("agree.done", "at", calendar.Time(s.Now), "role", wording.RoleName(s, result.Def, result.Case.WaitsFor(result.Def)))
	}
	return s.Repeat(ctx)
}

// Receive confirms the receipt of the letter and, if that was the end, asks
// how it was.
func Receive(ctx context.Context, s *session.Session, arg string) error {
	if thanks, _, _ := strings.Cut(strings.ToLower(arg), " "); thanks == "kasih" {
		s.Ask(s.Text("receive.thanks"), s.Likely()...)
		return s.Repeat(ctx)
	}
	c, err := mycases.OwnCase(ctx, s, arg, "terima", mycases.AwaitsReceipt)
	if err != nil {
		return err
	}
	result, err := s.DoAsApplicant(ctx, c.ID, workflow.Receive{})
	if err != nil {
		return err
	}
	done := s.Text("receive.done", "at", calendar.DateTime(s.Now, s.Lang()), "ended", result.Case.End)
	if result.Case.Open() || s.State.Open != nil {
		s.SayText(done)
		return s.Repeat(ctx)
	}
	offerSurvey(s, done, result.Case)
	return nil
}

// Withdrawal ends a case at the applicant's wish: an optional reason, then a
// confirmation.
type Withdrawal struct{ form.State }

// Name implements [session.Dialogue].
func (*Withdrawal) Name() string { return "withdraw" }

// Keys and choice ids of a withdrawal.
const (
	withdrawReason = "reason"
	withdrawYes    = "yes"
	withdrawNo     = "no"
)

// BeginWithdrawal asks whether and why a case is to end at the applicant's wish.
func BeginWithdrawal(ctx context.Context, s *session.Session, arg string) error {
	c, err := mycases.OwnCase(ctx, s, arg, "tarik", func(_ *workflow.SOP, c workflow.Case) bool { return c.Open() })
	if err != nil {
		return err
	}
	// What cannot be done is said before anything is asked.
	if _, err := s.Work.Preview(ctx, c.ID, workflow.Command{Actor: s.ApplicantOf(c), Act: workflow.Withdraw{}}); err != nil {
		return s.Refuse(err)
	}
	return s.BeginAt(ctx, new(Withdrawal), c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (w *Withdrawal) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil {
		return err
	}
	label := mycases.CaseLabel(s, def, c)
	if w.Answers[withdrawReason] == "" && !w.Skipped[withdrawReason] {
		s.Ask(s.Text("withdraw.reason", "case", label),
			s.Choice(form.ChoiceSkip, "withdraw.no_reason"), s.Choice(withdrawNo, "withdraw.keep"))
		return nil
	}
	s.Ask(s.Text("withdraw.confirm", "case", label), s.Choice(withdrawYes, "withdraw.yes"), s.Choice(withdrawNo, "withdraw.keep"))
	return nil
}

// Answer implements [session.Dialogue].
func (w *Withdrawal) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	asking := w.Answers[withdrawReason] == "" && !w.Skipped[withdrawReason]
	switch {
	case in.Choice == withdrawNo:
		s.End()
		s.Ask(s.Text("withdraw.kept"), s.Likely()...)
		return nil
	case in.Choice == withdrawYes && !asking:
		return w.carry(ctx, s)
	case in.Choice == form.ChoiceSkip && asking:
		w.Skip(withdrawReason)
	case asking:
		if note, ok := form.Words(s, in); ok {
			w.Set(withdrawReason, note)
			s.Untyped(withdrawReason)
			s.TypedMore(withdrawReason)
		}
	case in.Choice == "" && form.SaysSomething(in.Text) && phrases.Of(in.Text) == phrases.None && w.Answers[withdrawReason] != "":
		in.Text = w.Answers[withdrawReason] + "\n" + in.Text // it comes late
		if note, ok := form.Words(s, in); ok {
			w.Set(withdrawReason, note)
			s.TypedMore(withdrawReason)
			s.Say("withdraw.reasons", "text", note)
		}
	default:
		s.Say("common.choose")
	}
	return w.Ask(ctx, s)
}

// Change implements [session.Changer].
func (w *Withdrawal) Change(_ context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	c, ok := form.ChangeWords(s, t, s.Text("withdraw.label"), w.Answers[withdrawReason], text, form.Words)
	return c, ok, nil
}

// Replace implements [session.Changer].
func (w *Withdrawal) Replace(_ context.Context, _ *session.Session, key, value string) error {
	w.Set(key, value)
	return nil
}

// TakesWords implements [session.WordsTaker].
func (w *Withdrawal) TakesWords(context.Context, *session.Session, string) bool {
	return w.Answers[withdrawReason] == "" && !w.Skipped[withdrawReason]
}

func (w *Withdrawal) carry(ctx context.Context, s *session.Session) error {
	id := s.State.Open.Case
	s.End()
	_, err := s.DoAsApplicant(ctx, id, workflow.Withdraw{Reason: w.Answers[withdrawReason]})
	if err != nil {
		return err
	}
	s.Ask(s.Text("withdraw.done"), s.Likely()...)
	return nil
}

// Back asks for the reason once more.
func (w *Withdrawal) Back(ctx context.Context, s *session.Session) error {
	delete(w.Answers, withdrawReason)
	delete(w.Skipped, withdrawReason)
	return w.Ask(ctx, s)
}
