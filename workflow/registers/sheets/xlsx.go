package sheets

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"izinbot/workflow"
	"izinbot/workflow/registers"
)

const (
	bookSheet = "Buku"
	infoSheet = "Keterangan"
	headRow   = 4 // of the table; above it stand title, office and period
	perShare  = 1.45
)

// XLSX writes a document as a workbook: a table with a filter under heads that stay and are
// printed on every page, and a sheet that tells what it holds. Rows are written as they come;
// what does not fit into 16 MB waits in a temporary file, which is removed in the end.
func XLSX(w io.Writer, d Document) (t Tally, err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := &workbook{File: f, doc: d, sum: count(d.Book)}
	for _, do := range []func() error{b.layOut, b.fill, b.info, b.properties, func() error { return f.Write(w) }} {
		if err := do(); err != nil {
			return t, fmt.Errorf("write xlsx: %w", err)
		}
	}
	return b.sum.done(), nil
}

type workbook struct {
	*excelize.File
	doc    Document
	sum    *counting
	styles struct{ title, text, day, minute, void int }
}

// layOut makes the sheets, styles, and how the book is printed.
func (b *workbook) layOut() error {
	landscape, size, width, height := "landscape", 9, 1, 0 // A4, as wide as the page
	heads := fmt.Sprintf("'%s'!$%d:$%d", bookSheet, headRow, headRow)
	_, err := b.NewSheet(infoSheet)
	return errors.Join(err,
		b.SetSheetName("Sheet1", bookSheet),
		b.SetPageLayout(bookSheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &size, FitToWidth: &width, FitToHeight: &height}),
		b.SetSheetProps(bookSheet, &excelize.SheetPropsOptions{FitToPage: new(true)}),
		b.SetHeaderFooter(bookSheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + b.doc.Book.Title + "&RHalaman &P dari &N"}),
		b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: heads, Scope: bookSheet}),
		b.style(&b.styles.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}),
		b.style(&b.styles.text, excelize.Style{Alignment: wrapped()}),
		b.style(&b.styles.day, excelize.Style{Alignment: wrapped(), CustomNumFmt: new("dd/mm/yyyy")}),
		b.style(&b.styles.minute, excelize.Style{Alignment: wrapped(), CustomNumFmt: new("dd/mm/yyyy hh:mm")}),
		b.style(&b.styles.void, excelize.Style{Alignment: wrapped(), Font: &excelize.Font{Strike: true, Color: "7F7F7F"}}),
	)
}

func wrapped() *excelize.Alignment { return &excelize.Alignment{Vertical: "top", WrapText: true} }

func (b *workbook) style(id *int, s excelize.Style) (err error) {
	*id, err = b.NewStyle(&s)
	return err
}

// fill writes title, heads and rows.
func (b *workbook) fill() error {
	sw, err := b.NewStreamWriter(bookSheet)
	if err != nil {
		return err
	}
	heads := make([]any, len(b.doc.Book.Columns))
	for i, col := range b.doc.Book.Columns {
		heads[i] = col.Head
		err = errors.Join(err, sw.SetColWidth(i+1, i+1, max(8, col.Width*perShare)))
	}
	top, _ := excelize.CoordinatesToCellName(1, headRow+1)
	err = errors.Join(err,
		sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: top, ActivePane: "bottomLeft"}),
		sw.SetRow("A1", []any{excelize.Cell{StyleID: b.styles.title, Value: b.doc.Book.Title}}),
		sw.SetRow("A2", []any{b.doc.Office.Name}),
		sw.SetRow("A3", []any{"Periode: " + b.doc.Period.String()}),
		sw.SetRow(fmt.Sprintf("A%d", headRow), heads),
	)
	if err != nil {
		return err
	}
	for row, err := range b.doc.Rows {
		if err != nil {
			return err
		}
		b.sum.add(row)
		if err := sw.SetRow(fmt.Sprintf("A%d", headRow+b.sum.Rows), b.values(row)); err != nil {
			return err
		}
	}
	if err := b.table(sw); err != nil {
		return err
	}
	return sw.Flush()
}

// table makes a table with a filter of the rows. One without rows is no table.
func (b *workbook) table(sw *excelize.StreamWriter) error {
	if b.sum.Rows == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(b.doc.Book.Columns), headRow+b.sum.Rows)
	if err != nil {
		return err
	}
	return sw.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", headRow, last), Name: "Buku", StyleName: "TableStyleLight1"})
}

// values gives a row's cells as the workbook keeps them.
func (b *workbook) values(row registers.Row) []any {
	out := make([]any, len(b.doc.Book.Columns))
	for i, col := range b.doc.Book.Columns {
		c := excelize.Cell{StyleID: b.styles.text, Value: row.Cells[i].Text}
		switch col.Type {
		case registers.Number:
			c.Value = row.Cells[i].N
		case registers.Date, registers.Time:
			c.StyleID, c.Value = b.styles.day, nil
			if col.Type == registers.Time {
				c.StyleID = b.styles.minute
			}
			if t := row.Cells[i].At; !t.IsZero() {
				c.Value = wall(t, col.Type)
			}
		case registers.Text, registers.Code:
		}
		if row.Void && col.Type != registers.Date && col.Type != registers.Time && !b.remark(i) {
			c.StyleID = b.styles.void
		}
		out[i] = c
	}
	return out
}

// remark tells whether a column says why a number is void, which is not struck out.
func (b *workbook) remark(i int) bool { return b.doc.Book.Columns[i].Head == registers.Remark }

// wall gives what the office's clock showed, as a time of UTC: workbooks know no zones.
func wall(t time.Time, typ registers.Type) time.Time {
	t = t.In(workflow.WIB())
	hour, minute := t.Hour(), t.Minute()
	if typ == registers.Date {
		hour, minute = 0, 0
	}
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, time.UTC)
}

// info fills the sheet that tells what the book holds.
func (b *workbook) info() error {
	for i, f := range b.doc.facts(b.sum.done()) {
		if err := b.SetSheetRow(infoSheet, fmt.Sprintf("A%d", i+1), &[]any{f[0], f[1]}); err != nil {
			return err
		}
	}
	return errors.Join(b.SetColWidth(infoSheet, "A", "A", 28), b.SetColWidth(infoSheet, "B", "B", 70))
}

// properties sets the document's dates to the period's end, so that it does not depend on when
// it is written.
func (b *workbook) properties() error {
	made := b.doc.Period.To.UTC().Format(time.RFC3339)
	return b.SetDocProps(&excelize.DocProperties{
		Title: b.doc.Book.Title + " – " + b.doc.Period.String(), Creator: b.doc.Office.Name, LastModifiedBy: b.doc.Office.Name,
		Created: made, Modified: made, Language: "id",
	})
}
