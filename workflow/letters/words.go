package letters

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// romanMonth is the month in a letter's number.
func romanMonth(m time.Month) string {
	return []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}[m-1]
}

// dayAndDate writes "Senin, 23 November 2026", or a dash for no date.
func dayAndDate(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return calendar.Date(t, workflow.Indonesian)
}

// date writes "23 November 2026", or a dash for no date.
func date(t time.Time) string {
	_, s, ok := strings.Cut(dayAndDate(t), ", ")
	if !ok {
		return none
	}
	return s
}

// moment writes "Senin, 23 November 2026, 15.45 WIB", or a dash for no date.
func moment(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return calendar.DateTime(t, workflow.Indonesian)
}

// stamp writes "23/11/2026 15.45", for narrow columns.
func stamp(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return t.In(workflow.WIB()).Format("02/01/2006 15.04")
}

func clock(t time.Time) string { return calendar.Time(t) + " WIB" }

// parseDate reads a date as forms keep it (2006-01-02).
func parseDate(s string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, s, workflow.WIB())
	return t, err == nil
}

// formDate writes a date of a form in words; what is no date stays as it is.
func formDate(s string) string {
	if t, ok := parseDate(s); ok {
		return date(t)
	}
	return s
}

// dateInWords writes "Senin tanggal dua puluh tiga bulan November tahun dua ribu
// dua puluh enam (23-11-2026)", as a berita acara begins.
func dateInWords(t time.Time) string {
	if t.IsZero() {
		return pending
	}
	day, _, _ := strings.Cut(dayAndDate(t), ",")
	month := strings.Fields(date(t))[1]
	t = t.In(workflow.WIB())
	return fmt.Sprintf("%s tanggal %s bulan %s tahun %s (%s)",
		day, spell(t.Day()), month, spell(t.Year()), t.Format("02-01-2006"))
}

// spell writes a whole number in words (terbilang).
func spell(n int) string {
	if n < 0 {
		return "minus " + spell(-n)
	}
	small := []string{
		"nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
	}
	if n < len(small) {
		return small[n]
	}
	if n < 20 {
		return small[n-10] + " belas"
	}
	for _, u := range []struct {
		size int
		name string
		one  string // the word for exactly one of it, if it has its own
	}{
		{1_000_000_000_000, "triliun", ""},
		{1_000_000_000, "miliar", ""},
		{1_000_000, "juta", ""},
		{1_000, "ribu", "seribu"},
		{100, "ratus", "seratus"},
		{10, "puluh", ""},
	} {
		if n < u.size {
			continue
		}
		head := spell(n/u.size) + " " + u.name
		if n/u.size == 1 && u.one != "" {
			head = u.one
		}
		if n%u.size == 0 {
			return head
		}
		return head + " " + spell(n%u.size)
	}
	return strconv.Itoa(n) // not reached: 10 is the smallest unit
}

// count writes "15 (lima belas)".
func count(n int) string { return strconv.Itoa(n) + " (" + spell(n) + ")" }

// rupiah writes "Rp 1.250.000".
func rupiah(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return "Rp " + strings.Join(append([]string{digits}, groups...), ".")
}

// metres writes a distance as people say it, "120 m" or "1,2 km".
func metres(m float64) string {
	if m < 0 || math.IsNaN(m) {
		return none
	}
	if m < 1000 {
		return strconv.Itoa(int(math.Round(m))) + " m"
	}
	return strings.Replace(strconv.FormatFloat(m/1000, 'f', 1, 64), ".", ",", 1) + " km"
}

// coordinates writes a point as "2,74512° LU, 98,31234° BT".
func coordinates(lat, lon float64) string {
	side := func(v float64, plus, minus string) string {
		name := plus
		if v < 0 {
			name = minus
		}
		return strings.Replace(strconv.FormatFloat(math.Abs(v), 'f', 5, 64), ".", ",", 1) + "° " + name
	}
	return side(lat, "LU", "LS") + ", " + side(lon, "BT", "BB")
}
