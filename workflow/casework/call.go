package casework

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
)

// Call is the task of calling somebody by telephone whom no message reaches: the
// applicant of a case, or an officer.
//
// It is kept as claims, which are names that are taken once: one requests the call, with
// the role that should make it and the reason, one records that it was made. See
// docs/adr/0014.
type Call struct {
	Case    workflow.CaseID    // its applicant is to be called; or
	Officer workflow.OfficerID // the officer to be called
	Day     string             // of the request, as time.DateOnly
	Role    workflow.Role      // of the officers who should call
	Why     CallReason
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

// Beginnings of the claims.
const (
	callAsked = "call/"
	callMade  = "called/"
)

// Subject gives the id of the case or officer to be called.
func (c Call) Subject() string {
	if c.Case != "" {
		return string(c.Case)
	}
	return string(c.Officer)
}

// Asked are the claims that ask for the call. Nobody is to be called twice a day.
func (c Call) Asked() []string {
	return []string{callAsked + c.name(), callAsked + c.name() + "/" + url.PathEscape(string(c.Role)) + "/" + url.PathEscape(string(c.Why))}
}

// Made is the claim that says that the call was made.
func (c Call) Made() string { return callMade + c.name() }

func (c Call) name() string { return c.prefix() + c.Day }

func (c Call) prefix() string {
	kind := "case/"
	if c.Case == "" {
		kind = "officer/"
	}
	return kind + url.PathEscape(c.Subject()) + "/"
}

// parseCall reads the longer of the claims that Asked makes.
func parseCall(claim string) (Call, bool) {
	parts, ok := partsOf(strings.TrimPrefix(claim, callAsked))
	if !ok || len(parts) != 5 {
		return Call{}, false
	}
	c := Call{Day: parts[2], Role: workflow.Role(parts[3]), Why: CallReason(parts[4])}
	if _, err := time.Parse(time.DateOnly, c.Day); err != nil {
		return Call{}, false
	}
	switch parts[0] {
	case "case":
		c.Case = workflow.CaseID(parts[1])
	case "officer":
		c.Officer = workflow.OfficerID(parts[1])
	default:
		return Call{}, false
	}
	return c, true
}

// partsOf splits the rest of a claim's name at its slashes and unescapes each part.
func partsOf(name string) (parts []string, ok bool) {
	parts = strings.Split(name, "/")
	for i, p := range parts {
		var err error
		if parts[i], err = url.PathUnescape(p); err != nil {
			return nil, false
		}
	}
	return parts, true
}

// CallStore is the part of the store that calls are read from.
type CallStore interface {
	Claimed(ctx context.Context, prefix string) ([]string, error)
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	Officer(ctx context.Context, id workflow.OfficerID) (workflow.Officer, error)
}

// OpenCalls lists the calls that are still to be made, the oldest first: not those of
// cases that have ended, nor of officers who are gone.
func OpenCalls(ctx context.Context, s CallStore) ([]Call, error) {
	asked, made, err := calls(ctx, s, "")
	if err != nil {
		return nil, err
	}
	var open []Call
	for _, c := range asked {
		if slices.Contains(made, c.Made()) {
			continue
		}
		wanted, err := c.wanted(ctx, s)
		if err != nil {
			return nil, err
		}
		if wanted {
			open = append(open, c)
		}
	}
	slices.SortStableFunc(open, func(a, b Call) int { return strings.Compare(a.Day, b.Day) })
	return open, nil
}

// Wanted tells whether a call should be asked for: not if it was today, nor if one is
// still to be made by a role in which somebody works.
func (c Call) Wanted(ctx context.Context, s CallStore, works func(workflow.Role) bool) (bool, error) {
	asked, made, err := calls(ctx, s, c.prefix())
	if err != nil {
		return false, err
	}
	for _, o := range asked {
		if o.Day == c.Day || !slices.Contains(made, o.Made()) && works(o.Role) {
			return false, nil
		}
	}
	return true, nil
}

// calls reads the calls whose names begin alike, and the claims of those made.
func calls(ctx context.Context, s CallStore, prefix string) (asked []Call, made []string, err error) {
	claims, err := s.Claimed(ctx, callAsked+prefix)
	if err == nil {
		made, err = s.Claimed(ctx, callMade+prefix)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read calls: %w", err)
	}
	for _, claim := range claims {
		if c, ok := parseCall(claim); ok {
			asked = append(asked, c)
		}
	}
	return asked, made, nil
}

// wanted tells whether the call still has a purpose. A case that cannot be read may
// have one.
func (c Call) wanted(ctx context.Context, s CallStore) (bool, error) {
	if c.Case != "" {
		found, err := s.Case(ctx, c.Case)
		return err != nil && ctx.Err() == nil || found.Open(), ctx.Err()
	}
	o, err := s.Officer(ctx, c.Officer)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return false, nil
	}
	return !o.Disabled, err
}
