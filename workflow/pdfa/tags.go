package pdfa

import (
	"fmt"
	"slices"
)

// Element is a node of the tree that tells what the parts of a document are (ISO 32000-1,
// 14.8.4).
type Element struct {
	Role       string // Document, Div, H1 …, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Figure
	alt        string
	attributes string
	parent     *Element
	kids       []kid
	object     int // its number in the file
}

// kid is an element, or a stretch of a page's content if elem is nil.
type kid struct {
	elem       *Element
	page, mark int
}

// Head is the cell that names a "Column" or a "Row".
func Head(scope string) Element {
	return Element{Role: "TH", attributes: "<</O/Table/Scope/" + scope + ">>"}
}

// Figure is a picture with words for those who do not see it, and its corners in points
// from the lower left of the page.
func Figure(alt string, left, bottom, right, top float64) Element {
	return Element{Role: "Figure", alt: alt, attributes: fmt.Sprintf("<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>", left, bottom, right, top)}
}

// Tags marks what is drawn with the element that it belongs to. Marks are opened when
// something is drawn and closed by whatever else is drawn next, so an element may begin on
// one page and end on another.
type Tags struct {
	write    func(operators string) // to the content of the present page
	root     *Element
	at       *Element // what is drawn now belongs to
	open     *Element // whose mark is open
	page     int      // from 0
	marks    [][]*Element
	artifact bool
	level    int // of the last heading
}

// NewTags begins the tree of a document.
func NewTags(write func(operators string)) *Tags {
	root := &Element{Role: "Document"}
	return &Tags{write: write, root: root, at: root}
}

// Leave closes the mark that is open; call it before the page changes and at the end.
func (t *Tags) Leave() {
	if t.open != nil {
		t.write("EMC")
		t.open = nil
	}
}

// Page says which page is drawn on from now on, from 1.
func (t *Tags) Page(no int) {
	t.page = no - 1
	for len(t.marks) < no {
		t.marks = append(t.marks, nil)
	}
}

// Content says that something that belongs to the present element is drawn next.
func (t *Tags) Content() {
	if t.artifact || t.open == t.at {
		return
	}
	t.Leave()
	mark := len(t.marks[t.page])
	t.marks[t.page] = append(t.marks[t.page], t.at)
	t.at.kids = append(t.at.kids, kid{page: t.page, mark: mark})
	t.open = t.at
	t.write(fmt.Sprintf("/%s<</MCID %d>>BDC", t.at.Role, mark))
}

// Artifact draws what is no content: lines, backgrounds, what is repeated on every page.
// kind is "Header", "Footer" or "Watermark" for the latter, else empty.
func (t *Tags) Artifact(kind string, draw func()) {
	if t.artifact {
		draw()
		return
	}
	t.Leave()
	if kind == "" {
		t.write("/Artifact BMC")
	} else {
		t.write("/Artifact<</Type/Pagination/Subtype/" + kind + ">>BDC")
	}
	t.artifact = true
	draw()
	t.artifact = false
	t.write("EMC")
}

// In adds an element to the present one and draws what belongs to it.
func (t *Tags) In(e Element, draw func()) { t.Within(t.Add(nil, e), draw) }

// Add adds an element, to the present one if parent is nil, and nothing to it yet.
func (t *Tags) Add(parent *Element, e Element) *Element {
	if parent == nil {
		parent = t.at
	}
	e.parent = parent
	if !t.artifact {
		parent.kids = append(parent.kids, kid{elem: &e})
	}
	return &e
}

// Within draws more of what belongs to an element; nil is the present one.
func (t *Tags) Within(e *Element, draw func()) {
	if e == nil {
		draw()
		return
	}
	before := t.at
	t.at = e
	draw()
	t.at = before
}

// Heading draws a heading. A level that would leave one out is raised.
func (t *Tags) Heading(level int, draw func()) {
	t.level = min(level, t.level+1)
	t.In(Element{Role: fmt.Sprintf("H%d", t.level)}, draw)
}

// Text draws text, in a paragraph of its own unless the present element is one that holds
// text itself.
func (t *Tags) Text(draw func()) {
	if t.at.Role == "Document" || t.at.Role == "Div" {
		t.In(Element{Role: "P"}, draw)
		return
	}
	draw()
}

// prune removes elements to which nothing was drawn, apart from cells, which keep their
// column, and tells whether anything is left.
func (e *Element) prune() bool {
	e.kids = slices.DeleteFunc(e.kids, func(k kid) bool { return k.elem != nil && !k.elem.prune() })
	return len(e.kids) > 0 || e.Role == "TD" || e.Role == "TH"
}
