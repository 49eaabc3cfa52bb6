package workflow

import (
	"errors"
	"fmt"
	"strings"
)

// Code is the machine-readable reason of a refusal. The sentence for the
// person comes from the message catalogue, one for each code.
type Code string

// The codes of the domain and of every store.
const (
	CodeInvalid     Code = "invalid"      // a value has the wrong form; Field names it
	CodeNotFound    Code = "not_found"    // no such case, officer, letter, document
	CodeForbidden   Code = "forbidden"    // the actor lacks the role for this step
	CodeWrongStep   Code = "wrong_step"   // the case is not at a step where this can be done
	CodeStoodIn     Code = "stood_in"     // somebody stands in for the actor; Field is the kind, By who, At the last instant
	CodeTaken       Code = "taken"        // another officer holds the task; By and At tell who and when
	CodeAlreadyDone Code = "already_done" // somebody did just this before; By and At tell who and when
	CodeEnded       Code = "ended"        // the case has ended
	CodeWaiting     Code = "waiting"      // the case waits for the applicant
	CodeNoteMissing Code = "note_missing" // a return or a wrong document needs its reason
	CodeUnjudged    Code = "unjudged"     // documents without a verdict remain; Field lists them
	CodeIncomplete  Code = "incomplete"   // a wrong or missing document, answer or finding remains; Field names it
	CodeComplete    Code = "complete"     // nothing is wrong, so there is nothing to clarify
	CodeUnconfirmed Code = "unconfirmed"  // a paraf or signature without a one-time code
	CodeChanged     Code = "changed"      // the draft was made anew since the actor saw it
	CodeTooLate     Code = "too_late"     // after the signature it cannot be withdrawn
	CodeTooEarly    Code = "too_early"    // the time for it has not come
	CodeNumberTaken Code = "number_taken" // the number that a letter would get was printed before; Field is its text
	CodeConflict    Code = "conflict"     // a store: the version moved meanwhile
	CodeDuplicate   Code = "duplicate"    // a store: this key was written before
	CodeFenced      Code = "fenced"       // a store: another process has taken over this work
	CodeUnavailable Code = "unavailable"  // a store: it cannot be reached or is full; try again
	CodeDamaged     Code = "damaged"      // a store: a stored record cannot be read; trying again does not help
)

// Error is a refusal: a code for machines and the facts that its sentence needs.
type Error struct {
	Code  Code   `json:"code"`
	Field string `json:"field,omitempty"` // the subject of the refusal
	By    string `json:"by,omitempty"`    // name of the actor who was first, as shown to people
	At    string `json:"at,omitempty"`    // when, RFC 3339
}

func (e *Error) Error() string {
	s := string(e.Code)
	if e.Field != "" {
		s += " " + e.Field
	}
	if e.By != "" {
		s += fmt.Sprintf(" (by %s at %s)", e.By, e.At)
	}
	return s
}

// printable gives the refusal as JSON keeps it: a hash over it must not change by
// being written and read.
func (e *Error) printable() *Error {
	if e == nil {
		return nil
	}
	clean := *e
	for _, s := range []*string{&clean.Field, &clean.By, &clean.At} {
		*s = strings.ToValidUTF8(*s, "\uFFFD")
	}
	return &clean
}

// Is makes errors.Is match on the code alone.
func (e *Error) Is(target error) bool {
	t, ok := errors.AsType[*Error](target)
	return ok && t.Code == e.Code
}

// Refuse makes a refusal about a field.
func Refuse(code Code, field string) error { return &Error{Code: code, Field: field} }

// CodeOf gives the code of a refusal anywhere in err's chain, or "" if err is
// none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}
