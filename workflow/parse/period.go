package parse

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/normalize"
)

// periodWord stands between the two days of a period as [Period] writes it.
const periodWord = " s.d. "

// Period reads a period from one day, month or year to another, or of some months or years
// from a day on, in order and not over. It gives it in the one form in which letters print
// it: "1 Januari 2027 s.d. 31 Desember 2029". One with a date that may mean two days is a
// doubt with the likelier.
func Period(s string, now time.Time) (string, error) {
	from, to, sure, ok := periodEnds(strings.ToLower(normalize.Dashes(normalize.Digits(normalize.Line(s)))), now)
	today := now.In(workflow.WIB()).Format(time.DateOnly)
	switch {
	case !ok:
		return "", doubt(DoubtPeriod)
	case to.Before(from):
		return "", doubt(DoubtPeriodOrder)
	case to.Format(time.DateOnly) < today:
		return "", doubt(DoubtPeriodPast)
	}
	value := dayWords(from, workflow.Indonesian) + periodWord + dayWords(to, workflow.Indonesian)
	if !sure {
		return "", doubt(DoubtDate, value)
	}
	return value, nil
}

// PeriodIn writes a period that [Period] gave in a language; what is none stays.
func PeriodIn(value string, lang workflow.Lang) string {
	first, last, both := strings.Cut(value, periodWord)
	from, err := calendar.ParseDate(first)
	to, wrong := calendar.ParseDate(last)
	if lang != workflow.English || !both || err != nil || wrong != nil {
		return value
	}
	return dayWords(from, lang) + " to " + dayWords(to, lang)
}

// dayWords writes "1 Januari 2027".
func dayWords(day time.Time, lang workflow.Lang) string {
	_, date, _ := strings.Cut(calendar.Date(day, lang), ", ")
	return date
}

// periodEnds finds the two ends of a period. A first end without a year has that of the
// last: "Januari - Desember 2027".
func periodEnds(s string, now time.Time) (from, to time.Time, sure, ok bool) {
	s = trimWords(s, "dari", "from", "mulai", "starting", "sejak", "since", "terhitung", "masa", "program", "periode", "period", "selama", "for", "between", "antara")
	if year := unlabelled(s, "tahun", "year"); len(year) == 4 && allDigits(year) {
		return between(year, year, now)
	}
	length := regexp.MustCompile(`\(?\b(\d{1,2}|` + strings.Join(numberWords(), "|") + `)[ -]?(tahun|thn|th|years?|yrs?|bulan|bln|months?|mos?)\b\)?`)
	amount := length.FindStringSubmatch(s)
	if amount != nil {
		s = length.ReplaceAllString(s, " ")
	}
	if first, last, cut := cutPeriod(s); cut {
		return between(first, last, now)
	}
	if amount == nil {
		return from, to, false, false
	}
	s = trimWords(s, "dari", "from", "mulai", "starting", "sejak", "since", "terhitung", "selama", "for", "tanggal", "on", ",", "in", "pada")
	from, sure, ok = periodEnd(s, "awal ", now)
	n, err := strconv.Atoi(amount[1])
	if err != nil {
		n = slices.Index(numberWords(), amount[1]) % 12 // the two languages stand one after the other
	}
	if strings.HasPrefix(amount[2], "b") || strings.HasPrefix(amount[2], "m") {
		return from, from.AddDate(0, n, -1), sure, ok && n > 0
	}
	return from, from.AddDate(n, 0, -1), sure, ok && n > 0
}

// numberWords lists the numbers from 0 to 11 in Indonesian, then in English.
func numberWords() []string {
	return strings.Fields("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas zero one two three four five six seven eight nine ten eleven")
}

// cutPeriod cuts a text where its first end ends.
func cutPeriod(s string) (first, last string, ok bool) {
	words := regexp.MustCompile(`\s+(?:sampai dengan|sampai|sampe|s\s?[./]\s?d\.?|sd|hingga|until|till|til|through|thru|to|dan|and)\s*(?:\s|\d)|^(\d{4}) ?/ ?\d{4}$`)
	if at := words.FindAllStringSubmatchIndex(s, -1); len(at) == 1 {
		begin, end := at[0][0], at[0][1]-1
		if at[0][2] >= 0 { // 2027/2029
			return s[:4], s[len(s)-4:], true
		}
		return strings.TrimSpace(s[:begin]), strings.TrimSpace(s[end:]), true
	}
	for _, separator := range []string{" - ", "-"} {
		if first, last, cut := strings.Cut(s, separator); cut && strings.Count(s, separator) == 1 {
			return strings.TrimSpace(first), strings.TrimSpace(last), true
		}
	}
	return "", "", false
}

// trimWords drops words that stand around a date.
func trimWords(s string, words ...string) string {
	all := strings.Fields(s)
	for len(all) > 0 && slices.Contains(words, strings.Trim(all[0], ":,")) {
		all = all[1:]
	}
	for len(all) > 0 && slices.Contains(words, strings.Trim(all[len(all)-1], ":,")) {
		all = all[:len(all)-1]
	}
	return strings.Join(all, " ")
}

func between(first, last string, now time.Time) (from, to time.Time, sure, ok bool) {
	short := regexp.MustCompile(`^\pL{3,9}[ '’.-]{1,2}(\d\d)$`) // "Jan 27": a day or a year
	if a, b := short.FindStringSubmatch(first), short.FindStringSubmatch(last); a != nil && b != nil {
		from, to, _, ok = between(withCentury(first), withCentury(last), now)
		return from, to, false, ok
	}
	to, sure, ok = periodEnd(last, "", now)
	if !ok {
		return from, to, false, false
	}
	if slices.Contains([]string{"sekarang", "hari ini", "now", "today", "saat ini"}, first) {
		today, err := time.Parse(time.DateOnly, now.In(workflow.WIB()).Format(time.DateOnly))
		return today, to, sure, err == nil
	}
	from, known, ok := periodEnd(first, "awal ", now)
	if !ok && !slices.ContainsFunc(strings.FieldsFunc(first, isNoLetter), calendar.IsMonth) {
		return from, to, false, false
	}
	if !ok || !regexp.MustCompile(`\d{4}|\d\D+\d+\D+\d`).MatchString(first) { // no year of its own
		from, known, ok = periodEnd(first+" "+to.Format("2006"), "awal ", now)
	}
	return from, to, sure && known, ok
}

// withCentury writes "Jan 27" as "Jan 2027".
func withCentury(s string) string { return s[:len(s)-2] + " 20" + s[len(s)-2:] }

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

// periodEnd reads a day, or a month or a year whose beginning is named by part; else its end
// is meant. sure is false for a day that may be another.
func periodEnd(s, part string, now time.Time) (day time.Time, sure, ok bool) {
	if !strings.ContainsAny(s, "0123456789") {
		return time.Time{}, false, false
	}
	if day, sure, err := calendar.ReadDate(s, now); err == nil && sure {
		return day, true, true
	}
	day, _, err := calendar.ReadDate(part+s, now)
	whole := regexp.MustCompile(`\d{1,2}\W+(?:\d{1,2}\W+\d|\pL+\W+\d)`).MatchString(s)
	middle := strings.Contains(s, "mid") || strings.Contains(s, "pertengahan")
	return day, !whole && !middle, err == nil
}
