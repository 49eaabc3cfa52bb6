package sop

import (
	"slices"

	"izinbot/workflow"
)

// Sizes in pixels. A lane of arrows runs laneInset within its column, further
// ones laneGap beside it; laneRoom is the space before the symbols.
const (
	margin     = 24
	roleWidth  = 96
	shapeWidth = 54
	laneInset  = 8
	laneGap    = 5
	laneRoom   = 9
	minRow     = 60
)

// chart is the layout of the drawing.
type chart struct {
	def     *workflow.SOP
	columns []column // No, Kegiatan, one a role, Kelengkapan, Waktu, Output, Keterangan
	rows    []band
}

// column is a column of the table.
type column struct {
	name    string
	x, w    int
	content func(workflow.Step) []string // nil for a role's
	centred bool
}

// band is a row of the table.
type band struct{ y, h int }

func sizeOf(s shape) (w, h int) {
	switch s {
	case decision:
		return shapeWidth + 4, 40
	case process, terminator:
	}
	return shapeWidth, 28
}

func newChart(def *workflow.SOP) *chart {
	c := &chart{def: def}
	one := func(of func(workflow.Step) string) func(workflow.Step) []string {
		return func(st workflow.Step) []string { return []string{of(st)} }
	}
	c.add("No", 34, true, one(func(st workflow.Step) string { return list([]int{st.No}) }))
	c.add("Kegiatan", 200, false, one(func(st workflow.Step) string { return st.Activity }))
	for _, r := range def.Roles {
		c.add(r.Name.ID, roleWidth, true, nil)
	}
	c.add("Kelengkapan", 150, false, one(func(st workflow.Step) string { return st.Inputs }))
	c.add("Waktu", 70, true, one(func(st workflow.Step) string { return st.Time.String() }))
	c.add("Output", 140, false, one(func(st workflow.Step) string { return st.Output }))
	c.add("Keterangan", 190, false, remarks)
	return c
}

func (c *chart) add(name string, w int, centred bool, content func(workflow.Step) []string) {
	x := margin
	if n := len(c.columns); n > 0 {
		x = c.columns[n-1].x + c.columns[n-1].w
	}
	c.columns = append(c.columns, column{name: name, x: x, w: w, content: content, centred: centred})
}

// place stacks the rows below y and gives where they end.
func (c *chart) place(y int) int {
	for _, st := range c.def.Steps {
		h := minRow
		for _, col := range c.columns {
			h = max(h, len(col.lines(st))*lineHeight+2*padding)
		}
		c.rows = append(c.rows, band{y, h})
		y += h
	}
	return y
}

// lines gives the lines of the column's cell of a step.
func (col column) lines(st workflow.Step) []string {
	if col.content == nil {
		return nil
	}
	return wrapAll(col.content(st), col.w-2*padding)
}

func (c *chart) width() int {
	last := c.columns[len(c.columns)-1]
	return last.x + last.w - margin
}

// roles gives the columns of the roles.
func (c *chart) roles() []column { return c.columns[2 : 2+len(c.def.Roles)] }

// role gives the index of a step's column among the roles.
func (c *chart) role(i int) int {
	return slices.IndexFunc(c.def.Roles, func(r workflow.RoleDef) bool { return r.Role == c.def.Steps[i].Role })
}

// centre gives the middle of a step's symbol.
func (c *chart) centre(i int) point {
	col := c.roles()[c.role(i)]
	return point{col.x + col.w/2, c.rows[i].y + c.rows[i].h/2}
}

// half gives half the width and height of a step's symbol.
func (c *chart) half(i int) (w, h int) {
	w, h = sizeOf(shapeOf(c.def, c.def.Steps[i]))
	return w / 2, h / 2
}

// index gives the row of a step's number.
func (c *chart) index(no int) int {
	return slices.IndexFunc(c.def.Steps, func(st workflow.Step) bool { return st.No == no })
}
