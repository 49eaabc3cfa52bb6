package pdfa

import (
	"bytes"
	"fmt"
)

// addTree adds the tree of elements and the way back to it from the pages' marks, and
// gives the number of its root (ISO 32000-1, 14.7.2).
func (f *file) addTree(t *Tags, pages []int) int {
	t.root.prune()
	top := f.add(nil)
	f.number(t.root)
	f.putElement(t.root, top, pages)
	var nums bytes.Buffer
	for i := range pages {
		fmt.Fprintf(&nums, "%d[", i)
		if i < len(t.marks) {
			for _, e := range t.marks[i] {
				fmt.Fprintf(&nums, "%d 0 R ", e.object)
			}
		}
		nums.WriteString("]")
	}
	parents := f.add(fmt.Appendf(nil, "<</Nums[%s]>>", nums.Bytes()))
	f.objects[top] = fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", t.root.object, parents, len(pages))
	return top
}

// number gives each element an object.
func (f *file) number(e *Element) {
	e.object = f.add(nil)
	for _, k := range e.kids {
		if k.elem != nil {
			f.number(k.elem)
		}
	}
}

func (f *file) putElement(e *Element, parent int, pages []int) {
	page := -1 // of the element's first content
	var kids bytes.Buffer
	for i, k := range e.kids {
		if i > 0 {
			kids.WriteByte(' ')
		}
		if k.elem != nil {
			fmt.Fprintf(&kids, "%d 0 R", k.elem.object)
			f.putElement(k.elem, e.object, pages)
			continue
		}
		if page < 0 {
			page = k.page
		}
		if k.page == page {
			fmt.Fprintf(&kids, "%d", k.mark)
		} else {
			fmt.Fprintf(&kids, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pages[k.page], k.mark)
		}
	}
	body := fmt.Appendf(nil, "<</S/%s/P %d 0 R", e.Role, parent)
	if page >= 0 {
		body = fmt.Appendf(body, "/Pg %d 0 R", pages[page])
	}
	if e.alt != "" {
		body = fmt.Appendf(body, "/Alt%s", TextString(e.alt))
	}
	if e.attributes != "" {
		body = fmt.Appendf(body, "/A%s", e.attributes)
	}
	f.objects[e.object] = fmt.Appendf(body, "/K[%s]>>", kids.Bytes())
}
