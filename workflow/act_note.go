package workflow

import "time"

// Expect records when the letter can be expected by the office's own history, and
// tells the applicant if he was given another estimate before.
type Expect struct {
	At   time.Time `json:"at"`   // by the median of each step
	Late time.Time `json:"late"` // four out of five are done by then
}

func (Expect) name() string { return "expect" }

func (Expect) rule() rule { return rule{actor: bySystem, shared: true} }

func (a Expect) apply(t *transition) error {
	if a.At.IsZero() || a.Late.Before(a.At) {
		return Refuse(CodeInvalid, "at")
	}
	if t.c.Expected != nil {
		t.tell(Notice{Person: t.c.Applicant, Key: "told.estimate"})
	}
	t.c.Expected = &Expected{At: a.At.UTC(), Late: a.Late.UTC(), Since: t.now}
	return nil
}

// Expected is the last estimate.
type Expected struct {
	At    time.Time `json:"at"`
	Late  time.Time `json:"late"`
	Since time.Time `json:"since"` // when it was made
}

// Reschedule records why the due instants were computed anew. Moved says that the
// step's own deadline changed; its holder, or its role, is then told.
type Reschedule struct {
	Reason string `json:"reason"`
	Moved  bool   `json:"moved,omitempty"`
}

func (Reschedule) name() string { return "reschedule" }

func (Reschedule) rule() rule { return rule{actor: bySystem, shared: true} }

func (a Reschedule) apply(t *transition) error {
	reason, err := required(a.Reason)
	if err != nil || !a.Moved || t.performer() == RoleApplicant || t.c.Stage == StageWaiting {
		return err
	}
	n := Notice{Role: t.performer(), Key: "task.rescheduled", Note: reason}
	if h := t.c.Holder; h != nil {
		n.Role, n.Officer = "", h.By.Officer
	}
	t.tell(n)
	return nil
}

// Called records that the applicant, whom no message reaches, was called by telephone,
// and with what result. The case stays as it is.
type Called struct {
	Note string `json:"note"`
}

func (Called) name() string { return "called" }

func (Called) rule() rule { return rule{actor: byFrontOffice, shared: true} }

func (a Called) apply(t *transition) error {
	_, err := required(a.Note)
	return err
}
