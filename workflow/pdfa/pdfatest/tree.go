package pdfatest

import (
	"regexp"
	"slices"
)

func treeRules() []Rule {
	return []Rule{
		{Clause: "6.7.2.2", Says: "the file says that it is tagged", Tagged: true, broken: func(d *document, f *faults) {
			f.unless(d.dict(d.root["MarkInfo"])["Marked"] == true, "it does not")
		}},
		{Clause: "6.7.3.1", Says: "all that is painted is content of the tree or an artifact", Tagged: true, broken: func(d *document, f *faults) {
			for i, p := range d.pages {
				p.marks(func(op operation, open []int) {
					f.unless(len(open) > 0, "page %d: %s outside of marks", i+1, op.name)
					f.unless(len(open) < 2, "page %d: %s in marks within marks", i+1, op.name)
				})
			}
		}},
		{Clause: "PDF 14.7.4", Says: "marks and elements point to each other", Tagged: true, broken: marksAndElements},
		{Clause: "PDF 14.7.4.4", Says: "annotations and elements point to each other", Tagged: true, broken: annotationsAndElements},
		{Clause: "PDF 14.7.2", Says: "elements point to their parents", Tagged: true, broken: func(d *document, f *faults) {
			for _, e := range d.elements() {
				f.unless(e.node["P"] == e.parent, "%d (%s)", e.at, e.role)
			}
		}},
		{Clause: "PDF 14.8.4", Says: "elements are where they may be", Tagged: true, broken: func(d *document, f *faults) {
			for _, e := range d.elements() {
				f.unless(slices.Contains(within(e.role), e.above), "%d: %s in %q", e.at, e.role, e.above)
			}
		}},
		{Clause: "PDF 14.8.4", Says: "elements hold content", Tagged: true, broken: func(d *document, f *faults) {
			for _, e := range d.elements() {
				holds := len(d.array(e.node["K"])) > 0
				direct := e.contents > 0
				f.unless(holds || e.role == "TD" || e.role == "TH", "%d: %s is empty", e.at, e.role)
				f.unless(!direct || !slices.Contains([]string{"Document", "Div", "L", "LI", "Table", "TR"}, e.role), "%d: %s has content of its own", e.at, e.role)
			}
		}},
		{Clause: "PDF 14.8.4.3.4", Says: "tables have heads, and rows of one length", Tagged: true, broken: tables},
		{Clause: "6.7.3.4", Says: "headings leave no level out", Tagged: true, broken: func(d *document, f *faults) {
			last := byte('0')
			for _, e := range d.elements() {
				if regexp.MustCompile(`^H[1-6]$`).MatchString(e.role) {
					f.unless(e.role[1] <= last+1, "%s after H%c", e.role, last)
					last = e.role[1]
				}
			}
		}},
		{Clause: "6.7.3.2", Says: "figures have words and a place", Tagged: true, broken: func(d *document, f *faults) {
			for _, e := range d.elements() {
				if e.role == "Figure" {
					f.unless(d.text(e.node["Alt"]) != "" && len(d.array(d.dict(e.node["A"])["BBox"])) == 4, "%d: %v", e.at, e.node)
				}
			}
		}},
	}
}

// element is a node of the tree, in the order of reading.
type element struct {
	at       ref
	node     dict
	role     string
	parent   any // reference
	above    string
	contents int
}

func (d *document) elements() (out []element) {
	var walk func(v, parent any, above string)
	walk = func(v, parent any, above string) {
		at, _ := v.(ref)
		e := element{at: at, node: d.dict(v), parent: parent, above: above}
		role, _ := e.node["S"].(name)
		e.role = string(role)
		place := len(out)
		out = append(out, e)
		for _, k := range d.array(e.node["K"]) {
			if d.dict(k)["S"] == nil {
				out[place].contents++
				continue
			}
			walk(k, v, e.role)
		}
	}
	tree, _ := d.root["StructTreeRoot"].(ref)
	if top := d.dict(tree)["K"]; top != nil {
		walk(top, tree, "")
	}
	return out
}

// within gives the roles that an element may stand in.
func within(role string) []string {
	blocks := []string{"Document", "Div"}
	switch role {
	case "Document":
		return []string{""}
	case "P", "H1", "H2", "H3", "Table", "Div":
		return blocks
	case "L":
		return append(blocks, "LBody")
	case "Figure", "Form":
		return append(blocks, "P")
	case "LI":
		return []string{"L"}
	case "Lbl", "LBody":
		return []string{"LI"}
	case "TR":
		return []string{"Table"}
	case "TH", "TD":
		return []string{"TR"}
	}
	return nil
}

func tables(d *document, f *faults) {
	for _, e := range d.elements() {
		if e.role != "Table" {
			continue
		}
		length, heads := -1, 0
		for _, row := range d.array(e.node["K"]) {
			cells := d.array(d.dict(row)["K"])
			f.unless(length < 0 || length == len(cells), "%d: rows of %d and %d cells", e.at, length, len(cells))
			length = len(cells)
			for _, c := range cells {
				cell := d.dict(c)
				if cell["S"] == name("TH") {
					heads++
					f.unless(d.dict(cell["A"])["Scope"] != nil, "%d: a head without scope", e.at)
				}
			}
		}
		f.unless(heads > 0, "%d: no heads", e.at)
	}
}

// marks calls painted for each operator that leaves something on the page, with the marks
// that are open: their number in the tree, -1 for an artifact.
func (p page) marks(painted func(op operation, open []int)) {
	var open []int
	for _, op := range p.ops {
		switch {
		case op.name == "BMC" && op.args[0] == name("Artifact"):
			open = append(open, -1)
		case op.name == "BDC":
			properties, _ := op.args[1].(dict)
			no, ok := properties["MCID"].(float64)
			if !ok {
				no = -1
			}
			open = append(open, int(no))
		case op.name == "EMC" && len(open) > 0:
			open = open[:len(open)-1]
		case slices.Contains(painting(), op.name):
			painted(op, open)
		}
	}
}

// painting gives the operators that leave something on the page.
func painting() []string {
	return []string{"b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "sh", "Do", "Tj", "TJ", "'", `"`, "EI"}
}

// annotationsAndElements looks for each annotation's element under its key in the parent tree.
func annotationsAndElements(d *document, f *faults) {
	owner := map[ref]ref{} // of annotations
	for _, e := range d.elements() {
		for _, k := range d.array(e.node["K"]) {
			if n := d.dict(k); n["Type"] == name("OBJR") {
				annotation, _ := n["Obj"].(ref)
				owner[annotation] = e.at
			}
		}
	}
	nums := d.array(d.dict(d.dict(d.root["StructTreeRoot"])["ParentTree"])["Nums"])
	for _, p := range d.pages {
		for _, a := range d.array(p.dict["Annots"]) {
			key := d.dict(a)["StructParent"]
			if key == nil {
				continue
			}
			at, _ := a.(ref)
			found := false
			for i := 0; i+1 < len(nums); i += 2 {
				owned, ok := nums[i+1].(ref)
				found = found || nums[i] == key && ok && owned == owner[at]
			}
			f.unless(found, "annotation %v, element %d", a, owner[at])
		}
	}
}

type place struct {
	page ref
	mark int
}

// marksAndElements compares the marks of the pages' contents, the parent tree and the elements'
// kids, which must be the same.
func marksAndElements(d *document, f *faults) {
	owner := map[place]ref{}
	for _, e := range d.elements() {
		own, _ := e.node["Pg"].(ref)
		for _, k := range d.array(e.node["K"]) {
			at := place{page: own, mark: -1}
			if no, ok := k.(float64); ok {
				at.mark = int(no)
			} else if n := d.dict(k); n["Type"] == name("MCR") {
				at.page, _ = n["Pg"].(ref)
				no, _ := n["MCID"].(float64)
				at.mark = int(no)
			}
			if at.mark >= 0 {
				f.unless(owner[at] == 0, "%v belongs to two elements", at)
				owner[at] = e.at
			}
		}
	}
	parents := map[float64][]any{}
	nums := d.array(d.dict(d.dict(d.root["StructTreeRoot"])["ParentTree"])["Nums"])
	for i := 0; i+1 < len(nums); i += 2 {
		no, _ := nums[i].(float64)
		parents[no] = d.array(nums[i+1])
	}
	seen := 0
	for _, p := range d.pages {
		no, ok := p.dict["StructParents"].(float64)
		f.unless(ok, "page %d has no parents", p.at)
		drawn := map[int]bool{}
		p.marks(func(_ operation, open []int) {
			for _, mark := range open {
				drawn[mark] = true
			}
		})
		delete(drawn, -1)
		seen += len(drawn)
		f.unless(len(drawn) == len(parents[no]), "page %d: %d marks, %d parents", p.at, len(drawn), len(parents[no]))
		for mark := range drawn {
			e := owner[place{p.at, mark}]
			f.unless(e != 0 && mark < len(parents[no]) && parents[no][mark] == e, "page %d: mark %d of element %d", p.at, mark, e)
		}
	}
	f.unless(seen == len(owner), "%d marks are drawn, %d are of elements", seen, len(owner))
}
