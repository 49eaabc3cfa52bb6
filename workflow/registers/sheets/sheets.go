package sheets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"iter"
	"strconv"
	"strings"

	"izinbot/workflow/letters"
	"izinbot/workflow/registers"
)

// Document is a book of a period, to be written.
type Document struct {
	Book   registers.Book
	Period registers.Period
	Rows   iter.Seq2[registers.Row, error]
	Office letters.Office
	// Keeper and Superior are the titles of those who sign: who keeps the book, and his superior.
	Keeper, Superior string
}

// Tally is what a document holds.
type Tally struct {
	Rows int
	Void int
	Sums []int // one a column; 0 for those that are not added up
	// Head is the SHA-256 of the histories that the rows come from: of the lines
	// "<case> <hash of its last entry>", in the order of the rows. Two documents with the same
	// Head were made of the same histories.
	Head string
}

// counting makes a Tally while rows are written.
type counting struct {
	Tally
	columns []registers.Column
	heads   hash.Hash
}

func count(b registers.Book) *counting {
	return &counting{Tally: Tally{Sums: make([]int, len(b.Columns))}, columns: b.Columns, heads: sha256.New()}
}

func (c *counting) add(row registers.Row) {
	c.Rows++
	if row.Void {
		c.Void++
	}
	for i, col := range c.columns {
		if col.Sum && i < len(row.Cells) {
			c.Sums[i] += row.Cells[i].N
		}
	}
	_, _ = fmt.Fprintf(c.heads, "%s %s\n", row.Case, row.Head) // a hash takes everything
}

func (c *counting) done() Tally {
	c.Head = hex.EncodeToString(c.heads.Sum(nil))
	return c.Tally
}

// facts are what a document says of itself, each with its label.
func (d Document) facts(t Tally) [][2]string {
	out := [][2]string{
		{"Buku", d.Book.Title},
		{"Periode", d.Period.String()},
		{"Kantor", d.Office.Name},
		{"Jumlah baris", strconv.Itoa(t.Rows)},
		{"Di antaranya batal", strconv.Itoa(t.Void)},
	}
	for i, col := range d.Book.Columns {
		if col.Sum {
			out = append(out, [2]string{"Jumlah " + strings.ToLower(col.Head), strconv.Itoa(t.Sums[i])})
		}
	}
	return append(out, [2]string{"Sidik riwayat (SHA-256)", t.Head})
}

// hasSums tells whether a column of the book is added up.
func (d Document) hasSums() bool {
	for _, col := range d.Book.Columns {
		if col.Sum {
			return true
		}
	}
	return false
}
