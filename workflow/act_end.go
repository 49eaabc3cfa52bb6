package workflow

import "time"

// Withdraw ends the case at the applicant's wish, before the signature (rule 9); after
// it, the letter stands.
type Withdraw struct {
	Reason string `json:"reason,omitempty"`
}

func (Withdraw) name() string { return "withdraw" }

func (Withdraw) rule() rule { return rule{actor: byApplicant, shared: true} }

func (a Withdraw) apply(t *transition) error {
	if l, ok := t.c.Letter(t.c.Current); ok && l.Signed != nil {
		return refuseBy(CodeTooLate, *l.Signed)
	}
	reason, err := optional(a.Reason, "reason")
	if err != nil {
		return err
	}
	role, holder := t.c.WaitsFor(t.def), t.c.Holder
	t.end(EndWithdrawn)
	switch {
	case holder != nil:
		t.tell(Notice{Officer: holder.By.Officer, Key: "task.withdrawn", Note: reason})
	case role != RoleApplicant:
		t.tell(Notice{Role: role, Key: "task.withdrawn", Note: reason})
	}
	return nil
}

// Expire closes a case whose clarification was not answered in time. The clocks keep
// their pause, so that a reopened case goes on from there (rule 9).
type Expire struct{}

func (Expire) name() string { return "expire" }

func (Expire) rule() rule {
	return rule{at: []position{{KindSubmit, StageWaiting}}, actor: bySystem, shared: true}
}

func (Expire) apply(t *transition) error {
	if due := t.c.ReplyClock.Due; due.IsZero() || t.now.Before(due) {
		return Refuse(CodeTooEarly, "")
	}
	t.c.End, t.c.Ended, t.c.Stage = EndUnanswered, t.now, StageWaiting
	t.c.ReplyClock = t.c.ReplyClock.stop(t.now)
	t.tell(Notice{Person: t.c.Applicant, Key: "told.unanswered"})
	t.tell(Notice{Role: t.def.FirstCheck(), Key: "task.unanswered"})
	return nil
}

// Reopen lets a case go on that was closed for want of an answer (rule 9).
type Reopen struct {
	Reason string `json:"reason"`
}

func (Reopen) name() string { return "reopen" }

func (Reopen) rule() rule { return rule{actor: byFirstCheck, shared: true, ended: true} }

func (a Reopen) apply(t *transition) error {
	if t.c.End != EndUnanswered {
		return Refuse(CodeEnded, t.c.End)
	}
	if _, err := required(a.Reason); err != nil {
		return err
	}
	t.c.End, t.c.Ended, t.c.Survey = "", time.Time{}, nil
	t.c.ReplyClock = Clock{Start: t.now, Budget: t.def.ReplyTime}
	t.tell(Notice{Person: t.c.Applicant, Key: "told.reopened"})
	return nil
}
