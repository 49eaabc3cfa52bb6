package mongostore

import (
	"context"
	"slices"
	"sort"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Hasten makes the store take a turn for dead that it has met so often.
func (s *Store) Hasten(looks int) { s.patience = looks }

// Sweep ends the turns that are being made, as the sweep does that has seen them
// twice.
func (s *Store) Sweep(ctx context.Context) error {
	seen, err := s.sweepOnce(ctx, nil, true)
	if err == nil {
		_, err = s.sweepOnce(ctx, seen, true)
	}
	return err
}

// Locked counts the documents that a turn has locked, and the turns that are being
// made.
func (s *Store) Locked(ctx context.Context) (int, error) {
	total := 0
	for _, name := range []string{addresses, calls, cases, chats, claims, delegations, invitations, officers, persons} {
		docs, err := find[idDoc](ctx, s.table(name), prefixedLock(), options.Find())
		if err != nil {
			return 0, err
		}
		total += len(docs)
	}
	list, err := find[idDoc](ctx, s.table(records), prefixed(""), options.Find())
	if err != nil {
		return 0, err
	}
	decided, err := find[idDoc](ctx, s.table(chats), bson.D{{Key: "unit", Value: bson.D{{Key: "$exists", Value: true}}}}, options.Find())
	return total + len(list) + len(decided), err
}

func prefixedLock() bson.D {
	return bson.D{{Key: "lock", Value: bson.D{{Key: "$exists", Value: true}}}}
}

// Index is an index as tests look at it: its table and its fields in order.
type Index struct {
	Table  string
	Fields []string
}

// Indexes lists all indexes but those of the ids.
func Indexes() []Index {
	var list []Index
	for _, i := range indexes() {
		fields := make([]string, len(i.keys))
		for n, k := range i.keys {
			fields[n] = k.Key
		}
		list = append(list, Index{i.table, fields})
	}
	return list
}

// Validators gives what documents of a table are held to.
func Validators() map[string]bson.D { return validators() }

// Misfit tells why a document breaks a schema.
func Misfit(schema bson.D, doc bson.Raw) string { return misfit(schema, doc) }

// Translate gives a driver's error its code.
func Translate(what string, err error) error { return translate(what, err) }

// FullChat gives the bytes of the document of a chat that is as full as it may be, of
// messages and of deliveries, each of so many bytes.
func FullChat(message int) (messages, deliveries int, err error) {
	body := make([]byte, message)
	most := sort.Search(1<<17, func(n int) bool {
		return !(&chatDoc{In: slices.Repeat([]waitingDoc{{ID: fullID, Message: body}}, n)}).room(0)
	}) - 1
	in, err := bson.Marshal(&chatDoc{In: slices.Repeat([]waitingDoc{{ID: fullID, Message: body}}, most)})
	if err != nil {
		return 0, 0, err
	}
	waiting := pendingDoc{ID: fullID, Unit: fullID, Owner: fullID, Reason: fullID, Message: body}
	most = sort.Search(1<<17, func(n int) bool { return !(&chatDoc{Out: slices.Repeat([]pendingDoc{waiting}, n)}).room(0) }) - 1
	out, err := bson.Marshal(&chatDoc{Out: slices.Repeat([]pendingDoc{waiting}, most)})
	return len(in), len(out), err
}

const fullID = "LKS-2026-00042-7/000017/01JD3C0NT0HC0NT0H"

// SweepBy has a sweep look at so many records in one query.
func (o Options) SweepBy(n int64) Options {
	o.sweepPage = n
	return o
}

// OldBeatBy has the heartbeats of older versions watched for so long.
func (o Options) OldBeatBy(d time.Duration) Options {
	o.oldBeat = d
	return o
}
