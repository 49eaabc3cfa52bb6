package registers

import (
	"strings"

	"izinbot/workflow"
)

// outgoingBook is the Buku Agenda Surat Keluar.
func outgoingBook() Book {
	return Book{Kind: Outgoing, Title: "Buku Agenda Surat Keluar", Columns: columns([]Column{
		{Head: "No.", Type: Number, Width: 3},
		{Head: "Nomor surat", Type: Code, Width: 12},
		{Head: "Tanggal surat", Type: Date, Width: 7},
		{Head: "Tujuan", Width: 14},
		{Head: "Hal", Width: 15},
		{Head: "Lampiran", Type: Number, Width: 5, Sum: true},
		{Head: "Pengolah", Width: 10},
		{Head: "Kode", Type: Code, Width: 4},
	}, numberColumns()...)}
}

// Remark heads the column that says what became of a number.
const Remark = "Keterangan"

// numberColumns end every book of numbers.
func numberColumns() []Column {
	return []Column{
		{Head: Remark, Width: 13},
		{Head: "Permohonan", Type: Code, Width: 8},
		{Head: "SHA-256 berkas", Type: Code, Width: 8},
	}
}

func (r *reading) outgoing(n numbered) []Cell {
	cells := []Cell{number(n.Seq), text(n.Printed), n.date(), {}, text(subject(n)), {}, {}, text(n.def.Class)}
	if n.borne {
		cells[3], cells[5], cells[6] = text(r.addressee(n)), number(enclosures(n)), text(maker(n.letter.Made.By))
	}
	return cells
}

// subject is what the letter is about: its Hal, or its title where it has none.
func subject(n numbered) string {
	if n.def.About != "" {
		return n.def.About
	}
	return sentence(n.def.Title)
}

// sentence writes a title in capitals as words of a sentence.
func sentence(title string) string {
	low := strings.ToLower(title)
	return strings.ToUpper(low[:min(1, len(low))]) + low[min(1, len(low)):]
}

// addressee is who gets the letter: the Tim Teknis those that are made for it, the applying
// body all others.
func (r *reading) addressee(n numbered) string {
	if n.step().Kind == workflow.KindCoordinate {
		return r.Office.TeamHead
	}
	return n.body()
}

// enclosures is how many documents go with the letter: those of the file with the first letter
// of a coordination, which asks for their assessment.
func enclosures(n numbered) int {
	st := n.step()
	if st.Kind != workflow.KindCoordinate || len(st.Letters) == 0 || st.Letters[0] != n.letter.Kind {
		return 0
	}
	return documents(n.c)
}

// documents counts the documents of a file.
func documents(c workflow.Case) (n int) {
	for _, d := range c.Documents {
		if len(d.Files) > 0 {
			n++
		}
	}
	return n
}
