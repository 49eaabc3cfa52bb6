package inspect

import (
	"context"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// What is wrong with a page tree.
var (
	errNoPages  = errors.New("no page")
	errBadPages = errors.New("broken page tree")
)

// countPages walks over the page tree (ISO 32000-1, 7.7.3) instead of believing
// its /Count, so that a file that lost pages shows as damaged. Every node is
// visited once: a tree that bites its tail ends too. As readers do, it passes over kids
// that are null and takes a node that stands in its parent itself. Contents that are
// missing make a blank page, or a damaged file if its end is missing too.
func countPages(ctx context.Context, x *model.XRefTable, cut bool) (pages int, blank bool, err error) {
	root, err := x.Pages()
	if err != nil || root == nil {
		return 0, false, errors.Join(errNoPages, err)
	}
	blank = true
	seen := map[types.IndirectRef]bool{}
	for nodes := []types.Object{*root}; len(nodes) > 0; {
		if err := ctx.Err(); err != nil {
			return 0, false, err
		}
		o := nodes[len(nodes)-1]
		nodes = nodes[:len(nodes)-1]
		if ref, ok := o.(types.IndirectRef); ok {
			if seen[ref] {
				continue
			}
			seen[ref] = true
		}
		node, err := pageNode(x, o)
		if err != nil {
			return 0, false, err
		}
		if node == nil {
			continue
		}
		if list, branch := node.Find("Kids"); branch {
			kids, err := x.DereferenceArray(list)
			if err != nil {
				return 0, false, fmt.Errorf("kids: %w", errors.Join(errBadPages, err))
			}
			nodes = append(nodes, kids...)
			continue
		}
		drawn, err := contents(x, node)
		if err != nil && cut {
			return 0, false, err
		}
		blank = blank && !drawn
		pages++
	}
	if pages == 0 {
		return 0, false, errNoPages
	}
	return pages, blank, nil
}

// pageNode gives a node of the page tree, or nil for null. An object that is nowhere in
// the file is a lost page.
func pageNode(x *model.XRefTable, o types.Object) (types.Dict, error) {
	ref, ok := o.(types.IndirectRef)
	if ok && x.Table[ref.ObjectNumber.Value()] == nil {
		return nil, fmt.Errorf("node %s: %w", ref, errBadPages)
	}
	value, err := x.Dereference(o)
	if err != nil {
		return nil, fmt.Errorf("node %v: %w", o, errors.Join(errBadPages, err))
	}
	if value == nil {
		return nil, nil
	}
	node, ok := value.(types.Dict)
	if !ok {
		return nil, fmt.Errorf("node %v: %w", o, errBadPages)
	}
	return node, nil
}

// contents tells whether a page is drawn on. It fails if the drawing is named but not
// there.
func contents(x *model.XRefTable, page types.Dict) (drawn bool, err error) {
	named, ok := page.Find("Contents")
	if !ok {
		return false, nil
	}
	o, err := x.Dereference(named)
	if err != nil || o == nil {
		return false, fmt.Errorf("page contents: %w", errors.Join(errBadPages, err))
	}
	return true, nil
}
