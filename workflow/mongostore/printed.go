package mongostore

import (
	"cmp"
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// printNumbers has every number of before say what it is printed as, and has that exist once.
// Of several that were printed alike the one that was reserved first keeps the text; the
// others get their ids.
func (s *Store) printNumbers(ctx context.Context) error {
	list, err := s.allNumbers(ctx)
	if err != nil {
		return err
	}
	printed := map[string]bool{}
	for _, d := range list {
		printed[d.Printed] = true
	}
	printed[""] = true // of those that have no text
	for _, d := range list {
		if d.Printed != "" {
			continue
		}
		text, err := s.printedBefore(ctx, d.number(), d.Key)
		if err != nil {
			return err
		}
		if printed[text] {
			text = d.ID
		}
		printed[text] = true
		if _, err := s.table(numbers).update(ctx, byID(d.ID), set("printed", text)); err != nil {
			return err
		}
	}
	if err := s.createIndexes(ctx, indexes()); err != nil {
		return err
	}
	return s.dropIndex(ctx, numbers, "keys") // one for each year
}

// allNumbers gives the numbers of all registers, those first that were reserved first.
func (s *Store) allNumbers(ctx context.Context) (list []numberDoc, err error) {
	const page = 1000
	for after := ""; ; after = list[len(list)-1].ID {
		rows, err := s.after(ctx, numbers, after, page)
		if err != nil {
			return nil, err
		}
		for _, raw := range rows {
			var d numberDoc
			if err := bson.Unmarshal(raw, &d); err != nil {
				return nil, translate(numbers, err)
			}
			list = append(list, d)
		}
		if len(rows) < page {
			break
		}
	}
	slices.SortFunc(list, func(a, b numberDoc) int { return cmp.Or(cmp.Compare(a.Taken, b.Taken), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// printedBefore finds in its case what a number of before is printed as; empty if that
// cannot be read.
func (s *Store) printedBefore(ctx context.Context, n workflow.Number, key string) (string, error) {
	var c caseDoc
	err := s.table(cases).one(ctx, byID(string(kept.CaseOf(key))), &c)
	if err != nil && !missing(err) && workflow.CodeOf(err) != workflow.CodeDamaged {
		return "", err
	}
	doc, err := kept.Unpack(c.Doc)
	if err != nil {
		doc = nil
	}
	return kept.PrintedBefore(n, doc), nil
}

// putNumbers puts numbers at once, but those of before one by one, as each takes a text.
func (s *Store) putNumbers(ctx context.Context, records []store.Record) error {
	var docs []bson.Raw
	for _, r := range records {
		var n store.PortableNumber
		if err := kept.Decode("record", r.Doc, &n); err != nil {
			return err
		}
		before := n.Printed == ""
		if before {
			var err error
			if n.Printed, err = s.textOf(ctx, n); err != nil {
				return err
			}
		}
		doc, err := bson.Marshal(newNumberDoc(n))
		if err != nil {
			return translate(numbers, err)
		}
		if !before {
			docs = append(docs, doc)
			continue
		}
		if err := s.insertNumbers(ctx, []bson.Raw{doc}); err != nil {
			return err
		}
	}
	return s.insertNumbers(ctx, docs)
}

// insertNumbers leaves a row that is there as it is. Another one that is printed alike is an
// error.
func (s *Store) insertNumbers(ctx context.Context, docs []bson.Raw) error {
	taken, err := s.table(numbers).insertMissing(ctx, docs)
	if err != nil {
		return err
	}
	ids := make([]string, len(taken))
	for i, doc := range taken {
		ids[i] = doc.Lookup("_id").StringValue()
	}
	there, err := s.table(numbers).have(ctx, ids)
	if err == nil && len(there) < len(ids) {
		err = workflow.Refuse(workflow.CodeDuplicate, "number")
	}
	return err
}

func newNumberDoc(n store.PortableNumber) numberDoc {
	d := numberDoc{
		Register: n.Register, Year: int64(n.Year), Seq: int64(n.Seq), Key: n.Key,
		Status: string(n.Status), Taken: kept.Nanos(n.Taken), Printed: n.Printed,
	}
	d.ID = d.number().Row()
	return d
}

// textOf finds what a number of before is printed as in its case, which is there before it.
func (s *Store) textOf(ctx context.Context, p store.PortableNumber) (string, error) {
	n := newNumberDoc(p).number()
	text, err := s.printedBefore(ctx, n, p.Key)
	if err != nil {
		return "", err
	}
	other, err := s.rowPrinted(ctx, text)
	if other != "" || text == "" {
		text = n.Row()
	}
	return text, err
}
