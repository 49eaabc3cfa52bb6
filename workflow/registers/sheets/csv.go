package sheets

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/registers"
)

// byteOrderMark has spreadsheets read the file as UTF-8.
const byteOrderMark = "\uFEFF"

// CSV writes a document as spreadsheets of Indonesian settings read it: UTF-8 with its mark,
// semicolons, lines that end in CRLF. No cell is taken for a formula.
func CSV(w io.Writer, d Document) (Tally, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return Tally{}, fmt.Errorf("write csv: %w", err)
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	line := make([]string, len(d.Book.Columns))
	for i, col := range d.Book.Columns {
		line[i] = col.Head
	}
	err := out.Write(line)
	sum := count(d.Book)
	for row, rowErr := range d.Rows {
		if rowErr != nil {
			return Tally{}, rowErr
		}
		if err != nil {
			break
		}
		sum.add(row)
		for i, col := range d.Book.Columns {
			line[i] = plain(col, row.Cells[i])
		}
		err = out.Write(line)
	}
	if out.Flush(); err == nil {
		err = out.Error()
	}
	if err != nil {
		return Tally{}, fmt.Errorf("write csv: %w", err)
	}
	return sum.done(), nil
}

// plain writes a cell as programs read it: dates as 2006-01-02, times as 2006-01-02 15:04 in the
// office's zone.
func plain(col registers.Column, c registers.Cell) string {
	switch col.Type {
	case registers.Number:
		return strconv.Itoa(c.N)
	case registers.Date, registers.Time:
		form := "2006-01-02"
		if col.Type == registers.Time {
			form += " 15:04"
		}
		if c.At.IsZero() {
			return ""
		}
		return c.At.In(workflow.WIB()).Format(form)
	case registers.Text, registers.Code:
	}
	return harmless(c.Text)
}

// harmless keeps a spreadsheet from taking text for a formula: an apostrophe goes before the
// signs that begin one.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
