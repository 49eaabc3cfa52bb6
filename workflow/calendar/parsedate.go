package calendar

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow"
)

// ParseDate reads a date as people type it in Indonesian or English and gives
// its midnight in WIB: 31/12/2027, 31-12-2027, 31.12.2027, 2027-12-31,
// 31 Desember 2027, 31 Des 2027, 31 December 2027. The day stands before the
// month unless the year stands first; the year has four digits. It fails with
// [workflow.CodeInvalid] on field "tanggal", also for days that do not exist.
func ParseDate(s string) (time.Time, error) {
	parts := dateParts(s)
	if len(parts) != 3 {
		return refuseDate()
	}
	if isDigits(parts[0], 4, 4) {
		parts[0], parts[2] = parts[2], parts[0]
	}
	month, ok := parseMonth(parts[1])
	if !ok || !isDigits(parts[0], 1, 2) || !isDigits(parts[2], 4, 4) {
		return refuseDate()
	}
	day, _ := strconv.Atoi(parts[0])
	year, _ := strconv.Atoi(parts[2])
	t := time.Date(year, month, day, 0, 0, 0, 0, workflow.WIB())
	if year == 0 || t.Day() != day || t.Month() != month { // rolled over: 31 February
		return refuseDate()
	}
	return t, nil
}

func refuseDate() (time.Time, error) {
	return time.Time{}, workflow.Refuse(workflow.CodeInvalid, "tanggal")
}

// dateParts splits at the one separator that s uses. A month in letters leaves
// no doubt, so there any separators will do, as in "31-Des. 2027".
func dateParts(s string) []string {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsLetter) {
		return strings.FieldsFunc(s, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("/-.,", r)
		})
	}
	for _, separator := range []string{"/", "-", "."} {
		if !strings.Contains(s, separator) {
			continue
		}
		parts := strings.Split(s, separator)
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		return parts
	}
	return strings.Fields(s)
}

// parseMonth reads a month's number, or its name in either language, whole or
// short.
func parseMonth(s string) (time.Month, bool) {
	if isDigits(s, 1, 2) {
		n, _ := strconv.Atoi(s)
		return time.Month(n), n >= 1 && n <= 12
	}
	for _, lang := range []workflow.Lang{workflow.Indonesian, workflow.English} {
		for i, name := range monthNames(lang) {
			if strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) {
				return time.Month(i + 1), true
			}
		}
	}
	return otherMonth(strings.ToLower(s))
}

// otherMonth reads the spellings that are common beside the official ones.
func otherMonth(s string) (time.Month, bool) {
	switch s {
	case "pebruari", "peb":
		return time.February, true
	case "agt", "ags", "agst":
		return time.August, true
	case "sept":
		return time.September, true
	case "nopember", "nop":
		return time.November, true
	}
	return 0, false
}
