package letters

import (
	"strconv"

	"izinbot/workflow/pdfa"
)

// column is one column of a table.
type column struct {
	head  string
	width float64 // millimetres; 0 takes an equal share of what is left
	align string  // alignLeft if empty
	style string
}

// table is rows of text. Cells wrap, long rows go on on the next page, and the
// heads are repeated there.
type table struct {
	at    box
	cols  []column
	rows  [][]string
	ruled bool    // with lines around the cells, and heads
	size  float64 // points; bodySize if 0
	gap   float64 // free height above and below the text of a cell, millimetres
	means meaning
}

// meaning is what rows are to readers who do not see them.
type meaning int

const (
	tabular   meaning = iota // cells under heads, or beside a head if there is none above
	itemized                 // numbers and their items
	continued                // more items of the list before
	prose                    // a paragraph
)

// keepLines is up to how many lines a row is kept on one page.
const keepLines = 8

// table draws a table at the present place.
func (s *canvas) table(t table) {
	t = t.complete()
	s.with(regular, t.size, func() {
		s.marks.Within(s.whole(t), func() {
			if t.ruled && len(t.rows) > 0 {
				s.need(4 * s.lineHeight()) // no heads without a row
				s.heads(t, s.headCells(t))
			}
			for _, cells := range t.rows {
				s.row(t, cells)
			}
		})
	})
}

// complete fills in the defaults of fields left zero.
func (t table) complete() table {
	if t.at.w == 0 {
		t.at = body()
	}
	if t.size == 0 {
		t.size = bodySize
	}
	if t.gap == 0 && t.ruled {
		t.gap = 0.9
	}
	rest, shares := t.at.w, 0
	for _, c := range t.cols {
		rest -= c.width
		if c.width == 0 {
			shares++
		}
	}
	cols := append([]column(nil), t.cols...)
	for i := range cols {
		if cols[i].width == 0 {
			cols[i].width = rest / float64(shares)
		}
		if cols[i].align == "" {
			cols[i].align = alignLeft
		}
	}
	t.cols = cols
	return t
}

// inset is the free width left and right of a cell's text.
func (t table) inset() float64 {
	if t.ruled {
		return 1.5
	}
	return 0
}

// heads draws the heads; they belong to the elements, or to none if they are repeated.
func (s *canvas) heads(t table, parts []*pdfa.Element) {
	cells := make([][]line, len(t.cols))
	s.with(bold, t.size, func() {
		for i, c := range t.cols {
			cells[i] = s.wrap(c.head, c.width-2*t.inset())
		}
		n := height(cells)
		if n == 0 {
			return
		}
		s.ornament(func() {
			s.pdf.SetFillColor(232, 236, 240)
			s.pdf.Rect(t.at.x, s.y, t.at.w, float64(n)*s.lineHeight()+2*t.gap, "F")
		})
		centred := t
		centred.cols = append([]column(nil), t.cols...)
		for i := range centred.cols {
			centred.cols[i].align, centred.cols[i].style = alignCentre, bold
		}
		s.slice(centred, cells, parts, 0, n)
	})
}

// row draws one row, in as many pieces as pages need.
func (s *canvas) row(t table, texts []string) {
	cells := make([][]line, len(t.cols))
	for i, c := range t.cols {
		if i < len(texts) {
			s.with(c.style, t.size, func() { cells[i] = s.wrap(texts[i], c.width-2*t.inset()) })
		}
	}
	parts := s.rowCells(t)
	n := max(height(cells), 1)
	for from := 0; from < n; {
		left := n - from
		room := int((bottomEdge - s.y - 2*t.gap) / s.lineHeight())
		if room < left && (room < 3 || left <= keepLines) {
			s.newPage()
			s.font(regular, t.size)
			if t.ruled {
				s.marks.Artifact("Header", func() { s.heads(t, parts) })
			}
			continue
		}
		take := min(room, left)
		s.slice(t, cells, parts, from, from+take)
		from += take
	}
}

// slice draws lines from (inclusive) to (exclusive) of a row's cells, which are parts.
func (s *canvas) slice(t table, cells [][]line, parts []*pdfa.Element, from, to int) {
	h := float64(to-from)*s.lineHeight() + 2*t.gap
	if t.ruled {
		s.ornament(func() { s.grid(t, h) })
	}
	x := t.at.x
	for i, c := range t.cols {
		s.with(c.style, t.size, func() {
			s.marks.Within(parts[i], func() {
				for j := from; j < min(to, len(cells[i])); j++ {
					y := s.y + t.gap + float64(j-from)*s.lineHeight()
					s.putLine(box{x + t.inset(), c.width - 2*t.inset()}, y, c.align, cells[i][j])
				}
			})
		})
		x += c.width
	}
	s.y += h
}

// grid draws the frames of a row's cells.
func (s *canvas) grid(t table, h float64) {
	x := t.at.x
	for _, c := range t.cols {
		s.pdf.Rect(x, s.y, c.width, h, "D")
		x += c.width
	}
}

func height(cells [][]line) int {
	n := 0
	for _, c := range cells {
		n = max(n, len(c))
	}
	return n
}

// fact is a labelled value, "Negara asal : Contohland".
type fact struct{ label, value string }

// facts draws labelled values with their colons under each other.
func (s *canvas) facts(at box, labelWidth float64, list []fact) {
	rows := make([][]string, len(list))
	for i, f := range list {
		rows[i] = []string{f.label, ":", orNone(f.value)}
	}
	s.table(table{at: at, gap: 0.3, rows: rows, cols: []column{{width: labelWidth}, {width: 3.5}, {align: alignLeft}}})
}

// numbered draws a list with numbers; a list of one has none.
func (s *canvas) numbered(at box, items []string) {
	if len(items) == 1 {
		s.table(table{at: at, means: prose, rows: [][]string{{items[0]}}, cols: []column{{align: alignJustify}}})
		return
	}
	s.numberedFrom(1, at, items)
}

// numberedFrom draws a list whose first number is first.
func (s *canvas) numberedFrom(first int, at box, items []string) {
	means := itemized
	if first > 1 {
		means = continued
	}
	rows := make([][]string, len(items))
	for i, item := range items {
		rows[i] = []string{strconv.Itoa(first+i) + ".", item}
	}
	s.table(table{at: at, gap: 0.3, means: means, rows: rows, cols: []column{{width: 7}, {align: alignJustify}}})
}
