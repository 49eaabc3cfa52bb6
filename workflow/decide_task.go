package workflow

import "time"

// hold gives the task to the actor, who keeps it since he first took it.
func (m *move) hold() {
	if m.c.Holder == nil {
		m.c.Holder = m.held(m.cmd.Actor)
	}
}

// mayHandOver tells whether the actor has the task, or could take it.
func (m *move) mayHandOver() bool {
	if !m.officerAs(m.performer()) {
		return false
	}
	return m.c.Holder == nil || m.c.Holder.By.Officer == m.cmd.Actor.Officer
}

func (m *move) handOver(a HandOver) error {
	if m.c.Stage == StageWaiting || m.performer() == RoleApplicant {
		return Refuse(CodeWaiting, "")
	}
	note, err := optional(a.Note, "note")
	if err != nil {
		return err
	}
	if a.To == nil {
		m.c.Holder = nil
		m.tell(Notice{Role: m.performer(), Key: "task.given_back", Note: note})
		return nil
	}
	if a.To.Officer == "" || a.To.Role != m.performer() {
		return Refuse(CodeForbidden, string(m.performer()))
	}
	m.c.Holder = m.held(*a.To)
	m.tell(Notice{Officer: a.To.Officer, Key: "task.handed_over", Note: note})
	return nil
}

// withdraw ends the case before the signature; after it, the letter stands.
func (m *move) withdraw(a Withdraw) error {
	if l, ok := m.c.Letter(m.c.Current); ok && l.Signed != nil {
		return refuseBy(CodeTooLate, *l.Signed)
	}
	reason, err := optional(a.Reason, "reason")
	if err != nil {
		return err
	}
	role, holder := m.c.WaitsFor(m.def), m.c.Holder
	m.end(EndWithdrawn)
	switch {
	case holder != nil:
		m.tell(Notice{Officer: holder.By.Officer, Key: "task.withdrawn", Note: reason})
	case role != RoleApplicant:
		m.tell(Notice{Role: role, Key: "task.withdrawn", Note: reason})
	}
	return nil
}

// expire closes a file whose clarification stayed unanswered. The clocks keep
// their pause, so that a reopened case goes on where it stood (rule 9).
func (m *move) expire() error {
	if due := m.c.ReplyClock.Due; due.IsZero() || m.now.Before(due) {
		return Refuse(CodeTooEarly, "")
	}
	m.c.End, m.c.Ended, m.c.Stage = EndUnanswered, m.now, StageWaiting
	m.c.ReplyClock = m.c.ReplyClock.stop(m.now)
	m.tell(Notice{Person: m.c.Applicant, Key: "told.unanswered"})
	m.tell(Notice{Role: m.def.FirstCheck(), Key: "task.unanswered"})
	return nil
}

func (m *move) reopen(a Reopen) error {
	if m.c.End != EndUnanswered {
		return Refuse(CodeEnded, m.c.End)
	}
	if _, err := required(a.Reason); err != nil {
		return err
	}
	m.c.End, m.c.Ended, m.c.Survey = "", time.Time{}, nil
	m.c.ReplyClock = Clock{Start: m.now, Budget: m.def.ReplyTime}
	m.tell(Notice{Person: m.c.Applicant, Key: "told.reopened"})
	return nil
}
