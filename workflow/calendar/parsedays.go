package calendar

import (
	"strings"
	"time"

	"izinbot/workflow"

	"go.yaml.in/yaml/v3"
)

// Bounds that catch a slip in a date, and keep the table of days small.
const (
	firstYear, lastYear = 2000, 2199
	longestHoliday      = 31 // days
	longestRamadan      = 30 // days
)

// ramadan reads the fasting months.
func (p *parser) ramadan(n *yaml.Node) {
	for _, e := range p.entries(n, keyRamadan) {
		first, last, ok := p.days(e.value, longestRamadan)
		if !ok {
			continue
		}
		for _, other := range p.months {
			if first <= other.last && other.first <= last {
				p.add(e.value, "Ramadan %s bertumpang tindih dengan Ramadan %s", e.key.Value, other.name)
				break
			}
		}
		p.months = append(p.months, ramadan{p.text(e.key, "tahun Ramadan"), first, last})
	}
}

// daysOff reads the three lists of days off; no date may be in them twice.
func (p *parser) daysOff(found map[string]*yaml.Node) map[int]Holiday {
	holidays := make(map[int]Holiday)
	line := make(map[int]int)
	for _, kind := range []Kind{National, Collective, Regional} {
		for _, e := range p.entries(found[string(kind)], string(kind)) {
			name := p.text(e.value, "nama hari")
			first, last, ok := p.days(e.key, longestHoliday)
			if !ok {
				continue
			}
			for day := first; day <= last; day++ {
				date := moment{day: day}.time(workflow.WIB())
				if line[day] > 0 {
					p.add(e.key, "tanggal %s sudah ada di baris %d", date.Format(time.DateOnly), line[day])
					continue
				}
				line[day] = e.key.Line
				holidays[day] = Holiday{Date: date, Name: name, Kind: kind}
			}
		}
	}
	return holidays
}

// days reads "2027-03-08" or "2027-03-10..2027-03-11", at most longest days.
func (p *parser) days(n *yaml.Node, longest int) (first, last int, ok bool) {
	text := p.text(n, "tanggal")
	if text == "" {
		return 0, 0, false
	}
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		to = from
	}
	first, okFirst := parseDay(from)
	last, okLast := parseDay(to)
	switch {
	case !okFirst || !okLast:
		p.add(n, "%q bukan tanggal antara tahun %d dan %d; tulis misalnya 2027-03-08 atau 2027-03-10..2027-03-11",
			text, firstYear, lastYear)
	case last < first:
		p.add(n, "rentang %s berjalan mundur", text)
	case last-first >= longest:
		p.add(n, "rentang %s lebih dari %d hari", text, longest)
	default:
		return first, last, true
	}
	return 0, 0, false
}

// parseDay reads a date of the file, year first so that the lines sort.
func parseDay(s string) (int, bool) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil || t.Year() < firstYear || t.Year() > lastYear {
		return 0, false
	}
	return dayOf(t.Date()), true
}
