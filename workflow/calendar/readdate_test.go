package calendar_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// TestReadDate lists what people wrote: a date, a date with "?" that has to be asked about,
// or "-" for none. Today is Monday, 23 November 2026.
func TestReadDate(t *testing.T) {
	for written, want := range map[string]string{
		"31/12/2027": "2027-12-31", "31/12/27": "2027-12-31", "31-12-27": "2027-12-31", "31.12.27": "2027-12-31", "31/12-2027": "2027-12-31",
		"December 31, 2027": "2027-12-31", "31st December 2027": "2027-12-31", "Jumat, 31 Desember 2027": "2027-12-31",
		"Jum'at 31 Desember 2027": "2027-12-31", "Friday, December 31st 2027": "2027-12-31", "Fri 31 Dec 2027": "2027-12-31",
		"31122027": "2027-12-31", "20271231": "2027-12-31", "31 Desembr 2027": "2027-12-31", "31 Desembar 2027": "2027-12-31",
		"31-Des-27": "2027-12-31", "31Des2027": "2027-12-31", "31 Des '27": "2027-12-31", "٣١/١٢/٢٠٢٧": "2027-12-31", "３１／１２／２０２７": "2027-12-31",
		"s.d. 31 Desember 2027": "2027-12-31", "s/d 31 Desember 2027": "2027-12-31", "sampai dengan 31 Desember 2027": "2027-12-31",
		"berlaku sampai 31/12/2027": "2027-12-31", "valid until 31 December 2027.": "2027-12-31", "tgl 31/12/2027": "2027-12-31", "Tanggal: 31-12-2027": "2027-12-31",
		"31,12,2027": "2027-12-31", "31–12–2027": "2027-12-31", "31 \u00a0 12 2027": "2027-12-31", "*31 Desember 2027*": "2027-12-31", "\u200e31/12/2027": "2027-12-31",
		"31 XII 2027": "2027-12-31", "2027 Desember 31": "2027-12-31", "31 2027 Desember": "2027-12-31", "2027/12/31": "2027-12-31",
		"1st January 2028": "2028-01-01", "1st of January 2028": "2028-01-01", "1 januari 2028 M": "2028-01-01", "January 1st, 2028": "2028-01-01",
		"03/04/2027": "2027-04-03", "1/1/27": "2027-01-01", "29/02/2028": "2028-02-29", "hari ini": "2026-11-23", "besok": "2026-11-24", "lusa": "2026-11-25",

		"27-12-31": "2027-12-31?", "27/12/31": "2027-12-31?", "26-11-27": "2026-11-27?", "26/11/27": "2027-11-26", "30-11-26": "2026-11-30", "28.12.31": "2028-12-31?",
		"03/04/27": "2027-04-03?", "12/31/2027": "2027-12-31?", "2027-31-12": "2027-12-31?", "01022027": "2027-02-01", "311227": "2027-12-31?",
		"akhir Desember 2027": "2027-12-31?", "Desember 2027": "2027-12-31?", "awal Januari 2028": "2028-01-01?", "pertengahan Juni 2027": "2027-06-15?",
		"end of December 2027": "2027-12-31?", "12/2027": "2027-12-31?", "2027": "2027-12-31?", "akhir tahun 2027": "2027-12-31?", "awal 2028": "2028-01-01?",
		"31 Desember": "2026-12-31?", "31/12": "2026-12-31?", "29 Februari": "2028-02-29?", "1 November": "2027-11-01?",
		"31 Desember 2027 pagi": "2027-12-31?", "mungkin 31/12/2027": "2027-12-31?", "Senin, 31 Desember 2027": "2027-12-31?", "31 Dessemberr 2027": "2027-12-31?",
		"1 Januari 2027 - 31 Desember 2027": "2027-12-31?", "1/1/2027 s.d. 31/12/2027": "2027-12-31?", "1-31 Desember 2027": "2027-12-31?",
		"31/12/2027 23.59": "2027-12-31?", "1 Januari 1449 H": "-",

		"": "-", " ": "-", "tidak ada": "-", "selama kegiatan berlangsung": "-", "lewati": "-", "unlimited": "-", "none": "-", "seumur hidup": "-", "-": "-",
		"31/02/2027": "-", "29/02/2027": "-", "32/01/2027": "-", "0/1/2027": "-", "1/0/2027": "-", "31/12/02027": "-", "1/1/0000": "-", "12": "-",
		"0812 3456 7890": "-", "Desember": "-", "halo": "-", "13/13/2027": "-", "99999999999999999999/1/2027": "-",
	} {
		if got := readDate(written); got != want {
			t.Errorf("%q is read as %s, want %s", written, got, want)
		}
	}
	if got := readDate(strings.Repeat("1/", 10000)); got != "-" {
		t.Errorf("a long text is read as %s", got)
	}
}

func readDate(written string) string {
	day, sure, err := calendar.ReadDate(written, time.Date(2026, 11, 23, 9, 0, 0, 0, workflow.WIB()))
	switch {
	case err != nil:
		return "-"
	case !sure:
		return day.Format(time.DateOnly) + "?"
	}
	return day.Format(time.DateOnly)
}

// TestReadDateReadsAllWritings writes a day in many ways.
func TestReadDateReadsAllWritings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Date(2013, 1, 1+rapid.IntRange(0, 365*65).Draw(t, "days"), 0, 0, 0, 0, workflow.WIB())
		lang := rapid.SampledFrom([]workflow.Lang{workflow.Indonesian, workflow.English}).Draw(t, "lang")
		for _, written := range []string{
			calendar.Date(want, lang), strings.ToUpper(calendar.Date(want, lang)), want.Format("2/1/2006"), want.Format("02-01-2006"),
			want.Format("2006-01-02"), want.Format("January 2, 2006"), want.Format("2 Jan 06"), want.Format("2.1.2006."),
		} {
			got, sure, err := calendar.ReadDate("sampai "+written, want)
			if err != nil || !sure || !got.Equal(want) {
				t.Fatalf("%q is read as %v, %v, %v", written, got, sure, err)
			}
		}
	})
}

// FuzzReadDate: a date that is read is a midnight in Jakarta, and ParseDate reads it alike.
func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"31/12/2027", "akhir Desember 2027", "1 Jan 2027 - 2 Feb 28", "31 XII 27", "٣١"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, workflow.WIB())
	f.Fuzz(func(t *testing.T, s string) {
		got, _, err := calendar.ReadDate(s, now)
		if err == nil && got.Format("15:04:05 MST") != "00:00:00 WIB" {
			t.Errorf("%q is read as %v", s, got)
		}
		exact, wrong := calendar.ParseDate(s)
		if wrong == nil && exact.Year() >= 1900 && exact.Year() < 2200 && len(s) < 100 && (err != nil || !got.Equal(exact)) {
			t.Errorf("%q is read as %v, not %v: %v", s, got, exact, err)
		}
	})
}
