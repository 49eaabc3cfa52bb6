package store

import (
	"time"

	"izinbot/workflow"
)

// Call is the task of calling somebody by telephone whom no message reaches: the
// applicant of a case, or an officer. See docs/adr/0052.
type Call struct {
	Case    workflow.CaseID    `json:"case,omitempty"`    // its applicant is to be called; or
	Officer workflow.OfficerID `json:"officer,omitempty"` // the officer to be called
	Day     string             `json:"day"`               // of the request, as time.DateOnly
	Role    workflow.Role      `json:"role"`              // of the officers who should call
	Why     CallReason         `json:"why"`
	Made    time.Time          `json:"made,omitzero"` // zero: it is still to be made
}

// ID identifies the call: nobody is to be called twice a day.
func (c Call) ID() string {
	if c.Case != "" {
		return "case/" + string(c.Case) + "/" + c.Day
	}
	return "officer/" + string(c.Officer) + "/" + c.Day
}

// Subject gives the id of the case or officer to be called.
func (c Call) Subject() string {
	if c.Case != "" {
		return string(c.Case)
	}
	return string(c.Officer)
}

// CallReason says why no message reaches somebody.
type CallReason string

// The reasons for calls.
const (
	CallBlocked      CallReason = "blocked"        // he has blocked the bot
	CallDeactivated  CallReason = "deactivated"    // his account is gone
	CallChatNotFound CallReason = "chat_not_found" //
	CallNotAllowed   CallReason = "not_allowed"    // the network does not let us write first
	CallNotThere     CallReason = "not_there"      // the network does not know the address
	CallNoAnswer     CallReason = "no_answer"      // every try failed
)
