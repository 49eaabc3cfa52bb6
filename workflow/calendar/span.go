package calendar

import (
	"slices"

	"izinbot/workflow"
)

// span is the half-open stretch [from, to).
type span struct{ from, to moment }

func (s span) contains(m moment) bool { return !m.before(s.from) && m.before(s.to) }

// fromOn is the stretch from m to the end of what the calendar looks at.
func fromOn(m moment) span { return span{m, moment{day: horizon}} }

// running gives, in order, the stretches from start on in which no pause
// applies. The pauses may be unsorted, overlapping or empty; one without an end
// never ends.
func running(start moment, pauses []workflow.Span) []span {
	from := start
	spans := make([]span, 0, len(pauses)+1)
	for _, p := range sorted(pauses) {
		if from.before(p.from) {
			spans = append(spans, span{from, p.from})
		}
		from = later(from, p.to)
	}
	return append(spans, fromOn(from))
}

// sorted gives the pauses that are not empty by their beginning.
func sorted(pauses []workflow.Span) []span {
	if len(pauses) == 0 {
		return nil
	}
	spans := make([]span, 0, len(pauses))
	for _, p := range pauses {
		s := fromOn(momentOf(p.From))
		if !p.To.IsZero() {
			s.to = momentOf(p.To)
		}
		if s.from.before(s.to) {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from.compare(b.from) })
	return spans
}
