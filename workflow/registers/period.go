package registers

import (
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Period is a stretch of time, [From, To). Both are midnights in the office's zone.
type Period struct{ From, To time.Time }

// Month is a month of a year.
func Month(year int, month time.Month) Period {
	from := time.Date(year, month, 1, 0, 0, 0, 0, workflow.WIB())
	return Period{From: from, To: from.AddDate(0, 1, 0)}
}

// Year is a whole year.
func Year(year int) Period {
	from := time.Date(year, time.January, 1, 0, 0, 0, 0, workflow.WIB())
	return Period{From: from, To: from.AddDate(1, 0, 0)}
}

// String names the period: "November 2026", "tahun 2026", "1 November 2026 s.d. 15 November 2026".
func (p Period) String() string {
	from, last := day(p.From), day(p.last())
	switch {
	case p.isMonth():
		_, month, _ := strings.Cut(from, " ")
		return month
	case p.isYear():
		return p.From.Format("tahun 2006")
	case from == last:
		return from
	}
	return from + " s.d. " + last
}

// FileName names a file of a book and period, without its ending:
// "Buku Agenda Surat Keluar 2026-11".
func (p Period) FileName(b Book) string {
	switch {
	case p.isMonth():
		return b.Title + p.From.Format(" 2006-01")
	case p.isYear():
		return b.Title + p.From.Format(" 2006")
	case p.From.Equal(p.last()):
		return b.Title + p.From.Format(" 2006-01-02")
	}
	return b.Title + p.From.Format(" 2006-01-02") + p.last().Format(" sd 2006-01-02")
}

// last is the last day of the period.
func (p Period) last() time.Time { return p.To.AddDate(0, 0, -1) }

func (p Period) isMonth() bool { return p.From.Day() == 1 && p.To.Equal(p.From.AddDate(0, 1, 0)) }

func (p Period) isYear() bool { return p.From.YearDay() == 1 && p.To.Equal(p.From.AddDate(1, 0, 0)) }

// day writes "23 November 2026".
func day(t time.Time) string {
	_, s, _ := strings.Cut(calendar.Date(t, workflow.Indonesian), ", ")
	return s
}
