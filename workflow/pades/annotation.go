package pades

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"izinbot/workflow/pdfa"
)

// annotate puts a field's picture on its page and into the tree of tags, and gives the
// entries of its annotation.
func (r *revision) annotate(f Field, widget int, catalog types.Dict) (string, error) {
	page, err := r.page(f.Page)
	if err != nil {
		return "", err
	}
	if err := r.onPage(page, widget); err != nil {
		return "", err
	}
	words := pdfa.TextString(or(strings.Join(f.Lines, ", "), f.Signer))
	entries := fmt.Sprintf("/F 132/P %d 0 R/Contents%s/TU%[2]s", page, words)
	if f.Box == (Box{}) {
		return entries + "/Rect[0 0 0 0]", nil
	}
	content, err := picture(f)
	if err != nil {
		return "", err
	}
	appearance := r.add()
	r.objects[appearance] = pdfa.Stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<>>", f.Box.width(), f.Box.height()), content)
	entries += fmt.Sprintf("/Rect[%.2f %.2f %.2f %.2f]/AP<</N %d 0 R>>", f.Box.Left, f.Box.Bottom, f.Box.Right, f.Box.Top, appearance)
	key, err := r.tag(catalog, page, widget, words)
	if err != nil || key < 0 {
		return entries, err
	}
	return fmt.Sprintf("%s/StructParent %d", entries, key), nil
}

// tag adds the annotation to the end of the tree of tags and gives its key there; -1 for
// a document without tags (ISO 32000-1, 14.7.4.4).
func (r *revision) tag(catalog types.Dict, page, widget int, words string) (int, error) {
	top, tree, err := r.referred(catalog, "StructTreeRoot")
	if err != nil || top == 0 {
		return -1, err
	}
	document, node, err1 := r.referred(tree, "K")
	parents, numbers, err2 := r.referred(tree, "ParentTree")
	kids, ok1 := node["K"].(types.Array)
	nums, ok2 := numbers["Nums"].(types.Array)
	key, ok3 := tree["ParentTreeNextKey"].(types.Integer)
	if err1 != nil || err2 != nil || !ok1 || !ok2 || !ok3 {
		return 0, fmt.Errorf("%w: the tree of tags", ErrLayout)
	}
	element := r.add()
	r.put(element, "<</S/Form/P %d 0 R/Pg %d 0 R/Alt%s/K[<</Type/OBJR/Obj %d 0 R/Pg %[2]d 0 R>>]>>", document, page, words, widget)
	node["K"] = append(slices.Clip(kids), reference(element))
	numbers["Nums"] = append(slices.Clip(nums), key, reference(element))
	tree["ParentTreeNextKey"] = key + 1
	r.putDict(document, node)
	r.putDict(parents, numbers)
	r.putDict(top, tree)
	return key.Value(), nil
}

// onPage adds an annotation to a page.
func (r *revision) onPage(page, widget int) error {
	d, err := r.dict(page)
	if err != nil {
		return err
	}
	annots, ok := d["Annots"].(types.Array)
	if d["Annots"] != nil && !ok {
		return fmt.Errorf("%w: annotations of page %d", ErrLayout, page)
	}
	d["Annots"] = append(slices.Clip(annots), reference(widget))
	r.putDict(page, d)
	return nil
}

// page gives the object of a page, from 1, 0 being the last, of a page tree without branches.
func (r *revision) page(no int) (int, error) {
	_, catalog, err := r.catalog()
	if err != nil {
		return 0, err
	}
	_, pages, err := r.referred(catalog, "Pages")
	if err != nil {
		return 0, err
	}
	kids, _ := pages["Kids"].(types.Array)
	if no == 0 {
		no = len(kids)
	}
	if no < 1 || no > len(kids) {
		return 0, fmt.Errorf("%w: no page %d of %d", ErrField, no, len(kids))
	}
	ref, _ := kids[no-1].(types.IndirectRef)
	if d, err := r.dict(ref.ObjectNumber.Value()); err != nil || d["Type"] != types.Name("Page") {
		return 0, fmt.Errorf("%w: page %d", ErrLayout, no)
	}
	return ref.ObjectNumber.Value(), nil
}

func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
