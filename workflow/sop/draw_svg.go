package sop

import (
	"fmt"

	"izinbot/workflow"
)

// DrawSVG draws the official table as the flow chart that Indonesian offices use
// (SOP AP): a column for each role with the step's symbol in it, arrows from row
// to row, Ya and Tidak at the decisions. The same procedure always gives the same
// bytes.
func DrawSVG(def *workflow.SOP) []byte {
	c := newChart(def)
	head := newHead(def, c.width())
	top := margin + head.h + margin
	end := c.place(top + 2*headRow)
	var out canvas
	out.open(c.width()+2*margin, end+legendHeight+margin, "SOP "+def.Title)
	head.draw(&out)
	c.drawHead(&out, top)
	c.drawRows(&out)
	for _, a := range c.arrows() {
		out.arrow(a)
	}
	for i, st := range def.Steps {
		out.shape(shapeOf(def, st), c.centre(i), list([]int{st.No}))
	}
	c.drawEnds(&out)
	drawLegend(&out, end)
	out.close()
	return out.Bytes()
}

const (
	headRow      = 38 // height of each of the table's two head rows
	headName     = 190
	legendHeight = 60
)

// head is the box with the SOP's data above the table.
type head struct {
	lines []headLine
	texts [][]string
	title string
	w, h  int
}

func newHead(def *workflow.SOP, w int) head {
	h := head{lines: headLines(def), title: "SOP " + def.Title, w: w, h: 40}
	for _, l := range h.lines {
		text := wrapAll(l.values, w-headName-2*padding)
		h.texts = append(h.texts, text)
		h.h += len(text)*lineHeight + padding
	}
	return h
}

func (h head) draw(out *canvas) {
	out.text(margin+h.w/2, margin+20, "middle", "title", []string{h.title})
	y := margin + 40
	for i, l := range h.lines {
		rowHeight := len(h.texts[i])*lineHeight + padding
		out.rect(margin, y, headName, rowHeight, headFill)
		out.rect(margin+headName, y, h.w-headName, rowHeight, "#fff")
		out.text(margin+padding, y+fontSize+3, "start", "head", []string{l.name})
		out.text(margin+headName+padding, y+fontSize+3, "start", "cell", h.texts[i])
		y += rowHeight
	}
}

// drawHead draws the names of the columns, with "Pelaksana" and "Mutu Baku" over
// those that they span.
func (c *chart) drawHead(out *canvas, y int) {
	roles := len(c.def.Roles)
	spans := []struct {
		name     string
		from, to int
	}{{"Pelaksana", 2, 2 + roles}, {"Mutu Baku", 2 + roles, 5 + roles}}
	for i, col := range c.columns {
		top, h := y, 2*headRow
		for _, s := range spans {
			if i >= s.from && i < s.to {
				top, h = y+headRow, headRow
			}
		}
		out.rect(col.x, top, col.w, h, headFill)
		out.middle(col.x, top, col.w, h, "head", wrap(col.name, col.w-padding))
	}
	for _, s := range spans {
		first, last := c.columns[s.from], c.columns[s.to-1]
		w := last.x + last.w - first.x
		out.rect(first.x, y, w, headRow, headFill)
		out.middle(first.x, y, w, headRow, "head", []string{s.name})
	}
}

func (c *chart) drawRows(out *canvas) {
	for i, st := range c.def.Steps {
		row := c.rows[i]
		for _, col := range c.columns {
			out.rect(col.x, row.y, col.w, row.h, "#fff")
			lines := col.lines(st)
			if col.centred {
				out.middle(col.x, row.y, col.w, row.h, "cell", lines)
				continue
			}
			out.text(col.x+padding, row.y+(row.h-len(lines)*lineHeight)/2+fontSize, "start", "cell", lines)
		}
	}
}

// drawEnds marks the branches of decisions that end the procedure.
func (c *chart) drawEnds(out *canvas) {
	r := c.plan()
	for i, st := range c.def.Steps {
		for _, b := range st.Then {
			if b.End == "" || len(st.Then) < 2 {
				continue
			}
			leave := right
			if natural, ok := r.natural(i); ok && natural == right {
				leave = left
			}
			a := r.labelled(i, b, leave)
			from := r.edge(i, leave)
			ring := point{from.x + 14, from.y}
			if leave == left {
				ring.x = from.x - 14
			}
			a.points = []point{from, ring}
			out.arrow(a)
			fmt.Fprintf(out, `<circle cx="%d" cy="%d" r="5" class="shape terminator"/>`+"\n", ring.x, ring.y)
		}
	}
}

func drawLegend(out *canvas, y int) {
	y += 34
	x := margin + 40
	for _, l := range []struct {
		s    shape
		text string
	}{{terminator, "Mulai atau selesai"}, {process, "Kegiatan"}, {decision, "Keputusan"}} {
		out.shape(l.s, point{x, y}, "")
		out.text(x+40, y+4, "start", "cell", []string{l.text})
		x += 60 + width(l.text) + 60
	}
}
