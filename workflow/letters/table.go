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
	tail  float64 // height of what must stand on the page of the last rows
	means meaning
}

// meaning is what rows are to readers who do not see them.
type meaning int

const (
	tabular  meaning = iota // cells under heads, or beside a head if there is none above
	itemized                // numbers and their items
	prose                   // a paragraph
)

const (
	// keepLines is up to how many lines a row is kept on one page.
	keepLines = 8
	// keepRows is how many of the last rows of a long table are kept on one page, if they are
	// not higher than keepHeight, millimetres.
	keepRows   = 5
	keepHeight = 120.0
)

// table draws a table at the present place.
func (s *canvas) table(t table) {
	t = t.complete()
	t.gap *= s.spacing.gaps
	s.with(regular, t.size, func() {
		s.marks.Within(s.whole(t), func() {
			rows := make([][][]line, len(t.rows))
			for i := range t.rows {
				rows[i] = s.cellLines(t, t.rows[i])
			}
			last := len(rows) - t.keep()
			if t.ruled && len(rows) > 0 {
				s.need(4 * s.lineHeight()) // no heads without a row
				if last == 0 {
					s.need(s.ending(t, rows) + 2*s.lineHeight())
				}
				s.heads(t, s.headCells(t))
			}
			for i, cells := range rows {
				if i == last && s.y+s.ending(t, rows[i:]) > s.bottom {
					s.nextPage(t)
				}
				s.row(t, cells)
			}
		})
	})
}

// keep is the number of the last rows that stay on one page with what follows them: of a list
// the last item, so that no signature stands alone, of a table some, so that they are worth a
// page of their own.
func (t table) keep() int {
	if !t.ruled {
		return min(len(t.rows), 1)
	}
	return min((len(t.rows)+1)/2, keepRows)
}

// ending is the height of the last rows and of what must follow them; 0 if they are too high
// to be kept together.
func (s *canvas) ending(t table, rows [][][]line) float64 {
	h := t.tail
	for _, cells := range rows {
		h += float64(max(height(cells), 1))*s.lineHeight() + 2*t.gap
	}
	if h > keepHeight {
		return 0
	}
	return h
}

// nextPage goes on with a table on a new page, under its heads.
func (s *canvas) nextPage(t table) {
	s.newPage()
	s.font(regular, t.size)
	if t.ruled {
		s.marks.Artifact("Header", func() { s.heads(t, make([]*pdfa.Element, len(t.cols))) })
	}
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

// cellLines breaks the texts of a row into lines.
func (s *canvas) cellLines(t table, texts []string) [][]line {
	cells := make([][]line, len(t.cols))
	for i, c := range t.cols {
		if i < len(texts) {
			s.with(c.style, t.size, func() { cells[i] = s.wrap(texts[i], c.width-2*t.inset()) })
		}
	}
	return cells
}

// row draws one row, in as many pieces as pages need.
func (s *canvas) row(t table, cells [][]line) {
	parts := s.rowCells(t)
	n := max(height(cells), 1)
	for from := 0; from < n; {
		left := n - from
		room := int((s.bottom - s.y - 2*t.gap) / s.lineHeight())
		if room < left && (room < 3 || left <= keepLines) {
			s.nextPage(t)
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
func (s *canvas) numbered(at box, items []string) { s.numberedBefore(at, items, 0) }

// numberedBefore draws a list whose last item stays on the page of what follows it, of which
// tail is the height.
func (s *canvas) numberedBefore(at box, items []string, tail float64) {
	if len(items) == 1 {
		s.table(table{at: at, means: prose, tail: tail, rows: [][]string{{items[0]}}, cols: []column{{align: alignJustify}}})
		return
	}
	rows := make([][]string, len(items))
	for i, item := range items {
		rows[i] = []string{strconv.Itoa(i+1) + ".", item}
	}
	s.table(table{at: at, gap: 0.3, tail: tail, means: itemized, rows: rows, cols: []column{{width: 7}, {align: alignJustify}}})
}
