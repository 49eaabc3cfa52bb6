package mongostore

import (
	"context"
	"net/url"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// callDoc is a call that was asked for. Made is 0 until it was made.
type callDoc struct {
	Head    `bson:",inline"`
	Case    string `bson:"case,omitempty"`
	Officer string `bson:"officer,omitempty"`
	Day     string `bson:"day"`
	Role    string `bson:"role"`
	Why     string `bson:"why"`
	Made    int64  `bson:"made"`
}

func newCallDoc(c store.Call) callDoc {
	return callDoc{
		Head: Head{ID: c.ID(), V: 1}, Case: string(c.Case), Officer: string(c.Officer), Day: c.Day,
		Role: string(c.Role), Why: string(c.Why), Made: kept.Nanos(c.Made),
	}
}

func (d callDoc) call() store.Call {
	return store.Call{
		Case: workflow.CaseID(d.Case), Officer: workflow.OfficerID(d.Officer), Day: d.Day,
		Role: workflow.Role(d.Role), Why: store.CallReason(d.Why), Made: kept.Instant(d.Made),
	}
}

// Calls implements [store.Reminders].
func (s *Store) Calls(ctx context.Context) ([]store.Call, error) {
	opts := options.Find().SetSort(bson.D{{Key: "day", Value: 1}, {Key: "_id", Value: 1}})
	docs, err := list[callDoc](ctx, s, calls, bson.D{{Key: "made", Value: int64(0)}}, opts)
	out := make([]store.Call, len(docs))
	for i, d := range docs {
		out[i] = d.call()
	}
	return out, err
}

// call asks for a call, or says that it was made.
func (st *stage) call(ctx context.Context, c store.Call) error {
	at := place{calls, c.ID()}
	doc, err := staged[callDoc](ctx, st, at)
	if err != nil {
		return err
	}
	made := !c.Made.IsZero()
	if made != (doc.V > 0) || doc.Made > 0 {
		return workflow.Refuse(workflow.CodeDuplicate, "call")
	}
	if made {
		doc.Made = kept.Nanos(c.Made)
	} else {
		*doc = newCallDoc(c)
	}
	st.touch(at)
	return nil
}

func callRecord(d callDoc) (*store.Record, error) {
	if d.V == 0 {
		return nil, nil //nolint:nilnil // a lock is no record
	}
	return recordOf(d.ID, 0, d.call())
}

func callOf(_ store.Record, c store.Call) (any, error) { return newCallDoc(c), nil }

// callsOutOfClaims makes records of calls, which were claims:
// call/<kind>/<who>/<day>/<role>/<why>, and called/<kind>/<who>/<day>.
func (s *Store) callsOutOfClaims(ctx context.Context) error {
	if err := s.create(ctx, calls, s.validators[calls]); err != nil {
		return err
	}
	if err := s.createIndex(ctx, calls, mongo.IndexModel{Keys: keys("made", "day", "_id"), Options: options.Index().SetName("open")}); err != nil {
		return err
	}
	asked, err := find[claimDoc](ctx, s.table(claims), prefixed("call/"), options.Find())
	if err != nil {
		return err
	}
	made, err := find[claimDoc](ctx, s.table(claims), prefixed("called/"), options.Find())
	if err != nil {
		return err
	}
	at := map[string]int64{}
	for _, d := range made {
		at[strings.TrimPrefix(d.ID, "called/")] = d.At
	}
	for _, d := range asked {
		c, name, ok := callIn(d.ID)
		if !ok {
			continue
		}
		c.Made = kept.Instant(at[name])
		if _, err := s.table(calls).insert(ctx, newCallDoc(c)); err != nil {
			return err
		}
	}
	var gone []string
	for _, d := range append(asked, made...) {
		gone = append(gone, d.ID)
	}
	if len(gone) == 0 {
		return nil
	}
	_, err = s.table(claims).removeAll(ctx, gone)
	return err
}

// callIn reads the claim that asked for a call. name is the part that the claim of the call's
// result shares with it.
func callIn(claim string) (c store.Call, name string, ok bool) {
	parts := strings.Split(claim, "/")
	if len(parts) != 6 {
		return c, "", false
	}
	name = strings.Join(parts[1:4], "/")
	for i, p := range parts {
		var err error
		if parts[i], err = url.PathUnescape(p); err != nil {
			return c, "", false
		}
	}
	c = store.Call{Day: parts[3], Role: workflow.Role(parts[4]), Why: store.CallReason(parts[5])}
	switch parts[1] {
	case "case":
		c.Case = workflow.CaseID(parts[2])
	case "officer":
		c.Officer = workflow.OfficerID(parts[2])
	default:
		return c, "", false
	}
	return c, name, true
}
