package sop

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"izinbot/workflow"
)

// flow is the graph of the steps. Branches that lead nowhere were reported when
// they were read; their step counts as open, so that they cause no second fault.
type flow struct {
	first int
	steps map[int]*step // by number; of a repeated number, the first
	next  map[int][]int
	open  map[int]bool // can end, or its rows say too little to tell
	ends  bool         // some branch ends
}

func newFlow(steps []*step) flow {
	f := flow{steps: map[int]*step{}, next: map[int][]int{}, open: map[int]bool{}}
	for _, st := range steps {
		if _, again := f.steps[st.No]; st.No > 0 && !again {
			f.steps[st.No] = st
		}
	}
	for no, st := range f.steps {
		f.open[no] = !st.readable() || st.Kind == "" || len(st.branches) < len(st.Kind.Outcomes())
		for _, b := range st.Then {
			switch {
			case f.steps[b.To] != nil:
				f.next[no] = append(f.next[no], b.To)
			default:
				f.open[no] = true
				f.ends = f.ends || b.End != ""
			}
		}
	}
	f.first = 1
	if len(steps) > 0 {
		f.first = steps[0].No
	}
	return f
}

// from gives the steps that can follow the start, itself included.
func (f flow) from(start int) map[int]bool {
	seen := map[int]bool{start: true}
	todo := []int{start}
	for len(todo) > 0 {
		no := todo[0]
		todo = todo[1:]
		for _, to := range f.next[no] {
			if !seen[to] {
				seen[to] = true
				todo = append(todo, to)
			}
		}
	}
	return seen
}

func (f flow) numbers() []int { return slices.Sorted(maps.Keys(f.steps)) }

func (s *source) checkFlow() {
	if len(s.steps) == 0 {
		return
	}
	if len(s.steps) > MaxSteps {
		s.top.fault(s.top.at("langkah"), "terlalu banyak langkah; paling banyak %d", MaxSteps)
		return
	}
	f := newFlow(s.steps)
	f.checkReached()
	s.checkEnds(f)
	f.checkBacks()
	s.checkPapers(f)
}

// checkReached reports the steps that no case ever comes to: the first of each
// string of them, and which others hang on it.
func (f flow) checkReached() {
	reached := f.from(f.first)
	for _, no := range f.numbers() {
		if reached[no] {
			continue
		}
		var others []int
		for _, n := range slices.Sorted(maps.Keys(f.from(no))) {
			if n != no && !reached[n] {
				others = append(others, n)
			}
			reached[n] = true
		}
		f.steps[no].fault(f.steps[no].line, "tidak pernah dicapai dari langkah pertama%s", also(others))
	}
}

func also(others []int) string {
	if len(others) == 0 {
		return ""
	}
	return "; begitu juga langkah " + list(others)
}

func list(numbers []int) string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ", ")
}

// checkEnds reports each round of steps that a case can enter and never leave.
func (s *source) checkEnds(f flow) {
	if !f.ends && !slices.ContainsFunc(s.steps, (*step).triesToEnd) {
		s.top.fault(s.top.at("langkah"), "tidak ada langkah yang selesai; isi “selesai” pada langkah terakhir")
		return
	}
	told := map[int]bool{}
	for _, no := range f.numbers() {
		round := f.from(no)
		if told[no] || f.canEnd(round) {
			continue
		}
		trap := slices.Sorted(maps.Keys(round))
		if slices.ContainsFunc(trap, func(n int) bool { return !f.from(n)[no] }) {
			continue // leads into a trap; the trap itself is reported
		}
		for _, n := range trap {
			told[n] = true
		}
		last := f.steps[trap[len(trap)-1]] // where an office would write the end
		last.fault(last.at("lanjut"), "tidak ada jalan ke “selesai”; permohonan berputar di langkah %s", list(trap))
	}
}

// triesToEnd tells whether a branch names an end, even one that is unknown.
func (st *step) triesToEnd() bool {
	return slices.ContainsFunc(st.branches, func(b row[workflow.Branch]) bool { return b.has("selesai") })
}

func (f flow) canEnd(steps map[int]bool) bool {
	for no := range steps {
		if f.open[no] {
			return true
		}
	}
	return false
}

// checkBacks: an incomplete file goes back to the applicant's first step; the
// engine brings his answer to the step that asked.
func (f flow) checkBacks() {
	for _, no := range f.numbers() {
		for _, b := range f.steps[no].branches {
			if b.v.Outcome == workflow.OutcomeIncomplete && (b.v.End != "" || b.v.To > 0 && b.v.To != f.first) {
				b.fault(b.line, "“hasil: %s” harus “ke: %d”, langkah pemohon", b.v.Outcome, f.first)
			}
		}
	}
}
