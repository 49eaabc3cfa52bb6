package workflow

import (
	"strings"
	"time"
)

// mayHandOver tells whether the actor has the task, or could take it.
func (m *move) mayHandOver() bool {
	if m.cmd.Actor.Role != m.turn() {
		return false
	}
	return m.c.Holder == nil || m.c.Holder.By.Officer == m.cmd.Actor.Officer
}

func (m *move) handOver(a HandOver) error {
	if m.c.Stage == StageWaiting || m.turn() == RoleApplicant {
		return Refuse(CodeWaiting, "")
	}
	note := strings.TrimSpace(a.Note)
	if a.To == nil {
		m.c.Holder = nil
		m.tell(Notice{Role: m.turn(), Key: "task.given_back", Note: note})
		return nil
	}
	if a.To.Officer == "" || a.To.Role != m.turn() {
		return Refuse(CodeForbidden, string(m.turn()))
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
	turn, holder := m.c.Turn(m.def), m.c.Holder
	m.end(EndWithdrawn)
	switch {
	case holder != nil:
		m.tell(Notice{Officer: holder.By.Officer, Key: "task.withdrawn", Note: a.Reason})
	case turn != RoleApplicant:
		m.tell(Notice{Role: turn, Key: "task.withdrawn", Note: a.Reason})
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
	m.tell(Notice{Role: m.firstCheck(), Key: "task.unanswered"})
	return nil
}

func (m *move) reopen(a Reopen) error {
	if m.c.End != EndUnanswered {
		return Refuse(CodeEnded, m.c.End)
	}
	if blank(a.Reason) {
		return Refuse(CodeNoteMissing, "")
	}
	m.c.End, m.c.Ended = "", time.Time{}
	m.c.ReplyClock = Clock{Start: m.now, Budget: m.def.ReplyTime}
	m.tell(Notice{Person: m.c.Applicant, Key: "told.reopened"})
	return nil
}
