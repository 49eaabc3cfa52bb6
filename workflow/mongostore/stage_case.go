package mongostore

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// caseDoc is a case with what lists find it by and show.
type caseDoc struct {
	Head      `bson:",inline"`
	Version   int64    `bson:"version"` // number of its entries
	N         int64    `bson:"n"`       // grows in the order of intake
	Doc       []byte   `bson:"doc,omitempty"`
	Applicant string   `bson:"applicant"`
	Submitted int64    `bson:"submitted"`
	SOP       string   `bson:"sop"`
	SOPAt     string   `bson:"sopVersion"`
	Step      int64    `bson:"step"`
	Stage     string   `bson:"stage"`
	End       string   `bson:"end"`
	Role      string   `bson:"role"` // empty: nobody must act
	Holder    string   `bson:"holder"`
	Due       int64    `bson:"due"`             // never: none
	Check     int64    `bson:"check,omitempty"` // when the clock must look at it; missing: never
	Label     string   `bson:"label"`
	Keywords  string   `bson:"keywords"` // as they were given
	Words     []string `bson:"words"`    // that it is found by

	Fresh []entryDoc `bson:"fresh,omitempty"` // entries that are not in the history yet, in order
	Keys  []byte     `bson:"keys,omitempty"`  // 8-byte hashes of the keys of its entries
}

// Entries stay in their case for a while, so that the history costs a write for many of
// them, and none for each.
const (
	mostFresh = 16
	freshSize = 32 << 10 // bytes of them
)

// hasAllKeys tells whether Keys lacks none; a case that was copied, or is older than Keys,
// has none at first.
func (d *caseDoc) hasAllKeys() bool { return int64(len(d.Keys)) == hashBytes*d.Version }

// entryDoc is an entry of a case's history.
type entryDoc struct {
	ID    string `bson:"_id"` // case/sequence
	Case  string `bson:"case"`
	Seq   int64  `bson:"seq"`
	Key   string `bson:"key"`
	Hash  string `bson:"hash"`
	Entry []byte `bson:"entry"` // the JSON that the hash is over, byte for byte
}

// milestoneDoc is a fact that figures are made of.
type milestoneDoc struct {
	ID      string `bson:"_id"` // case/sequence of the last entry/place
	Case    string `bson:"case"`
	SOP     string `bson:"sop"`
	Kind    string `bson:"kind"`
	Step    int64  `bson:"step"`
	Outcome string `bson:"outcome"`
	At      int64  `bson:"at"`
	Used    int64  `bson:"used"`
}

func (st *stage) changeCase(ctx context.Context, c store.CaseChange) error {
	if err := entriesFit(c); err != nil {
		return err
	}
	at := place{cases, string(c.Case.ID)}
	doc, err := staged[caseDoc](ctx, st, at)
	if err != nil {
		return err
	}
	if err := st.keysAreNew(ctx, c, doc); err != nil {
		return err
	}
	if doc.Version != int64(c.Case.Version-len(c.Entries)) {
		return workflow.Refuse(workflow.CodeConflict, "case")
	}
	if doc.N == 0 {
		if doc.N, err = st.table(counters).add(ctx, cases, 1); err != nil {
			return err
		}
	}
	if err := doc.become(c); err != nil {
		return err
	}
	st.touch(at)
	if err := st.addEntries(doc, c); err != nil {
		return err
	}
	if err := st.addMilestones(c); err != nil {
		return err
	}
	return st.moveNumbers(ctx, c)
}

// keysAreNew sees to it that no entry was written to the case before. A case that is
// not locked has all entries of its version.
func (st *stage) keysAreNew(ctx context.Context, c store.CaseChange, doc *caseDoc) error {
	if !doc.hasAllKeys() {
		if err := st.learnKeys(ctx, doc); err != nil {
			return err
		}
	}
	for _, e := range c.Entries {
		_, err := st.entryByKey(ctx, doc, e.Key)
		if err != nil && !missing(err) {
			return err
		}
		if key := doc.ID + "/" + e.Key; err != nil && !st.keys[key] {
			st.keys[key] = true
			continue
		}
		return workflow.Refuse(workflow.CodeDuplicate, "entry")
	}
	return nil
}

// learnKeys reads the keys of a case's entries.
func (st *stage) learnKeys(ctx context.Context, doc *caseDoc) error {
	only := options.Find().SetSort(bson.D{{Key: "seq", Value: 1}}).SetProjection(bson.D{{Key: "key", Value: 1}})
	list, err := find[entryDoc](ctx, st.table(history), bson.D{{Key: "case", Value: doc.ID}}, only)
	doc.Keys = nil
	for _, e := range append(list, doc.Fresh...) {
		doc.Keys = binary.LittleEndian.AppendUint64(doc.Keys, hashOf(e.Key))
	}
	return err
}

// become makes the document that of the changed case.
func (d *caseDoc) become(c store.CaseChange) error {
	doc, err := kept.Encode("case", c.Case)
	if err != nil {
		return err
	}
	if d.Version == 0 {
		d.Applicant, d.Submitted = string(c.Case.Applicant), kept.Nanos(c.Case.Submitted)
		d.SOP, d.SOPAt = c.Case.SOP.Name, c.Case.SOP.Version
	}
	d.Doc, d.Version = kept.Pack(doc), int64(c.Case.Version)
	d.Step, d.Stage, d.End = int64(c.Case.Step), string(c.Case.Stage), c.Case.End
	d.Role, d.Holder = string(c.Task.Role), string(c.Task.Holder)
	d.Due, d.Check, d.Label = kept.Due(c.Task.Due), kept.Nanos(c.Task.Check), c.Task.Label
	d.Keywords = c.Task.Keywords
	d.Words = wordsOf(string(c.Case.ID) + " " + d.Keywords)
	return nil
}

// addEntries adds the entries of a change to the case, and moves them to the history once
// they are many.
func (st *stage) addEntries(doc *caseDoc, c store.CaseChange) error {
	doc.Fresh, doc.Keys = slices.Clip(doc.Fresh), slices.Clip(doc.Keys)
	size := 0
	for _, e := range c.Entries {
		raw, err := kept.Encode("entry", e)
		if err != nil {
			return err
		}
		doc.Keys = binary.LittleEndian.AppendUint64(doc.Keys, hashOf(e.Key))
		doc.Fresh = append(doc.Fresh, entryDoc{
			ID: rowID(c.Case.ID, e.Seq), Case: string(c.Case.ID), Seq: int64(e.Seq), Key: e.Key, Hash: e.Hash, Entry: raw,
		})
	}
	rows, err := marshalAll(history, doc.Fresh)
	for _, row := range rows {
		size += len(row)
		if err == nil {
			err = st.validate(history, row)
		}
	}
	if err == nil && (len(rows) >= mostFresh || size >= freshSize) {
		st.rows[history], doc.Fresh = append(st.rows[history], rows...), nil
	}
	return err
}

func (st *stage) addMilestones(c store.CaseChange) error {
	for i, m := range c.Milestones {
		row := milestoneDoc{
			ID: fmt.Sprintf("%s/%d", rowID(c.Case.ID, c.Case.Version), i), Case: string(m.Case), SOP: m.SOP, Kind: string(m.Kind),
			Step: int64(m.Step), Outcome: m.Outcome, At: kept.Nanos(m.At), Used: int64(m.Used),
		}
		if err := st.row(milestones, row); err != nil {
			return err
		}
	}
	return nil
}

func rowID(id workflow.CaseID, seq int) string { return fmt.Sprintf("%s/%06d", id, seq) }

// moveNumbers sees to it that the numbers are those of the case's letters, and notes
// their new status.
func (st *stage) moveNumbers(ctx context.Context, c store.CaseChange) error {
	for _, n := range c.Numbers {
		var doc numberDoc
		id := n.Number.Row()
		err := st.table(numbers).one(ctx, byID(id), &doc)
		if err != nil {
			return err
		}
		if doc.Key != fmt.Sprintf("%s/%s", c.Case.ID, n.Letter) {
			return workflow.Refuse(workflow.CodeNotFound, "number")
		}
		st.numbers = slices.DeleteFunc(st.numbers, func(p numberPart) bool { return p.ID == id })
		st.numbers = append(st.numbers, numberPart{ID: id, Status: string(n.Status), Version: int64(c.Case.Version)})
	}
	return nil
}
