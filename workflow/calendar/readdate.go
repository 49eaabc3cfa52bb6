package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow"
	"izinbot/workflow/normalize"
	"izinbot/workflow/spelling"
)

// maxWritten is the longest text in which a date is looked for, in bytes.
const maxWritten = 200

// ReadDate finds a day in what people write in a chat, in Indonesian or English, and gives
// its midnight in WIB: what [ParseDate] reads, with two digits for the year, digits of any
// script, names of days, ordinals, misspelt months and words around it. sure is false
// where something else may be meant ("03/04/27", "akhir Desember 2027", a word that is
// not understood): the day is then the likeliest one, to be asked about. now is for days
// that leave out their year. It fails as ParseDate does.
func ReadDate(s string, now time.Time) (day time.Time, sure bool, err error) {
	if len(s) > maxWritten {
		day, err = refuseDate()
		return day, false, err
	}
	w := writtenDate{now: now.In(workflow.WIB()), weekday: -1, dashed: strings.Contains(normalize.Dashes(s), "-")}
	for _, token := range dateTokens(s) {
		w.add(token)
	}
	day, ok := w.day()
	if !ok {
		day, err = refuseDate()
		return day, false, err
	}
	if w.weekday >= 0 && day.Weekday() != w.weekday {
		w.doubt = true
	}
	return day, !w.doubt, nil
}

// dateTokens splits a text into its runs of letters and of digits.
func dateTokens(s string) []string {
	s = strings.NewReplacer("jum'at", "jumat", "jum’at", "jumat", "hari ini", "today").Replace(strings.ToLower(normalize.Digits(normalize.Text(s))))
	var out []string
	var last func(rune) bool
	for _, r := range s {
		kind := unicode.IsLetter
		switch {
		case r >= '0' && r <= '9':
			kind = unicode.IsDigit
		case !unicode.IsLetter(r):
			last = nil
			continue
		}
		if last == nil || !last(r) {
			out = append(out, "")
		}
		last = kind
		out[len(out)-1] += string(r)
	}
	return out
}

// writtenDate holds the parts of a date that were found so far.
type writtenDate struct {
	now     time.Time
	numbers []string
	months  []time.Month
	before  int          // numbers before the last month
	weekday time.Weekday // -1: none
	days    int          // from today; only if near
	near    bool
	part    string // of the month: "awal", "pertengahan", "akhir", "" for none
	dashed  bool   // written with dashes, as years that stand first are
	doubt   bool
}

func (w *writtenDate) add(token string) {
	if isDigits(token, 1, len(token)) {
		w.numbers = append(w.numbers, token)
		return
	}
	if month, exact, ok := writtenMonth(token, len(w.numbers) > 0); ok {
		w.months, w.before = append(w.months, month), len(w.numbers)
		w.doubt = w.doubt || !exact
		return
	}
	if day, ok := namedWeekday(token); ok {
		w.weekday = day
		return
	}
	switch token {
	case "awal", "early", "beginning":
		w.part = "awal"
	case "pertengahan", "mid", "middle":
		w.part = "pertengahan"
	case "akhir", "end", "late":
		w.part = "akhir"
	case "today":
		w.near = true
	case "besok", "tomorrow":
		w.near, w.days = true, 1
	case "lusa":
		w.near, w.days = true, 2
	case "kemarin", "yesterday":
		w.near, w.days = true, -1
	default:
		w.doubt = w.doubt || !slices.Contains(aroundDates(), token)
	}
}

// aroundDates lists the words that stand beside a date and change nothing.
func aroundDates() []string {
	return strings.Fields("tgl tanggal tanggalnya sampai s d sd hingga sampe dengan berlaku habis berakhir kadaluarsa kedaluwarsa jatuh tempo pada hari masa " +
		"bulan tahun thn th st nd rd m masehi ad ce until till to valid through thru expires expired expiry exp date on of the by per is ini itu ya")
}

// day gives the day that was found; it marks what may be meant otherwise.
func (w *writtenDate) day() (time.Time, bool) {
	switch {
	case len(w.months) > 0:
		return w.namedMonth()
	case w.near && len(w.numbers) == 0:
		return midnight(w.now.Year(), w.now.Month(), w.now.Day()+w.days), true
	}
	switch n := w.numbers; len(n) {
	case 0:
		return time.Time{}, false
	case 1:
		return w.unbroken(n[0])
	case 2:
		w.doubt = true
		if isDigits(n[1], 4, 4) {
			return w.inMonth(n[1], time.Month(number(n[0])))
		}
		return w.nextOf(n[0], number(n[1]))
	case 3:
		return w.ordered(n[0], n[1], n[2])
	case 6: // from and to
		w.doubt = true
		return w.ordered(n[3], n[4], n[5])
	default:
		w.doubt = true // with a time of day
		return w.ordered(n[0], n[1], n[2])
	}
}

// namedMonth reads a day whose month has a name: with two of them the later one.
func (w *writtenDate) namedMonth() (time.Time, bool) {
	month, before, after := w.months[len(w.months)-1], w.numbers[:w.before], w.numbers[w.before:]
	if len(w.months) > 1 || len(w.numbers) > 2 {
		w.doubt = true
		before = before[max(0, len(before)-1):]
	}
	n := slices.Concat(before, after)
	if len(n) > 0 && isDigits(n[0], 4, 4) && len(n) > 1 { // 2027 Desember 31, 2027 Desember
		n[0], n[1] = n[1], n[0]
	}
	switch {
	case len(n) == 0:
		return time.Time{}, false
	case len(n) == 1 && isDigits(n[0], 4, 4):
		w.doubt = true
		return w.inMonth(n[0], month)
	case len(n) == 1:
		w.doubt = true
		return w.nextOf(n[0], int(month))
	case w.part != "":
		w.doubt = true
	}
	return exactDay(n[1], month, n[0])
}

// inMonth gives the day of a month that is likeliest meant: its last one, unless its
// first days or its middle were named.
func (w *writtenDate) inMonth(year string, month time.Month) (time.Time, bool) {
	first, ok := exactDay(year, month, "1")
	switch w.part {
	case "awal":
		return first, ok
	case "pertengahan":
		return first.AddDate(0, 0, 14), ok
	}
	return first.AddDate(0, 1, -1), ok
}

// nextOf gives the next day of this name from today on.
func (w *writtenDate) nextOf(day string, month int) (time.Time, bool) {
	today := midnight(w.now.Year(), w.now.Month(), w.now.Day())
	for year := w.now.Year(); year <= w.now.Year()+4; year++ { // 29 February comes again
		if t, ok := exactDay(strconv.Itoa(year), time.Month(month), day); ok && !t.Before(today) {
			return t, true
		}
	}
	return time.Time{}, false
}

// unbroken reads a date without separators, or a year alone.
func (w *writtenDate) unbroken(s string) (time.Time, bool) {
	switch len(s) {
	case 8:
		day, isDay := exactDay(s[4:], time.Month(number(s[2:4])), s[:2])
		iso, isISO := exactDay(s[:4], time.Month(number(s[4:6])), s[6:])
		if !isDay {
			return iso, isISO
		}
		w.doubt = w.doubt || isISO
		return day, true
	case 6:
		w.doubt = true
		return exactDay(s[4:], time.Month(number(s[2:4])), s[:2])
	case 4:
		w.doubt = true
		switch w.part {
		case "awal":
			return exactDay(s, time.January, "1")
		case "pertengahan":
			return exactDay(s, time.June, "30")
		}
		return exactDay(s, time.December, "31")
	}
	return time.Time{}, false
}

// ordered reads three numbers: the year first if it has four digits, else the day. The
// month first, as Americans write, is read where nothing else can be meant, and asked.
func (w *writtenDate) ordered(a, b, c string) (time.Time, bool) {
	if isDigits(a, 4, 4) {
		a, c = c, a
	}
	if other, ok := exactDay(a, time.Month(number(b)), c); ok && len(a) == 2 && len(c) == 2 && w.yearFirst(other, number(c)) {
		w.doubt = true
		return other, true
	}
	first, second := number(a), number(b)
	if day, ok := exactDay(c, time.Month(second), a); ok {
		w.doubt = w.doubt || len(c) == 2 && first <= 12 && first != second
		return day, true
	}
	w.doubt = true
	return exactDay(c, time.Month(first), b)
}

// yearFirst tells whether three numbers of two digits, the last one being a year if the day
// stands first, rather begin with the year: "27-12-31".
func (w *writtenDate) yearFirst(day time.Time, last int) bool {
	if last > 79 {
		return false
	}
	far, near := 2000+last-w.now.Year(), day.Year()-w.now.Year()
	return near >= 0 && far > near && (w.dashed || far > 3)
}

// exactDay gives the day of these numbers; the year has two or four digits.
func exactDay(year string, month time.Month, day string) (time.Time, bool) {
	y, d := number(year), number(day)
	switch {
	case len(year) == 2 && y < 80:
		y += 2000
	case len(year) == 2:
		y += 1900
	case len(year) != 4:
		return time.Time{}, false
	}
	t := midnight(y, month, d)
	return t, y >= 1900 && y < 2200 && len(day) <= 2 && t.Day() == d && t.Month() == month
}

func midnight(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, workflow.WIB())
}

// number reads digits; what is too long for a number is -1.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// IsMonth tells whether a word is the name of a month, or nearly.
func IsMonth(word string) bool {
	_, _, ok := writtenMonth(strings.ToLower(word), false)
	return ok
}

// writtenMonth reads a month's name, also misspelt, or its Roman number where a day went
// before. exact is false where two letters are wrong.
func writtenMonth(s string, roman bool) (month time.Month, exact, ok bool) {
	if month, ok = parseMonth(s); ok {
		return month, true, true
	}
	if i := slices.Index(strings.Fields("i ii iii iv v vi vii viii ix x xi xii"), s); i >= 0 && roman {
		return time.Month(i + 1), true, true
	}
	if len(s) < 4 || slices.Contains(aroundDates(), s) {
		return 0, false, false
	}
	least := 3
	for _, lang := range []workflow.Lang{workflow.Indonesian, workflow.English} {
		for i, name := range monthNames(lang) {
			d, m := spelling.Distance(s, strings.ToLower(name)), time.Month(i+1)
			switch {
			case 2*d >= len(name) || d > least:
			case d < least:
				least, month, ok = d, m, true
			case m != month:
				ok = false // two are as near
			}
		}
	}
	return month, least == 1, ok
}

// namedWeekday reads the name of a day of the week, whole or its first three letters.
func namedWeekday(s string) (time.Weekday, bool) {
	for _, lang := range []workflow.Lang{workflow.Indonesian, workflow.English} {
		for i, name := range weekdayNames(lang) {
			if name = strings.ToLower(name); s == name || s == name[:3] {
				return time.Weekday(i), true
			}
		}
	}
	return 0, false
}
