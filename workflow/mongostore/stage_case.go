package mongostore

import (
	"context"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

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
}

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
	if err := st.record4case(c); err != nil {
		return err
	}
	return st.moveNumbers(ctx, c)
}

// keysAreNew sees to it that no entry was written to the case before. A case that is
// not locked has all entries of its version.
func (st *stage) keysAreNew(ctx context.Context, c store.CaseChange, doc *caseDoc) error {
	keys := make([]string, len(c.Entries))
	for i, e := range c.Entries {
		keys[i] = e.Key
		if key := doc.ID + "/" + e.Key; !st.keys[key] {
			st.keys[key] = true
			continue
		}
		return workflow.Refuse(workflow.CodeDuplicate, "entry")
	}
	if st.base[place{cases, doc.ID}] == 0 {
		return nil
	}
	var found idDoc
	filter := bson.D{{Key: "case", Value: doc.ID}, {Key: "key", Value: bson.D{{Key: "$in", Value: keys}}}}
	err := st.table(history).one(ctx, filter, &found)
	if missing(err) {
		return nil
	}
	if err == nil {
		err = workflow.Refuse(workflow.CodeDuplicate, "entry")
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

// record4case adds the entries and milestones of a change.
func (st *stage) record4case(c store.CaseChange) error {
	for _, e := range c.Entries {
		doc, err := kept.Encode("entry", e)
		if err != nil {
			return err
		}
		row := entryDoc{
			ID: rowID(c.Case.ID, e.Seq), Case: string(c.Case.ID), Seq: int64(e.Seq), Key: e.Key, Hash: e.Hash, Entry: doc,
		}
		if err := st.row(history, row); err != nil {
			return err
		}
	}
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
		id := numberID(n.Number.Register, n.Number.Year, n.Number.Seq)
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
