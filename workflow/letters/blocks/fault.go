package blocks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"izinbot/workflow/spelling"
)

// Fault is something wrong in a file, in words for the office.
type Fault struct {
	File string
	Line int
	Text string
}

// String is "surat_izin.txt:12: …".
func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text) }

// Faults are all faults of a set in the order of files and lines.
type Faults []Fault //nolint:errname // as sop.Faults

// Error lists the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// err gives the faults in order, or nil if there are none.
func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text))
	})
	return f
}

// suggest words what a misspelt name most likely stands for.
func suggest(name string, known []string) string {
	if near := spelling.Nearest(name, known); near != "" {
		return "; mungkin maksudnya " + near
	}
	return ""
}
