package sop

import (
	"slices"

	"izinbot/workflow"
)

// side is the side at which an arrow leaves or enters a symbol.
type side int

const (
	left side = iota
	right
	bottom
)

// arrow is a line from symbol to symbol.
type arrow struct {
	points  []point
	label   string
	labelAt point
	anchor  string
	no      bool // a branch that says no
}

// lane is a vertical stretch of arrows to one symbol, in the gap at one side of
// a column.
type lane struct {
	column   int
	side     side
	target   int
	from, to int // rows
	slot     int // which of several lanes in the same gap
}

// jump is an arrow that does not go to the next row.
type jump struct {
	from, to int // rows
	branch   workflow.Branch
	leave    side
	lane     int
}

// router finds the way of every arrow. An arrow to the next row goes to the
// target's column and down into its top. Every other arrow (a jump) leaves at a
// side, runs up or down a lane where no symbol stands, and enters at a side.
// Only one symbol stands in a row, so that no line ever crosses one.
type router struct {
	*chart
	lanes []lane
	jumps []jump
	exits map[int][]side // sides taken by a row's jumps
}

// arrows gives every arrow, the jumps first, so that the main way lies on top.
func (c *chart) arrows() []arrow {
	r := c.plan()
	var out []arrow
	for _, j := range r.jumps {
		out = append(out, r.draw(j))
	}
	for i, st := range c.def.Steps {
		for _, b := range st.Then {
			if c.index(b.To) == i+1 {
				out = append(out, r.next(i, b))
			}
		}
	}
	return out
}

// plan chooses a lane for every jump.
func (c *chart) plan() *router {
	r := &router{chart: c, exits: map[int][]side{}}
	for i, st := range c.def.Steps {
		for _, b := range st.Then {
			if to := c.index(b.To); to >= 0 && to != i+1 {
				r.add(i, to, b)
			}
		}
	}
	for k := range r.lanes {
		r.lanes[k].slot = r.slot(k)
	}
	return r
}

// natural gives the side at which a row's arrow to the next row would leave, if
// it has one.
func (r *router) natural(i int) (side, bool) {
	for _, b := range r.def.Steps[i].Then {
		if r.index(b.To) != i+1 {
			continue
		}
		switch here, there := r.role(i), r.role(i+1); {
		case there < here:
			return left, true
		case there > here:
			return right, true
		}
		return bottom, true
	}
	return bottom, false
}

// add plans a jump: backwards beside the target's column, forwards at the outer
// edge; of the two sides rather the one that no other arrow uses.
func (r *router) add(from, to int, b workflow.Branch) {
	sides := []side{left, right}
	if to > from {
		sides = []side{right, left}
	}
	enter := sides[0]
	if r.cost(from, to, sides[1]) < r.cost(from, to, sides[0]) {
		enter = sides[1]
	}
	leave := r.leaves(from, to, enter)
	r.exits[from] = append(r.exits[from], leave)
	r.jumps = append(r.jumps, jump{from, to, b, leave, r.lane(from, to, enter)})
}

// cost counts the arrows that share a side with a jump that enters at s.
func (r *router) cost(from, to int, s side) int {
	cost := 0
	if natural, ok := r.natural(to); ok && natural == s {
		cost += 2
	}
	leave := r.leaves(from, to, s)
	if natural, ok := r.natural(from); ok && natural == leave {
		cost++ // the other arrow can still leave at the bottom
	}
	for _, taken := range r.exits[from] {
		if taken == leave {
			cost += 2
		}
	}
	return cost
}

// leaves gives the side at which a row's symbol looks to the lane of its jump.
func (r *router) leaves(from, to int, enter side) side {
	switch {
	case to > from || r.role(from) == r.role(to):
		return enter
	case r.role(from) > r.role(to):
		return left
	}
	return right
}

// lane gives the lane to a target's side, one that is there or a new one.
func (r *router) lane(from, to int, s side) int {
	l := lane{column: r.role(to), side: s, target: to, from: min(from, to), to: max(from, to)}
	if to > from {
		l.column = 0
		if s == right {
			l.column = len(r.def.Roles) - 1
		}
	}
	for k, other := range r.lanes {
		if other.column == l.column && other.side == s && other.target == to {
			r.lanes[k].from, r.lanes[k].to = min(other.from, l.from), max(other.to, l.to)
			return k
		}
	}
	r.lanes = append(r.lanes, l)
	return len(r.lanes) - 1
}

// slot gives the first place in its gap where a lane meets none before it.
func (r *router) slot(k int) int {
	l := r.lanes[k]
	taken := map[int]bool{}
	for _, other := range r.lanes[:k] {
		if other.column == l.column && other.side == l.side && other.from <= l.to && l.from <= other.to {
			taken[other.slot] = true
		}
	}
	slot := 0
	for taken[slot] {
		slot++
	}
	return slot
}

// laneX gives where a lane runs: within its column, clear of the symbols.
func (r *router) laneX(l lane) int {
	most := 1
	for _, other := range r.lanes {
		most = max(most, other.slot)
	}
	offset := laneInset + l.slot*min(laneGap, laneRoom/most)
	col := r.roles()[l.column]
	if l.side == left {
		return col.x + offset
	}
	return col.x + col.w - offset
}

func (r *router) draw(j jump) arrow {
	l := r.lanes[j.lane]
	x := r.laneX(l)
	from, to := r.edge(j.from, j.leave), r.edge(j.to, l.side)
	a := r.labelled(j.from, j.branch, j.leave)
	a.points = []point{from, {x, from.y}, {x, to.y}, to}
	return a
}

// next routes the arrow to the row below.
func (r *router) next(i int, b workflow.Branch) arrow {
	natural, _ := r.natural(i)
	target := r.centre(i + 1)
	_, h := r.half(i + 1)
	end := point{target.x, target.y - h}
	leave := natural
	if slices.Contains(r.exits[i], natural) {
		leave = bottom
	}
	from := r.edge(i, leave)
	a := r.labelled(i, b, leave)
	switch {
	case leave != bottom:
		a.points = []point{from, {end.x, from.y}, end}
	case natural == bottom:
		a.points = []point{from, end}
	default:
		y := r.rows[i].y + r.rows[i].h - 4
		a.points = []point{from, {from.x, y}, {end.x, y}, end}
	}
	return a
}

// edge gives the middle of a side of a row's symbol.
func (r *router) edge(i int, s side) point {
	p := r.centre(i)
	w, h := r.half(i)
	switch s {
	case left:
		return point{p.x - w, p.y}
	case right:
		return point{p.x + w, p.y}
	case bottom:
	}
	return point{p.x, p.y + h}
}

// labelled starts an arrow with its Ya or Tidak, if its step is a decision.
func (r *router) labelled(i int, b workflow.Branch, leave side) arrow {
	a := arrow{no: yesNo(b.Outcome) == "Tidak"}
	if len(r.def.Steps[i].Then) < 2 {
		return a
	}
	a.label = yesNo(b.Outcome)
	at := r.edge(i, leave)
	switch leave {
	case left:
		a.labelAt, a.anchor = point{at.x - 2, at.y - 5}, "end"
	case right:
		a.labelAt, a.anchor = point{at.x + 2, at.y - 5}, "start"
	case bottom:
		a.labelAt, a.anchor = point{at.x + 5, at.y + 9}, "start"
	}
	return a
}
