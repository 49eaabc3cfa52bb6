package mongostore

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// of reads a document for what it holds of a kind: one record, or none.
func of[T any](record func(T) (*store.Record, error)) func(string, bson.Raw) ([]store.Record, error) {
	return func(table string, raw bson.Raw) ([]store.Record, error) {
		var doc T
		if err := bson.Unmarshal(raw, &doc); err != nil {
			return nil, translate(table, err)
		}
		r, err := record(doc)
		if r == nil || err != nil {
			return nil, err
		}
		return []store.Record{*r}, nil
	}
}

func recordOf(id string, order int64, v any) (*store.Record, error) {
	doc, err := kept.Encode("record", v)
	return &store.Record{ID: id, Order: order, Doc: doc}, err
}

func sopRecord(d sopDoc) (*store.Record, error) {
	name, version, _ := strings.Cut(d.ID, "/")
	return recordOf(d.ID, 0, store.PortableSOP{Name: name, Version: version, Source: d.Source})
}

func docRecord(d docDoc) (*store.Record, error) {
	if d.V == 0 {
		return nil, nil //nolint:nilnil // a lock is no record
	}
	return recordOf(d.ID, d.N, store.PortableDoc{Doc: d.Doc})
}

func addressRecord(d addressDoc) (*store.Record, error) {
	if d.V == 0 || d.Person == "" {
		return nil, nil //nolint:nilnil // a lock, or nobody's any more
	}
	return recordOf(d.ID, 0, store.PortableAddress{Address: d.ID, Person: d.Person})
}

func caseRecord(d caseDoc) (*store.Record, error) {
	if d.V == 0 {
		return nil, nil //nolint:nilnil // a lock is no record
	}
	doc, err := kept.Unpack(d.Doc)
	if err != nil {
		return nil, err
	}
	return recordOf(d.ID, d.N, store.PortableCase{
		Case: doc, Role: workflow.Role(d.Role), Holder: workflow.OfficerID(d.Holder),
		Due: kept.Deadline(d.Due), Check: kept.Instant(d.Check), Label: d.Label, Keywords: d.Keywords,
	})
}

// entryRecords gives the entries of each case of a page in their order. The history is read
// after the cases: what moves there meanwhile is in one of them or in both, never in none.
// It is read by the span of their ids, so that entries of a lost case are given too.
func (s *Store) entryRecords(ctx context.Context, docs []bson.Raw, between span) ([]store.Record, error) {
	var fresh []entryDoc
	for _, raw := range docs {
		var c freshDoc
		if err := bson.Unmarshal(raw, &c); err != nil {
			return nil, translate(cases, err)
		}
		fresh = append(fresh, c.Fresh...)
	}
	ids := bson.D{{Key: "$gt", Value: between.after}}
	if between.upTo != "" {
		ids = append(ids, bson.E{Key: "$lte", Value: between.upTo})
	}
	rows, err := find[entryDoc](ctx, s.table(history), bson.D{{Key: "case", Value: ids}}, options.Find().SetSort(keys("case", "seq")))
	if err != nil {
		return nil, err
	}
	return recordsOf(historyInOrder(rows, fresh), entryRecord)
}

// historyInOrder gives the entries of the history and of cases by case and sequence; what is in
// both as the history has it.
func historyInOrder(rows, fresh []entryDoc) []entryDoc {
	type number struct {
		id  string
		seq int64
	}
	moved := map[number]bool{}
	for _, e := range rows {
		moved[number{e.Case, e.Seq}] = true
	}
	for _, e := range fresh {
		if !moved[number{e.Case, e.Seq}] {
			rows = append(rows, e)
		}
	}
	slices.SortStableFunc(rows, func(a, b entryDoc) int { return cmp.Or(cmp.Compare(a.Case, b.Case), cmp.Compare(a.Seq, b.Seq)) })
	return rows
}

func entryRecord(d entryDoc) (*store.Record, error) {
	return recordOf(d.ID, 0, store.PortableEntry{
		Case: workflow.CaseID(d.Case), Seq: int(d.Seq), Key: d.Key, Hash: d.Hash, Entry: d.Entry,
	})
}

func milestoneRecord(d milestoneDoc) (*store.Record, error) {
	return recordOf(d.ID, 0, store.PortableMilestone{
		Case: workflow.CaseID(d.Case), SOP: d.SOP, Kind: store.MilestoneKind(d.Kind), Step: int(d.Step), Outcome: d.Outcome,
		At: kept.Instant(d.At), Used: time.Duration(d.Used),
	})
}

func numberRecord(d numberDoc) (*store.Record, error) {
	return recordOf(d.ID, 0, store.PortableNumber{
		Register: d.Register, Year: int(d.Year), Seq: int(d.Seq), Key: d.Key,
		Status: workflow.NumberStatus(d.Status), Taken: kept.Instant(d.Taken), Printed: d.Printed,
	})
}

func claimRecord(d claimDoc) (*store.Record, error) {
	if d.V == 0 {
		return nil, nil //nolint:nilnil // a lock is no record
	}
	return recordOf(d.ID, 0, store.PortableClaim{Name: d.ID, At: kept.Instant(d.At)})
}

func conversationRecord(d chatDoc) (*store.Record, error) {
	if d.Version == 0 {
		return nil, nil //nolint:nilnil // nothing is remembered
	}
	return recordOf(d.ID, 0, store.PortableConversation{
		Chat: bot.Address(d.ID), Version: int(d.Version), Handled: d.Handled, State: d.State,
	})
}

// messageRecords reads a handled message, or those that wait in a chat.
func messageRecords(table string, raw bson.Raw) ([]store.Record, error) {
	if table == inbox {
		return of(messageRecord)(table, raw)
	}
	var c chatDoc
	if err := bson.Unmarshal(raw, &c); err != nil {
		return nil, translate(chats, err)
	}
	list := c.Past
	for _, m := range c.In {
		list = append(list, handledDoc{ID: m.ID, Chat: c.ID, Seq: m.Seq, At: m.Received, Message: m.Message})
	}
	return recordsOf(list, messageRecord)
}

func messageRecord(m handledDoc) (*store.Record, error) {
	return recordOf(m.ID, m.Seq, store.PortableMessage{
		ID: m.ID, Chat: bot.Address(m.Chat), Seq: m.Seq, Received: kept.Instant(m.At), Message: m.Message,
	})
}

// deliveryRecords reads a settled delivery, or those that wait in a chat.
func deliveryRecords(table string, raw bson.Raw) ([]store.Record, error) {
	if table == outbox {
		return of(settledRecord)(table, raw)
	}
	var c chatDoc
	if err := bson.Unmarshal(raw, &c); err != nil {
		return nil, translate(chats, err)
	}
	list, err := recordsOf(c.Gone, settledRecord)
	if err != nil {
		return nil, err
	}
	waiting, err := recordsOf(c.Out, func(d pendingDoc) (*store.Record, error) {
		return recordOf(d.ID, d.Seq, store.PortableDelivery{
			ID: d.ID, Chat: bot.Address(c.ID), Seq: d.Seq, Notice: d.Notice, Message: d.Message, Created: kept.Instant(d.Created),
			NotBefore: kept.Instant(d.NotBefore), Attempts: int(d.Attempts), Reason: d.Reason,
		})
	})
	return append(list, waiting...), err
}

func settledRecord(d settledDoc) (*store.Record, error) {
	return recordOf(d.ID, d.Seq, store.PortableDelivery{
		ID: d.ID, Chat: bot.Address(d.Chat), Notice: d.Notice, Message: d.Message, Created: kept.Instant(d.Created),
		Reason: d.Reason, State: bot.DeliveryState(d.State), Settled: kept.Instant(d.At),
	})
}

// recordsOf makes a record of each part of a document.
func recordsOf[T any](parts []T, record func(T) (*store.Record, error)) ([]store.Record, error) {
	list := make([]store.Record, len(parts))
	for i, v := range parts {
		r, err := record(v)
		if err != nil {
			return nil, err
		}
		list[i] = *r
	}
	return list, nil
}
