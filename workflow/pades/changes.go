package pades

import (
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// onlySigned tells whether a later state of a file differs from an earlier one by nothing but
// what signing adds: signatures and timestamps that nobody sees, and evidence. Pages, what they
// draw, their tags and the metadata must be as they were. That is narrower than P 2 of DocMDP,
// which lets fields be filled in: a letter has none.
func onlySigned(before, after *model.Context) bool {
	if before.Root.PDFString() != after.Root.PDFString() || (before.Info == nil) != (after.Info == nil) || before.Info != nil && before.Info.PDFString() != after.Info.PDFString() {
		return false
	}
	c := comparison{before: before, after: after}
	for no, entry := range after.Table {
		if entry == nil || entry.Free {
			continue
		}
		if old := before.Table[no]; (old == nil || old.Free) && no < *before.Size {
			return false // a number that something may have pointed to
		}
	}
	for no, old := range before.Table {
		if old == nil || old.Free {
			continue
		}
		now := after.Table[no]
		if now == nil || now.Free || !same(old.Object, now.Object) && !c.mayDiffer(no, old.Object, now.Object) {
			return false
		}
	}
	return c.form(formOf(before), formOf(after))
}

type comparison struct{ before, after *model.Context }

// mayDiffer tells whether an object may have changed in this way.
func (c comparison) mayDiffer(no int, old, now types.Object) bool {
	was, ok1 := old.(types.Dict)
	is, ok2 := now.(types.Dict)
	if !ok1 || !ok2 {
		return false
	}
	catalog := catalogOf(c.before)
	switch {
	case no == c.before.Root.ObjectNumber.Value():
		return sameBut(was, is, "AcroForm", "DSS", "Extensions") && (was["AcroForm"] == nil || isReference(is["AcroForm"]) == isReference(was["AcroForm"]))
	case isReferenceTo(catalog["DSS"], no):
		return true
	case isReferenceTo(catalog["AcroForm"], no):
		return true // compared by itself
	case was["Type"] == types.Name("Page"):
		return sameBut(was, is, "Annots") && c.appended(was["Annots"], is["Annots"])
	}
	return false
}

// form compares the form, to which fields for signatures may have been added.
func (c comparison) form(was, is types.Dict) bool {
	return sameBut(was, is, "Fields", "SigFlags") && c.appended(was["Fields"], is["Fields"])
}

// appended tells whether a list begins as it was and goes on with new fields of signatures
// that leave no picture on a page.
func (c comparison) appended(was, is types.Object) bool {
	old, _ := resolved(c.before, was).(types.Array)
	now, _ := resolved(c.after, is).(types.Array)
	if len(now) < len(old) || !same(old, now[:len(old)]) {
		return false
	}
	for _, item := range now[len(old):] {
		ref, ok := item.(types.IndirectRef)
		if !ok || ref.ObjectNumber.Value() < *c.before.Size || !c.isUnseen(dictOf(c.after, ref)) {
			return false
		}
	}
	return true
}

// isUnseen tells whether a field is that of a signature without a picture.
func (c comparison) isUnseen(d types.Dict) bool {
	known := []string{"Type", "Subtype", "FT", "T", "TU", "V", "Rect", "F", "Ff", "P", "Contents"}
	for key := range d {
		if !slices.Contains(known, key) {
			return false
		}
	}
	rect, _ := resolved(c.after, d["Rect"]).(types.Array)
	for _, side := range rect {
		if side != types.Integer(0) && side != types.Float(0) {
			return false
		}
	}
	return d["FT"] == types.Name("Sig") && len(rect) == 4
}

// sameBut compares two dictionaries apart from some entries.
func sameBut(a, b types.Dict, but ...string) bool {
	without := func(d types.Dict) types.Dict {
		d = maps.Clone(d)
		maps.DeleteFunc(d, func(key string, _ types.Object) bool { return slices.Contains(but, key) })
		return d
	}
	return same(without(a), without(b))
}

func isReference(v types.Object) bool {
	_, ok := v.(types.IndirectRef)
	return ok
}

func isReferenceTo(v types.Object, no int) bool {
	ref, ok := v.(types.IndirectRef)
	return ok && ref.ObjectNumber.Value() == no
}
