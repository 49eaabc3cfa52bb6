package sheets_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/registers"
	"izinbot/workflow/registers/sheets"
)

// outgoing is the book of outgoing letters of November 2026 with some rows, of which every
// fifth is void.
func outgoing(tb testing.TB, n int) sheets.Document {
	tb.Helper()
	office, err := letters.DefaultOffice()
	if err != nil {
		tb.Fatal(err)
	}
	book, _ := registers.Find(registers.Books(nil), string(registers.Outgoing))
	return sheets.Document{
		Book: book, Period: registers.Month(2026, time.November), Rows: made(n), Office: office,
		Keeper: "Kepala Sub Bagian Umum", Superior: "Sekretaris",
	}
}

func made(n int) iter.Seq2[registers.Row, error] {
	return func(yield func(registers.Row, error) bool) {
		for i := 1; i <= n; i++ {
			id := workflow.MakeCaseID("LKS", 2026, i)
			row := registers.Row{Case: id, Head: fmt.Sprint(i), Void: i%5 == 0, Cells: []registers.Cell{
				{N: i},
				{Text: fmt.Sprintf("503/%03d/DPMPTSPK/XI/2026", i)},
				{At: time.Date(2026, 11, 23, 23, 30, 0, 0, workflow.WIB())},
				{Text: "Yayasan Contoh Harapan Bangsa"},
				{Text: "Permintaan Rekomendasi Izin Teknis LKS Asing"},
				{N: 14},
				{Text: "Ka Seksi Pelayanan II"},
				{Text: "503"},
				{Text: "terbit"},
				{Text: string(id)},
				{Text: "a7a724aa6c537d8d"},
			}}
			if row.Void {
				row.Cells[2], row.Cells[8].Text = registers.Cell{}, "BATAL: permohonan dicabut pemohon"
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// write gives a document as bytes, with what was counted.
func write(tb testing.TB, do func(io.Writer, sheets.Document) (sheets.Tally, error), d sheets.Document) ([]byte, sheets.Tally) {
	tb.Helper()
	var out bytes.Buffer
	tally, err := do(&out, d)
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes(), tally
}

func writers() map[string]func(io.Writer, sheets.Document) (sheets.Tally, error) {
	return map[string]func(io.Writer, sheets.Document) (sheets.Tally, error){"csv": sheets.CSV, "xlsx": sheets.XLSX, "pdf": sheets.PDF}
}

// TestSameRowsSameBytes, whatever the day; another history is told by its Head.
func TestSameRowsSameBytes(t *testing.T) {
	for name, do := range writers() {
		first, tally := write(t, do, outgoing(t, 40))
		again, same := write(t, do, outgoing(t, 40))
		if !bytes.Equal(first, again) || tally.Head != same.Head {
			t.Errorf("%s: the same rows give other bytes", name)
		}
		if tally.Rows != 40 || tally.Void != 8 || tally.Sums[5] != 40*14 {
			t.Errorf("%s: %+v", name, tally)
		}
		if _, other := write(t, do, outgoing(t, 39)); other.Head == tally.Head {
			t.Errorf("%s: other rows have the same head", name)
		}
	}
}

// TestBrokenRowsGiveNoFile: what cannot be read to its end is an error.
func TestBrokenRowsGiveNoFile(t *testing.T) {
	torn := errors.New("torn")
	for name, do := range writers() {
		d := outgoing(t, 0)
		d.Rows = func(yield func(registers.Row, error) bool) { yield(registers.Row{}, torn) }
		if _, err := do(io.Discard, d); !errors.Is(err, torn) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWorkbookReadBack has the library read what was written: a table with heads and real dates.
func TestWorkbookReadBack(t *testing.T) {
	raw, tally := write(t, sheets.XLSX, outgoing(t, 12))
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Buku", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 16 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for at, want := range map[[2]int]string{
		{0, 0}: "Buku Agenda Surat Keluar", {2, 0}: "Periode: November 2026", {3, 1}: "Nomor surat", {4, 1}: "503/001/DPMPTSPK/XI/2026",
		{4, 2}: "46349", // 2026-11-23 in days from 1899-12-30
		{4, 5}: "14", {8, 2}: "", {8, 8}: "BATAL: permohonan dicabut pemohon",
	} {
		if got := rows[at[0]][at[1]]; got != want {
			t.Errorf("row %d, column %d: %q, want %q", at[0]+1, at[1]+1, got, want)
		}
	}
	if shown, err := f.GetCellValue("Buku", "C5"); err != nil || shown != "23/11/2026" {
		t.Errorf("the date is shown as %q, %v", shown, err)
	}
	tables, err := f.GetTables("Buku")
	if err != nil || len(tables) != 1 || tables[0].Range != "A4:K16" {
		t.Errorf("%+v, %v", tables, err)
	}
	panes, err := f.GetPanes("Buku")
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("%+v, %v", panes, err)
	}
	if names := f.GetDefinedName(); len(names) != 1 || names[0].Name != "_xlnm.Print_Titles" || names[0].RefersTo != "'Buku'!$4:$4" {
		t.Errorf("%+v", names)
	}
	info, err := f.GetRows("Keterangan")
	told := fmt.Sprint(info)
	for _, want := range []string{"[Periode November 2026]", "[Jumlah baris 12]", "[Di antaranya batal 2]", "[Jumlah lampiran 168]", tally.Head} {
		if err != nil || !strings.Contains(told, want) {
			t.Errorf("%s lacks %s, %v", told, want, err)
		}
	}
}

// TestEmptyBook is a workbook all the same, and says that it holds nothing.
func TestEmptyBook(t *testing.T) {
	raw, tally := write(t, sheets.XLSX, outgoing(t, 0))
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil || tally.Rows != 0 {
		t.Fatalf("%+v, %v", tally, err)
	}
	defer f.Close()
	if rows, err := f.GetRows("Buku"); err != nil || len(rows) != 4 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestNoCellIsAFormula: names that begin like one stay text.
func TestNoCellIsAFormula(t *testing.T) {
	for typed, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", "+62": "'+62", "-1": "'-1", "@SUM": "'@SUM", "\tx": "'\tx", "a=b": "a=b",
		`a;"b"`: `"a;""b"""`,
	} {
		d := outgoing(t, 1)
		for row, err := range made(1) {
			if err != nil {
				t.Fatal(err)
			}
			row.Cells[3].Text = typed
			d.Rows = func(yield func(registers.Row, error) bool) { yield(row, nil) }
		}
		raw, _ := write(t, sheets.CSV, d)
		if got := string(raw); !strings.HasPrefix(got, "\uFEFFNo.;Nomor surat;") || !strings.Contains(got, ";2026-11-23;"+want+";") {
			t.Errorf("%q: %s", typed, got)
		}
		raw, _ = write(t, sheets.XLSX, d)
		f, err := excelize.OpenReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if formula, err := f.GetCellFormula("Buku", "D5"); err != nil || formula != "" {
			t.Errorf("%q is the formula %q, %v", typed, formula, err)
		}
		if value, err := f.GetCellValue("Buku", "D5"); err != nil || value != typed {
			t.Errorf("%q is read as %q, %v", typed, value, err)
		}
		_ = f.Close()
	}
}

// peak runs something and gives the most memory that was in use at a garbage collection.
func peak(each int, rows iter.Seq2[registers.Row, error], most *uint64) iter.Seq2[registers.Row, error] {
	return func(yield func(registers.Row, error) bool) {
		n := 0
		for row, err := range rows {
			if n++; n%each == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				*most = max(*most, m.HeapInuse)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// TestPrintedBook: heads, carried sums and page numbers on every page, the place to sign on the
// last.
func TestPrintedBook(t *testing.T) {
	raw, tally := write(t, sheets.PDF, outgoing(t, 120))
	path := filepath.Join(t.TempDir(), "buku.pdf")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	pages := strings.Split(strings.TrimRight(string(out), "\f"), "\f")
	for i, page := range pages {
		want := []string{"Nomor surat", "Keterangan", fmt.Sprintf("Halaman %d dari %d", i+1, len(pages))}
		if i > 0 {
			want = append(want, "Jumlah pindahan", "(lanjutan)")
		}
		if i < len(pages)-1 {
			want = append(want, "Jumlah dipindahkan")
		} else {
			want = append(want, "1680", "Mengetahui,", "Sekretaris", "Kepala Sub Bagian Umum", "Jumlah baris: 120, di antaranya batal: 24.", tally.Head)
		}
		if i == 0 {
			want = append(want, "BUKU AGENDA SURAT KELUAR", "Periode November 2026", "PEMERINTAH KABUPATEN DAIRI")
		}
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("page %d lacks %q", i+1, w)
			}
		}
	}
	if len(pages) < 3 {
		t.Errorf("%d pages", len(pages))
	}
}

// TestTooLongToPrint is refused before its pages fill the memory.
func TestTooLongToPrint(t *testing.T) {
	if _, err := sheets.PDF(io.Discard, outgoing(t, sheets.MostPrinted+1)); !errors.Is(err, sheets.ErrTooLong) {
		t.Errorf("%v", err)
	}
}

func BenchmarkHundredThousandRows(b *testing.B) {
	for name, do := range writers() {
		b.Run(name, func(b *testing.B) {
			var most uint64
			for b.Loop() {
				d := outgoing(b, map[bool]int{true: sheets.MostPrinted, false: 100_000}[name == "pdf"])
				d.Rows = peak(5000, d.Rows, &most)
				var out bytes.Buffer
				if _, err := do(&out, d); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(out.Len())/1e6, "MB")
			}
			b.ReportMetric(float64(most)/1e6, "heap-MB")
		})
	}
}
