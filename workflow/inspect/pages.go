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
// its /Count, so that a file that lost its end shows as damaged. Every node is
// visited once: a tree that bites its tail ends too.
func countPages(ctx context.Context, x *model.XRefTable) (int, error) {
	root, err := x.Pages()
	if err != nil || root == nil {
		return 0, errors.Join(errNoPages, err)
	}
	pages := 0
	seen := map[types.IndirectRef]bool{*root: true}
	for nodes := []types.IndirectRef{*root}; len(nodes) > 0; {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		node := nodes[len(nodes)-1]
		kids, leaf, err := pageNode(x, node)
		if err != nil {
			return 0, err
		}
		if leaf {
			pages++
		}
		nodes = nodes[:len(nodes)-1]
		for _, kid := range kids {
			if !seen[kid] {
				seen[kid] = true
				nodes = append(nodes, kid)
			}
		}
	}
	if pages == 0 {
		return 0, errNoPages
	}
	return pages, nil
}

// pageNode gives the kids of a node of the page tree; a leaf is a page.
func pageNode(x *model.XRefTable, ref types.IndirectRef) (kids []types.IndirectRef, leaf bool, err error) {
	node, err := x.DereferenceDict(ref)
	if err != nil || node == nil {
		return nil, false, fmt.Errorf("node %s: %w", ref, errors.Join(errBadPages, err))
	}
	list, branch := node.Find("Kids")
	if !branch {
		return nil, true, contents(x, node)
	}
	array, err := x.DereferenceArray(list)
	if err != nil {
		return nil, false, fmt.Errorf("kids of %s: %w", ref, errors.Join(errBadPages, err))
	}
	for _, o := range array {
		kid, ok := o.(types.IndirectRef)
		if !ok {
			return nil, false, fmt.Errorf("kid of %s: %w", ref, errBadPages)
		}
		kids = append(kids, kid)
	}
	return kids, false, nil
}

// contents fails if the page's drawing is named but not there. A page without
// any is blank and fine.
func contents(x *model.XRefTable, page types.Dict) error {
	named, ok := page.Find("Contents")
	if !ok {
		return nil
	}
	o, err := x.Dereference(named)
	if err != nil || o == nil {
		return fmt.Errorf("page contents: %w", errors.Join(errBadPages, err))
	}
	return nil
}
