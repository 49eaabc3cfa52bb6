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

// Viewing is an entry of the access log: an officer was shown something of a case that
// identifies the applicant. It is kept as a claim, once per officer, thing and day. See
// docs/adr/0038.
type Viewing struct {
	Case    workflow.CaseID
	At      time.Time // in seconds
	Officer workflow.OfficerID
	Thing   string // code of a document or key of a form's field; never its content
}

// viewedPrefix begins the claims of viewings.
const viewedPrefix = "viewed/"

// viewedAt is the layout of instants in claims, in WIB; it sorts by time and begins with
// the day.
const viewedAt = "2006-01-02T15:04:05"

// Claim gives the claim that records the viewing; empty if one of that day does already.
func (v Viewing) Claim(ctx context.Context, s interface {
	Claimed(ctx context.Context, prefix string) ([]string, error)
},
) (string, error) {
	day := viewedPrefix + url.PathEscape(string(v.Case)) + "/" + v.At.In(workflow.WIB()).Format(time.DateOnly) + "T"
	today, err := s.Claimed(ctx, day)
	if err != nil {
		return "", fmt.Errorf("read viewings: %w", err)
	}
	if slices.ContainsFunc(today, func(claim string) bool { return strings.HasSuffix(claim, v.suffix()) }) {
		return "", nil
	}
	return viewedPrefix + url.PathEscape(string(v.Case)) + "/" + v.At.In(workflow.WIB()).Format(viewedAt) + v.suffix(), nil
}

func (v Viewing) suffix() string {
	return "/" + url.PathEscape(string(v.Officer)) + "/" + url.PathEscape(v.Thing)
}

// Viewings lists the viewings of a case, the newest first.
func Viewings(ctx context.Context, s interface {
	Claimed(ctx context.Context, prefix string) ([]string, error)
}, id workflow.CaseID,
) ([]Viewing, error) {
	claims, err := s.Claimed(ctx, viewedPrefix+url.PathEscape(string(id))+"/")
	if err != nil {
		return nil, fmt.Errorf("read viewings: %w", err)
	}
	var out []Viewing
	for _, claim := range slices.Backward(claims) {
		if v, ok := parseViewing(claim); ok {
			out = append(out, v)
		}
	}
	return out, nil
}

func parseViewing(claim string) (Viewing, bool) {
	parts, ok := partsOf(strings.TrimPrefix(claim, viewedPrefix))
	if !ok || len(parts) != 4 {
		return Viewing{}, false
	}
	at, err := time.ParseInLocation(viewedAt, parts[1], workflow.WIB())
	return Viewing{Case: workflow.CaseID(parts[0]), At: at, Officer: workflow.OfficerID(parts[2]), Thing: parts[3]}, err == nil
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
