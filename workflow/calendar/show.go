package calendar

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"izinbot/workflow"
)

// Show writes a year for people in Indonesian: the hours, then each month as a
// grid with its number of working days and its days off. It fails with
// [workflow.CodeInvalid] on field "tahun" for a year outside 2000 to 2199, which
// no calendar file can describe, and with the error of w.
func (c *Calendar) Show(w io.Writer, year int) error {
	if year < firstYear || year > lastYear {
		return workflow.Refuse(workflow.CodeInvalid, "tahun")
	}
	var page bytes.Buffer
	c.showHead(&page, year)
	total := 0
	for month := time.January; month <= time.December; month++ {
		total += c.showMonth(&page, year, month)
	}
	fmt.Fprintf(&page, "\nJumlah hari kerja %d: %d\n", year, total)
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	return nil
}

func (c *Calendar) showHead(page *bytes.Buffer, year int) {
	first, last := dayOf(year, time.January, 1), dayOf(year, time.December, 31)
	fmt.Fprintf(page, "Kalender kerja %d (waktu WIB)\n\nJam kerja\n", year)
	showWeek(page, c.normal)
	for _, r := range c.ramadan {
		if first <= r.last && r.first <= last {
			fmt.Fprintf(page, "Jam kerja Ramadan %s, %s sampai %s\n", r.name, longDay(r.first), longDay(r.last))
			showWeek(page, c.fasting)
		}
	}
	if !c.Describes(year) {
		fmt.Fprintf(page, "\nBerkas kalender belum memuat hari libur tahun %d.\n", year)
	}
	page.WriteString("\nTanda: * hari libur atau cuti bersama, r jam kerja Ramadan, . tutup\n")
}

// Describes tells whether the file has any day off of a year. Deadlines that reach into
// a year of which it has none fall too early.
func (c *Calendar) Describes(year int) bool {
	return c.describes(dayOf(year, time.January, 1), dayOf(year, time.December, 31))
}

// describes tells whether the file has any day off from first to last.
func (c *Calendar) describes(first, last int) bool {
	for day := range c.holidays {
		if first <= day && day <= last {
			return true
		}
	}
	return false
}

// showWeek writes the hours from Monday on, equal days together; closed days are
// left out.
func showWeek(page *bytes.Buffer, w week) {
	names := weekdayNames(workflow.Indonesian)
	for i := 0; i < 7; {
		from, text := i, hoursText(w[(i+1)%7])
		for i++; i < 7 && hoursText(w[(i+1)%7]) == text; i++ {
		}
		label := names[(from+1)%7]
		if i > from+1 {
			label += "–" + names[i%7]
		}
		if text != "" {
			fmt.Fprintf(page, "  %-14s %s\n", label, text)
		}
	}
}

// hoursText writes "07.30–12.00, 13.00–16.00".
func hoursText(shifts []shift) string {
	texts := make([]string, len(shifts))
	for i, s := range shifts {
		texts[i] = clockText(s.open) + "–" + clockText(s.close)
	}
	return strings.Join(texts, ", ")
}

func clockText(at time.Duration) string {
	minutes := int(at / time.Minute)
	return fmt.Sprintf("%02d.%02d", minutes/60, minutes%60)
}

// showMonth writes a month and gives its number of working days.
func (c *Calendar) showMonth(page *bytes.Buffer, year int, month time.Month) int {
	first, end := dayOf(year, month, 1), dayOf(year, month+1, 1)
	working := 0
	for day := first; day < end; day++ {
		if len(c.hours(day)) > 0 {
			working++
		}
	}
	fmt.Fprintf(page, "\n%s %d: %d hari kerja\n", monthNames(workflow.Indonesian)[month-1], year, working)
	page.WriteString("  Sen  Sel  Rab  Kam  Jum  Sab  Min\n")
	c.showGrid(page, first, end)
	for day := first; day < end; day++ {
		if h, ok := c.holidays[day]; ok {
			fmt.Fprintf(page, "  %-14s %s\n", ShortDate(h.Date, workflow.Indonesian), h)
		}
	}
	return working
}

// showGrid writes the days from first to before end, one week a line.
func (c *Calendar) showGrid(page *bytes.Buffer, first, end int) {
	line := strings.Repeat("     ", sinceMonday(first))
	for day := first; day < end; day++ {
		line += fmt.Sprintf("  %2d%s", day-first+1, c.mark(day))
		if sinceMonday(day) == 6 || day == end-1 {
			page.WriteString(strings.TrimRight(line, " ") + "\n")
			line = ""
		}
	}
}

func sinceMonday(day int) int { return (int(weekday(day)) + 6) % 7 }

func (c *Calendar) mark(day int) string {
	if _, off := c.holidays[day]; off {
		return "*"
	}
	if len(c.hours(day)) == 0 {
		return "."
	}
	if c.fastingOn(day) {
		return "r"
	}
	return " "
}

// longDay writes "8 Februari 2027".
func longDay(day int) string {
	_, date, _ := strings.Cut(Date(moment{day: day}.time(workflow.WIB()), workflow.Indonesian), ", ")
	return date
}
