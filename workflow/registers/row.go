package registers

import (
	"time"

	"izinbot/workflow"
)

// Row is a line of a book.
type Row struct {
	Cells []Cell // one a column
	Void  bool   // of a number that is batal
	// Case and Head are the case that the row is about and the hash of its last history entry;
	// empty if there is no case.
	Case workflow.CaseID
	Head string
}

// Cell is a value; the column's type says which field holds it. The zero value is an empty cell.
type Cell struct {
	Text string
	N    int
	At   time.Time
}

func text(s string) Cell { return Cell{Text: s} }

func number(n int) Cell { return Cell{N: n} }

func at(t time.Time) Cell { return Cell{At: t} }

// on is the day that a stored date names; empty if it names none.
func on(date string) Cell {
	day, err := time.ParseInLocation(time.DateOnly, date, workflow.WIB())
	if err != nil {
		return Cell{}
	}
	return at(day)
}

// of makes the row of a case.
func of(c workflow.Case, cells ...Cell) Row { return Row{Cells: cells, Case: c.ID, Head: c.Head} }
