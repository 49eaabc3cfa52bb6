package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
)

// The functions here write instants as people do, in WIB whatever the zone of t.
// Any language but English is taken as Indonesian. Both write times with a point.

// Date writes "Senin, 23 November 2026" or "Monday, 23 November 2026".
func Date(t time.Time, lang workflow.Lang) string {
	t = t.In(workflow.WIB())
	return fmt.Sprintf("%s, %d %s %d",
		weekdayNames(lang)[t.Weekday()], t.Day(), monthNames(lang)[t.Month()-1], t.Year())
}

// DateTime writes "Senin, 23 November 2026, 15.45 WIB".
func DateTime(t time.Time, lang workflow.Lang) string {
	return Date(t, lang) + ", " + Time(t) + " WIB"
}

// Time writes "15.45". Seconds are dropped, so a deadline never looks later than
// it is.
func Time(t time.Time) string { return t.In(workflow.WIB()).Format("15.04") }

// ShortDate writes "Senin 7 Des" or "Monday 7 Dec".
func ShortDate(t time.Time, lang workflow.Lang) string {
	t = t.In(workflow.WIB())
	return fmt.Sprintf("%s %d %s", weekdayNames(lang)[t.Weekday()], t.Day(), shortMonth(t.Month(), lang))
}

// ShortDateTime writes "Rabu 2 Des 16.00".
func ShortDateTime(t time.Time, lang workflow.Lang) string {
	return ShortDate(t, lang) + " " + Time(t)
}

// DurationWords writes working time as "1 jam 40 menit" or "1 hour 40 minutes",
// without sign and with the seconds dropped. Hours never become days: a working
// day is not so many hours.
func DurationWords(d time.Duration, lang workflow.Lang) string {
	minutes := int64((d / time.Minute).Abs())
	if minutes == 0 {
		return workflow.Text{ID: "kurang dari 1 menit", EN: "less than 1 minute"}.In(lang)
	}
	var words []string
	if h := minutes / 60; h > 0 {
		words = append(words, amount(h, "jam", "hour", lang))
	}
	if m := minutes % 60; m > 0 {
		words = append(words, amount(m, "menit", "minute", lang))
	}
	return strings.Join(words, " ")
}

// amount counts something; Indonesian has no plural.
func amount(n int64, id, en string, lang workflow.Lang) string {
	if lang != workflow.English {
		return strconv.FormatInt(n, 10) + " " + id
	}
	if n != 1 {
		en += "s"
	}
	return strconv.FormatInt(n, 10) + " " + en
}

// weekdayNames gives the names by [time.Weekday].
func weekdayNames(lang workflow.Lang) [7]string {
	if lang == workflow.English {
		return [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	}
	return [7]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
}

// monthNames gives the names from January on.
func monthNames(lang workflow.Lang) [12]string {
	if lang == workflow.English {
		return [12]string{
			"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December",
		}
	}
	return [12]string{
		"Januari", "Februari", "Maret", "April", "Mei", "Juni",
		"Juli", "Agustus", "September", "Oktober", "November", "Desember",
	}
}

// shortMonth cuts a month's name to the three letters that both languages use.
func shortMonth(m time.Month, lang workflow.Lang) string { return monthNames(lang)[m-1][:3] }
