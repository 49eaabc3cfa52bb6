package mongostore

import (
	"context"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// numberDoc is a number of a register. It is never removed.
type numberDoc struct {
	ID       string `bson:"_id"` // register/year/number
	Register string `bson:"register"`
	Year     int64  `bson:"year"`
	Seq      int64  `bson:"seq"`
	Key      string `bson:"key"`
	Status   string `bson:"status"`
	Taken    int64  `bson:"taken"`
	Version  int64  `bson:"version"` // of the case that set the status
	Printed  string `bson:"printed"` // the id for one of before without a text of its own
}

func (d numberDoc) number() workflow.Number {
	return workflow.Number{Register: d.Register, Year: int(d.Year), Seq: int(d.Seq), Text: d.Printed}
}

func (d numberDoc) row() store.NumberRow {
	return store.NumberRow{
		Register: d.Register, Year: int(d.Year), Seq: int(d.Seq), Key: d.Key,
		Status: workflow.NumberStatus(d.Status), Taken: kept.Instant(d.Taken), Printed: d.Printed,
	}
}

// Reserve implements [store.Registers]. The number after the last is taken by
// inserting it: of several who want it one succeeds, and the others take the next.
// That the key is new in its year, and the text in the office, is seen to by the server too,
// by unique indexes.
func (s *Store) Reserve(ctx context.Context, r store.Reservation, now time.Time) (workflow.Number, error) {
	leave, err := s.bookQueues.enter(ctx, r.Register)
	if err != nil {
		return workflow.Number{}, err
	}
	defer leave()
	for try := range maxTries {
		if have, err := s.numberOf(ctx, r); !missing(err) {
			return have, err
		}
		n, taken, err := s.takeNumber(ctx, r, now)
		if err != nil || taken {
			return n, err
		}
		if err := pause(ctx, try); err != nil {
			return workflow.Number{}, err
		}
	}
	return workflow.Number{}, workflow.Refuse(workflow.CodeUnavailable, "number")
}

// book finds the numbers of a register and year.
func book(register string, year int) bson.D {
	return bson.D{{Key: "register", Value: register}, {Key: "year", Value: int64(year)}}
}

// numberOf gives the number that a key has: CodeNotFound. One of before without a text gets
// it now: CodeDuplicate.
func (s *Store) numberOf(ctx context.Context, r store.Reservation) (workflow.Number, error) {
	key := bson.D{{Key: "register", Value: r.Register}, {Key: "key", Value: r.Key}}
	first := options.Find().SetSort(bson.D{{Key: "year", Value: 1}}).SetLimit(1)
	rows, err := find[numberDoc](ctx, s.table(numbers), key, first)
	if err != nil {
		return workflow.Number{}, err
	}
	if len(rows) == 0 {
		return workflow.Number{}, workflow.Refuse(workflow.CodeNotFound, "number")
	}
	n := rows[0].number()
	if n.Text != n.Row() {
		return n, nil
	}
	n.Text = r.Print(n.Seq, kept.Instant(rows[0].Taken))
	if err := s.refuseDouble(ctx, n); err != nil {
		return n, err
	}
	_, err = s.table(numbers).update(ctx, byID(n.Row()), set("printed", n.Text))
	if workflow.CodeOf(err) == workflow.CodeConflict {
		err = workflow.Refuse(workflow.CodeDuplicate, n.Text)
	}
	return n, err
}

// takeNumber takes the next number of the year. taken is false if somebody else took it, or
// gave the key a number, meanwhile.
func (s *Store) takeNumber(ctx context.Context, r store.Reservation, now time.Time) (n workflow.Number, taken bool, err error) {
	n = workflow.Number{Register: r.Register, Year: r.Year}
	if n.Seq, err = s.nextNumber(ctx, r.Register, r.Year); err != nil {
		return n, false, err
	}
	n.Text = r.Print(n.Seq, now)
	taken, err = s.table(numbers).insert(ctx, newNumberDoc(store.PortableNumber{
		Register: r.Register, Year: r.Year, Seq: n.Seq, Key: r.Key, Status: workflow.NumberReserved, Taken: now, Printed: n.Text,
	}))
	if err != nil || taken {
		return n, taken, err
	}
	return n, false, s.refuseDouble(ctx, n)
}

// refuseDouble fails with CodeDuplicate if another number is printed alike.
func (s *Store) refuseDouble(ctx context.Context, n workflow.Number) error {
	other, err := s.rowPrinted(ctx, n.Text)
	if err == nil && other != "" && other != n.Row() {
		err = workflow.Refuse(workflow.CodeDuplicate, n.Text)
	}
	return err
}

// rowPrinted gives the id of the number that is printed as a text; empty if there is none.
func (s *Store) rowPrinted(ctx context.Context, text string) (string, error) {
	var doc idDoc
	err := s.table(numbers).one(ctx, bson.D{{Key: "printed", Value: text}}, &doc)
	if missing(err) {
		return "", nil
	}
	return doc.ID, err
}

// nextNumber gives the number after the last.
func (s *Store) nextNumber(ctx context.Context, register string, year int) (int, error) {
	last := options.Find().SetSort(bson.D{{Key: "seq", Value: -1}}).SetLimit(1)
	rows, err := find[numberDoc](ctx, s.table(numbers), book(register, year), last)
	if err != nil || len(rows) == 0 {
		return 1, err
	}
	return int(rows[0].Seq) + 1, nil
}

// Numbers implements [store.Registers].
func (s *Store) Numbers(ctx context.Context, register string, year int) ([]store.NumberRow, error) {
	return s.numberRows(ctx, book(register, year), options.Find())
}

// NumbersTaken implements [store.Registers].
func (s *Store) NumbersTaken(ctx context.Context, q store.NumberQuery) ([]store.NumberRow, error) {
	filter := append(book(q.Register, q.Year),
		bson.E{Key: "seq", Value: bson.D{{Key: "$gt", Value: int64(q.After)}}},
		bson.E{Key: "taken", Value: bson.D{{Key: "$gte", Value: kept.Nanos(q.From)}, {Key: "$lt", Value: kept.Nanos(q.To)}}})
	return s.numberRows(ctx, filter, options.Find().SetLimit(int64(q.Limit)))
}

// numberRows reads rows of a book in order of number.
func (s *Store) numberRows(ctx context.Context, filter bson.D, opts *options.FindOptionsBuilder) ([]store.NumberRow, error) {
	docs, err := find[numberDoc](ctx, s.table(numbers), filter, opts.SetSort(bson.D{{Key: "seq", Value: 1}}))
	list := make([]store.NumberRow, len(docs))
	for i, d := range docs {
		list[i] = d.row()
	}
	return list, err
}

// NumberPrinted implements [store.Registers].
func (s *Store) NumberPrinted(ctx context.Context, text string) (store.NumberRow, error) {
	var doc numberDoc
	err := s.table(numbers).one(ctx, bson.D{{Key: "printed", Value: text}}, &doc)
	return doc.row(), err
}

// sopDoc is the source of a version of a procedure.
type sopDoc struct {
	ID     string `bson:"_id"` // name/version
	Source []byte `bson:"source"`
}

// SaveSOP implements [store.SOPs].
func (s *Store) SaveSOP(ctx context.Context, ref workflow.SOPRef, source []byte) error {
	_, err := s.table(sops).insert(ctx, sopDoc{ID: sopID(ref), Source: source})
	return err
}

// SOPRefs implements [store.SOPs].
func (s *Store) SOPRefs(ctx context.Context) ([]workflow.SOPRef, error) {
	all := bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: ""}}}}
	docs, err := find[idDoc](ctx, s.table(sops), all, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetProjection(bson.D{{Key: "_id", Value: 1}}))
	refs := make([]workflow.SOPRef, len(docs))
	for i, d := range docs {
		refs[i].Name, refs[i].Version, _ = strings.Cut(d.ID, "/")
	}
	return refs, err
}

// SOPSource implements [store.SOPs].
func (s *Store) SOPSource(ctx context.Context, ref workflow.SOPRef) ([]byte, error) {
	var doc sopDoc
	err := s.table(sops).one(ctx, byID(sopID(ref)), &doc)
	return doc.Source, err
}

func sopID(ref workflow.SOPRef) string { return ref.Name + "/" + ref.Version }
