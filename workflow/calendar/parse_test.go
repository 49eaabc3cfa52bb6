package calendar_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// office is a small valid file; the tests spoil it.
const office = `jam kerja:
  senin-jumat: 08.00-12.00, 13.00-16.00
jam kerja ramadan:
  senin-jumat: 08.00-14.00
ramadan:
  1448 H: 2027-02-08..2027-03-09
libur nasional:
  2027-03-10..2027-03-11: Idulfitri
cuti bersama:
  2027-03-12: Idulfitri
daerah:
  2027-10-01: CONTOH hari daerah
`

func parse(tb testing.TB, src string) *calendar.Calendar {
	tb.Helper()
	c, err := calendar.Parse([]byte(src))
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestParseReadsAnOfficesFile(t *testing.T) {
	c := parse(t, office)
	for date, want := range map[string]calendar.Holiday{
		"2027-03-10": {Name: "Idulfitri", Kind: calendar.National},
		"2027-03-11": {Name: "Idulfitri", Kind: calendar.National},
		"2027-03-12": {Name: "Idulfitri", Kind: calendar.Collective},
		"2027-10-01": {Name: "CONTOH hari daerah", Kind: calendar.Regional},
	} {
		got, ok := c.Holiday(day(t, date))
		if !ok || got.Name != want.Name || got.Kind != want.Kind || !got.Date.Equal(day(t, date)) {
			t.Errorf("%s: %+v %v, want %+v", date, got, ok, want)
		}
	}
	if closing, _ := c.DayClose(day(t, "2027-02-08")); !closing.Equal(at(t, "2027-02-08 14.00")) {
		t.Errorf("closes at %v in Ramadan", closing)
	}
}

func TestParseAcceptsWhatAnOfficeMayWrite(t *testing.T) {
	for name, hours := range map[string]string{
		"colons":        "senin: 08:00-16:00",
		"a long dash":   "senin – jumat: 08.00 – 16.00",
		"capitals":      "Senin-Jumat: 8.00-16.00",
		"a closed day":  "senin: 08.00-16.00\n  sabtu: libur",
		"day and night": "senin-minggu: 00.00-23.59",
		"no break":      "senin: 08.00-12.00,12.00-16.00",
		"quotes":        `"senin": "08.00-16.00"`,
	} {
		t.Run(name, func(t *testing.T) {
			c := parse(t, "jam kerja:\n  "+hours+"\n")
			if !c.Open(at(t, "2027-03-01 11.59")) {
				t.Error("closed on a Monday")
			}
		})
	}
}

// Each fault is found, with its line and a word of what is wrong.
func TestParseFindsFaults(t *testing.T) {
	for _, tt := range []struct {
		name, old, spoilt string
		line              int
		says              string
	}{
		{"unknown key", "daerah:", "kabupaten:", 11, `"kabupaten" tidak dikenal`},
		{"key twice", "daerah:", "cuti bersama:", 11, "sudah ada di baris 9"},
		{"no hours", "jam kerja:\n  senin-jumat: 08.00-12.00, 13.00-16.00\n", "", 1, `"jam kerja" tidak ada`},
		{"no hours in the hours", "  senin-jumat: 08.00-12.00, 13.00-16.00\n", "  senin: libur\n", 2, "satu pun jam buka"},
		{"no Ramadan hours", "jam kerja ramadan:\n  senin-jumat: 08.00-14.00\n", "", 4, `"jam kerja ramadan" tidak ada`},
		{"never open in Ramadan", "08.00-14.00", "libur", 4, "satu pun jam buka"},
		{"unknown weekday", "senin-jumat: 08.00-12", "senen-jumat: 08.00-12", 2, "bukan nama hari"},
		{"weekdays backwards", "senin-jumat: 08.00-12", "jumat-senin: 08.00-12", 2, "bukan nama hari"},
		{"weekday twice", "jam kerja ramadan", "  rabu: 08.00-09.00\njam kerja ramadan", 3, "Rabu sudah ada di baris 2"},
		{"no time", "08.00-14.00", "pagi", 4, "bukan jam"},
		{"time without minutes", "08.00-14.00", "8-14", 4, "bukan jam"},
		{"25 o'clock", "08.00-14.00", "08.00-25.00", 4, "bukan jam"},
		{"minute 60", "08.00-14.00", "08.00-13.60", 4, "bukan jam"},
		{"signed time", "08.00-14.00", "08.00-+9.00", 4, "bukan jam"},
		{"hours backwards", "08.00-14.00", "14.00-08.00", 4, "berjalan mundur"},
		{"empty hours", "08.00-14.00", "08.00-08.00", 4, "berjalan mundur"},
		{"hours overlap", "08.00-12.00, 13.00", "08.00-12.00, 11.59", 2, "mulai sebelum"},
		{"hours out of order", "08.00-12.00, 13.00-16.00", "13.00-16.00, 08.00-12.00", 2, "mulai sebelum"},
		{"hours missing", " 08.00-14.00", "", 4, "harus diisi"},
		{"hours as a list", "08.00-14.00", "[08.00-14.00]", 4, "harus diisi"},
		{"hours without days", "  senin-jumat: 08.00-14.00\n", "  08.00-14.00\n", 4, "harus berupa daftar"},
		{"no such date", "2027-03-12:", "2027-02-29:", 10, "bukan tanggal"},
		{"date day first", "2027-03-12:", "12-03-2027:", 10, "bukan tanggal"},
		{"date too early", "2027-03-12:", "1999-12-31:", 10, "bukan tanggal"},
		{"date too late", "2027-03-12:", "2200-01-01:", 10, "bukan tanggal"},
		{"date twice", "2027-03-12:", "2027-03-11:", 10, "2027-03-11 sudah ada di baris 8"},
		{"same key twice", "daerah:", "  2027-03-12: Dua\ndaerah:", 11, "sudah ada di baris 10"},
		{"range backwards", "2027-03-10..2027-03-11", "2027-03-11..2027-03-10", 8, "berjalan mundur"},
		{"range too long", "2027-03-10..2027-03-11", "2027-03-10..2028-03-11", 8, "lebih dari 31 hari"},
		{"empty date", "2027-03-12:", `"":`, 10, "tanggal harus diisi"},
		{"open range", "2027-03-10..2027-03-11", "2027-03-10..", 8, "bukan tanggal"},
		{"no name", " CONTOH hari daerah", "", 12, "nama hari harus diisi"},
		{"name as a list", " CONTOH hari daerah", " [a]", 12, "nama hari harus diisi"},
		{"name with a control character", " CONTOH hari daerah", ` "a\tb"`, 12, "satu baris"},
		{"key is a list", "2027-03-12:", "[2027-03-12]:", 10, "kunci dalam cuti bersama harus berupa teks"},
		{"Ramadan too long", "2027-02-08..", "2027-02-07..", 6, "lebih dari 30 hari"},
		{"Ramadan twice", "libur nasional:", "  1449 H: 2027-03-09..2027-03-20\nlibur nasional:", 7, "bertumpang tindih"},
		{"an alias", " CONTOH hari daerah", " &a CONTOH\n  2027-10-02: *a", 13, "nama hari harus diisi"},
		{"an unknown alias", "daerah:", "  2027-03-15: *Idulfitri\ndaerah:", 11, "bukan YAML"},
		{"a tab", "  2027-10-01", "\t2027-10-01", 12, "bukan YAML"},
		{"a quote too few", " CONTOH hari daerah", " \"CONTOH", 12, "bukan YAML"},
		{"text after a quote", "daerah:", "  2027-03-15: 'a' b\ndaerah:", 11, "bukan YAML"},
		{"a colon too many", " CONTOH hari", " CONTOH: hari", 12, "bukan YAML"},
		{"no UTF-8", "CONTOH hari", "CONTOH \xff hari", 12, "bukan YAML"},
		{"two documents", "daerah:", "---\ndaerah:", 11, "hanya satu dokumen"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(office, tt.old, tt.spoilt, 1)
			if src == office {
				t.Fatal("nothing was spoilt")
			}
			wantFault(t, src, tt.line, tt.says)
		})
	}
}

func wantFault(t *testing.T, src string, line int, says string) {
	t.Helper()
	c, err := calendar.Parse([]byte(src))
	var fault *calendar.ParseError
	if !errors.As(err, &fault) || c != nil {
		t.Fatalf("Parse = %v, %v; want a ParseError", c, err)
	}
	for _, f := range fault.Faults {
		if f.Line == line && strings.Contains(f.Text, says) {
			return
		}
	}
	t.Errorf("no fault in line %d that says %q:\n%v", line, says, err)
}

func TestParseRefusesNoFile(t *testing.T) {
	for name, src := range map[string]string{
		"empty": "", "blank": "\n\n", "comment": "# nothing\n", "null": "~\n", "text": "halo\n", "list": "- a\n",
	} {
		t.Run(name, func(t *testing.T) {
			var fault *calendar.ParseError
			if _, err := calendar.Parse([]byte(src)); !errors.As(err, &fault) || len(fault.Faults) == 0 {
				t.Errorf("err = %v, want a ParseError", err)
			}
		})
	}
}

func TestParseListsEveryFaultByLine(t *testing.T) {
	src := strings.NewReplacer("08.00-14.00", "pagi", "2027-03-12", "kemarin", "daerah:", "desa:").Replace(office)
	_, err := calendar.Parse([]byte(src))
	want := `berkas kalender salah:
  baris 4: "pagi" bukan jam; tulis misalnya 07.30-12.00
  baris 10: "kemarin" bukan tanggal antara tahun 2000 dan 2199; tulis misalnya 2027-03-08 atau 2027-03-10..2027-03-11
  baris 11: kunci "desa" tidak dikenal`
	if err == nil || err.Error() != want {
		t.Errorf("err = %v\nwant %s", err, want)
	}
}

// Whatever the bytes are, Parse gives either faults with lines of the file or a
// calendar that answers.
func FuzzParse(f *testing.F) {
	data, err := os.ReadFile("kalender.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for _, src := range []string{office, "", "a: &a [*a]", "? [x]\n: y", "jam kerja: {senin: 1.00-2.00}", "--- |\n x"} {
		f.Add([]byte(src))
	}
	start := at(f, "2027-03-01 10.00")
	f.Fuzz(func(t *testing.T, src []byte) {
		c, err := calendar.Parse(src)
		if err != nil {
			var fault *calendar.ParseError
			if !errors.As(err, &fault) || c != nil {
				t.Fatalf("Parse = %v, %v", c, err)
			}
			checkLines(t, fault.Faults, src)
			return
		}
		due := c.Due(start, workflow.Budget{N: 1, Unit: workflow.Day}, nil)
		if closing, ok := c.DayClose(due); !ok || !closing.Equal(due) || due.Sub(start) > 200*366*24*time.Hour {
			t.Errorf("due %v", due)
		}
	})
}

func checkLines(t *testing.T, faults []calendar.Fault, src []byte) {
	t.Helper()
	last := strings.Count(strings.ReplaceAll(string(src), "\r", "\n"), "\n") + 2
	sorted := slices.IsSortedFunc(faults, func(a, b calendar.Fault) int { return a.Line - b.Line })
	for _, f := range faults {
		if f.Line < 1 || f.Line > last || f.Text == "" || !sorted {
			t.Fatal(fmt.Sprint(faults))
		}
	}
}
