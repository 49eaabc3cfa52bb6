package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Fault is one thing that is wrong with a calendar file.
type Fault struct {
	Line int    // counted from 1
	Text string // in Indonesian, for the person who edits the file
}

func (f Fault) String() string { return fmt.Sprintf("baris %d: %s", f.Line, f.Text) }

// ParseError is everything that is wrong with a calendar file, by line.
type ParseError struct{ Faults []Fault }

// Error lists the faults, one a line.
func (e *ParseError) Error() string {
	var b strings.Builder
	b.WriteString("berkas kalender salah:")
	for _, f := range e.Faults {
		b.WriteString("\n  " + f.String())
	}
	return b.String()
}

// faults collects the faults of a file, so that its editor sees all at once.
type faults []Fault

func (f *faults) add(n *yaml.Node, format string, args ...any) {
	f.addLine(n.Line, format, args...)
}

func (f *faults) addLine(line int, format string, args ...any) {
	*f = append(*f, Fault{max(line, 1), fmt.Sprintf(format, args...)})
}

func (f *faults) err() error {
	if len(*f) == 0 {
		return nil
	}
	slices.SortStableFunc(*f, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return &ParseError{Faults: *f}
}
