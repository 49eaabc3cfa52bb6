package letters

import "izinbot/workflow/pdfa"

// whole gives the element of a table's rows.
func (s *canvas) whole(t table) *pdfa.Element {
	switch t.means {
	case itemized:
		return s.marks.Add(nil, pdfa.Element{Role: "L"})
	case prose:
		return s.marks.Add(nil, pdfa.Element{Role: "P"})
	case tabular:
	}
	return s.marks.Add(nil, pdfa.Element{Role: "Table"})
}

// headed tells whether the table has heads above its columns.
func (t table) headed() bool {
	for _, c := range t.cols {
		if c.head != "" {
			return t.ruled
		}
	}
	return false
}

// headCells gives the elements of the heads.
func (s *canvas) headCells(t table) []*pdfa.Element {
	parts := make([]*pdfa.Element, len(t.cols))
	if !t.headed() {
		return parts
	}
	row := s.marks.Add(nil, pdfa.Element{Role: "TR"})
	for i := range parts {
		parts[i] = s.marks.Add(row, pdfa.Head("Column"))
	}
	return parts
}

// rowCells gives the elements of a row's cells. In a table without heads the first cell is the
// row's head, and so is the colon after it.
func (s *canvas) rowCells(t table) []*pdfa.Element {
	parts := make([]*pdfa.Element, len(t.cols))
	if t.means == prose {
		return parts // all belongs to the paragraph
	}
	if t.means != tabular {
		item := s.marks.Add(nil, pdfa.Element{Role: "LI"})
		parts[0], parts[1] = s.marks.Add(item, pdfa.Element{Role: "Lbl"}), s.marks.Add(item, pdfa.Element{Role: "LBody"})
		return parts
	}
	row := s.marks.Add(nil, pdfa.Element{Role: "TR"})
	for i := range parts {
		switch {
		case t.headed() || i > 1 || i == 1 && len(parts) == 2:
			parts[i] = s.marks.Add(row, pdfa.Element{Role: "TD"})
		case i == 0:
			parts[i] = s.marks.Add(row, pdfa.Head("Row"))
		default:
			parts[i] = parts[0]
		}
	}
	return parts
}
