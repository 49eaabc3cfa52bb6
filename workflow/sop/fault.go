package sop

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong in an SOP file.
type Fault struct {
	Line int    // from 1
	Text string // Indonesian, for the office that edits the file
}

// String writes the fault as people quote it: "baris 12: …".
func (f Fault) String() string { return fmt.Sprintf("baris %d: %s", f.Line, f.Text) }

// Faults are all faults of a file in the order of their lines. [Parse] returns
// them as its error; errors.As finds them.
type Faults []Fault //nolint:errname // the callers' word for it is the plural of Fault, and each reads as one

// Error lists the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// sorted gives the faults by line, without repeats.
func (f Faults) sorted() Faults {
	out := slices.Clone(f)
	slices.SortStableFunc(out, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(out)
}
