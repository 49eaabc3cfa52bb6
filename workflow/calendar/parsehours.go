package calendar

import (
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
)

// closedWord may stand for hours on a day that is closed.
const closedWord = "libur"

// week reads the hours by weekday, each weekday at most once.
func (p *parser) week(n *yaml.Node, what string) week {
	var w week
	line := make(map[time.Weekday]int)
	before := len(p.faults)
	for _, e := range p.entries(n, what) {
		days, ok := parseWeekdays(e.key.Value)
		if !ok {
			p.add(e.key, "%q bukan nama hari; tulis senin atau senin-kamis", e.key.Value)
			continue
		}
		shifts := p.shifts(e.value, e.key.Value)
		for _, day := range days {
			if line[day] > 0 {
				p.add(e.key, "jam hari %s sudah ada di baris %d", weekdayNames(workflow.Indonesian)[day], line[day])
				continue
			}
			line[day] = e.key.Line
			w[day] = shifts
		}
	}
	if len(p.faults) == before && !w.opens() {
		p.add(n, "%s tidak memuat satu pun jam buka", what)
	}
	return w
}

func (w *week) opens() bool {
	for _, shifts := range w {
		if len(shifts) > 0 {
			return true
		}
	}
	return false
}

// shifts reads "07.30-12.00, 13.00-16.00".
func (p *parser) shifts(n *yaml.Node, day string) []shift {
	text := p.text(n, "jam "+day)
	if text == "" || strings.EqualFold(text, closedWord) {
		return nil
	}
	var list []shift
	for part := range strings.SplitSeq(text, ",") {
		s, ok := parseShift(part)
		switch {
		case !ok:
			p.add(n, "%q bukan jam; tulis misalnya 07.30-12.00", strings.TrimSpace(part))
		case s.close <= s.open:
			p.add(n, "jam %s berjalan mundur", strings.TrimSpace(part))
		case len(list) > 0 && s.open < list[len(list)-1].close:
			p.add(n, "jam %s mulai sebelum jam di depannya selesai", strings.TrimSpace(part))
		default:
			list = append(list, s)
		}
	}
	return list
}

func parseShift(s string) (shift, bool) {
	from, to, ok := cutDash(s)
	if !ok {
		return shift{}, false
	}
	open, okOpen := parseClock(from)
	closing, okClose := parseClock(to)
	return shift{open, closing}, okOpen && okClose
}

// parseClock reads "07.30" or "07:30" as time since midnight.
func parseClock(s string) (time.Duration, bool) {
	hour, minute, ok := strings.Cut(strings.ReplaceAll(s, ":", "."), ".")
	if !ok || !isDigits(hour, 1, 2) || !isDigits(minute, 2, 2) {
		return 0, false
	}
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, h < 24 && m < 60
}

// parseWeekdays reads "jumat" or "senin-kamis"; the week begins on Monday.
func parseWeekdays(s string) ([]time.Weekday, bool) {
	from, to, ok := cutDash(s)
	if !ok {
		from, to = s, s
	}
	first, last := parseWeekday(from), parseWeekday(to)
	if first < 0 || last < first {
		return nil, false
	}
	var days []time.Weekday
	for i := first; i <= last; i++ {
		days = append(days, time.Weekday((i+1)%7))
	}
	return days, true
}

// parseWeekday gives the days since Monday, or -1.
func parseWeekday(s string) int {
	for day, name := range weekdayNames(workflow.Indonesian) {
		if strings.EqualFold(strings.TrimSpace(s), name) {
			return (day + 6) % 7
		}
	}
	return -1
}

// cutDash cuts at a hyphen or at the dash that word processors make of it.
func cutDash(s string) (before, after string, ok bool) {
	before, after, ok = strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	return strings.TrimSpace(before), strings.TrimSpace(after), ok
}

// isDigits tells whether s is made of least to most decimal digits.
func isDigits(s string, least, most int) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, "0123456789") == ""
}
