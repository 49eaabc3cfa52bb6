package mongostore

import (
	"context"
	"fmt"
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
}

func numberID(register string, year, seq int) string {
	return fmt.Sprintf("%s/%d/%06d", register, year, seq)
}

// Reserve implements [store.Registers]. The number after the last is taken by
// inserting it: of several who want it one succeeds, and the others take the next.
// That the key is new is seen to by the server too, by a unique index.
func (s *Store) Reserve(ctx context.Context, register string, year int, key string, now time.Time) (int, error) {
	leave, err := s.bookQueues.enter(ctx, register)
	if err != nil {
		return 0, err
	}
	defer leave()
	for try := range maxTries {
		if seq, err := s.numberOf(ctx, register, year, key); !missing(err) {
			return seq, err
		}
		seq, err := s.nextNumber(ctx, register, year)
		if err != nil {
			return 0, err
		}
		taken, err := s.table(numbers).insert(ctx, numberDoc{
			ID: numberID(register, year, seq), Register: register, Year: int64(year), Seq: int64(seq), Key: key,
			Status: string(workflow.NumberReserved), Taken: kept.Nanos(now),
		})
		if err != nil || taken {
			return seq, err
		}
		if err := pause(ctx, try); err != nil {
			return 0, err
		}
	}
	return 0, workflow.Refuse(workflow.CodeUnavailable, "number")
}

// book finds the numbers of a register and year.
func book(register string, year int) bson.D {
	return bson.D{{Key: "register", Value: register}, {Key: "year", Value: int64(year)}}
}

// numberOf gives the number of a key: CodeNotFound.
func (s *Store) numberOf(ctx context.Context, register string, year int, key string) (int, error) {
	var have numberDoc
	err := s.table(numbers).one(ctx, append(book(register, year), bson.E{Key: "key", Value: key}), &have)
	return int(have.Seq), err
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
	docs, err := find[numberDoc](ctx, s.table(numbers), book(register, year), options.Find().SetSort(bson.D{{Key: "seq", Value: 1}}))
	list := make([]store.NumberRow, len(docs))
	for i, d := range docs {
		list[i] = store.NumberRow{
			Register: d.Register, Year: int(d.Year), Seq: int(d.Seq), Key: d.Key,
			Status: workflow.NumberStatus(d.Status), Taken: kept.Instant(d.Taken),
		}
	}
	return list, err
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

// SOPSource implements [store.SOPs].
func (s *Store) SOPSource(ctx context.Context, ref workflow.SOPRef) ([]byte, error) {
	var doc sopDoc
	err := s.table(sops).one(ctx, byID(sopID(ref)), &doc)
	return doc.Source, err
}

func sopID(ref workflow.SOPRef) string { return ref.Name + "/" + ref.Version }
