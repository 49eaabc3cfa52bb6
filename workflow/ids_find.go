package workflow

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// FoundCase is a case id that stands in a text.
type FoundCase struct {
	ID   CaseID // its check digit fits; "" if there is none
	Slip string // a number of the same form with a wrong check digit, as an id; "" for none
	Rest string // the text without it
}

// FindCaseID looks for the id of a case of a procedure in a text: in any case, with blanks,
// dots, dashes or nothing between its parts, with O for 0 and l or I for 1. The text has
// the digits 0 to 9 and plain dashes.
func FindCaseID(text, code string) FoundCase {
	found := FoundCase{Rest: text}
	for at := 0; at+len(code) <= len(text); at++ {
		if !strings.EqualFold(text[at:at+len(code)], code) || at > 0 && isAlnum(text[at-1]) {
			continue
		}
		id, slip, end := caseNumberAt(text, code, at+len(code))
		if id == "" && slip == "" {
			continue
		}
		rest := strings.TrimSpace(strings.TrimSpace(text[:at]) + " " + strings.TrimSpace(text[end:]))
		if id != "" {
			return FoundCase{ID: id, Rest: rest}
		}
		if found.Slip == "" {
			found = FoundCase{Slip: slip, Rest: rest}
		}
	}
	return found
}

// caseNumberAt reads year, running number and check digit behind a code.
func caseNumberAt(text, code string, at int) (id CaseID, slip string, end int) {
	var digits []byte
	for i := at; i < len(text) && len(digits) < 14; i++ {
		d, ok := likeDigit(text[i])
		if !ok {
			if !strings.ContainsRune(" .-_/*:#", rune(text[i])) {
				break
			}
			continue
		}
		digits = append(digits, d)
		if n := len(digits); n < 10 || i+1 < len(text) && isAlnum(text[i+1]) {
			continue
		}
		whole := code + "-" + string(digits[:4]) + "-" + string(digits[4:len(digits)-1]) + "-" + string(digits[len(digits)-1])
		if id, err := ParseCaseID(whole); err == nil {
			return id, "", i + 1
		}
		if slip == "" && len(digits) == 10 {
			slip, end = strings.ToUpper(whole), i+1
		}
	}
	return "", slip, end
}

func likeDigit(b byte) (byte, bool) {
	switch {
	case b >= '0' && b <= '9':
		return b, true
	case b == 'O' || b == 'o':
		return '0', true
	case b == 'l' || b == 'I' || b == '|':
		return '1', true
	}
	return 0, false
}

func isAlnum(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// recentYears is for how many years, the present one too, a case is looked for by a part of
// its number.
const recentYears = 3

// ShortCaseID completes "00042-7", a case's number without procedure and year, by the
// years from now back that its check digit fits; it fails unless it is one year.
func ShortCaseID(text, code string, now time.Time) (CaseID, error) {
	number, check, _ := strings.Cut(strings.TrimSpace(text), "-")
	seq, err := strconv.Atoi(number)
	if err != nil || len(number) < 3 || len(number) > 5 || len(check) != 1 || seq < 1 {
		return "", Refuse(CodeInvalid, "case_id")
	}
	var fits []CaseID
	for y := range recentYears {
		if id := MakeCaseID(code, now.In(WIB()).Year()-y, seq); strings.HasSuffix(string(id), "-"+check) {
			fits = append(fits, id)
		}
	}
	if len(fits) != 1 {
		return "", Refuse(CodeInvalid, "case_id")
	}
	return fits[0], nil
}

// LikelySlips lists the ids that a number with a wrong check digit may stand for, the likeliest
// first: two neighbours that changed places, or one digit that was taken for another like
// it, so that a case of the last years may have it. Whether there is such a case, and who
// may hear of it, the caller looks up.
func LikelySlips(slip string, now time.Time) []CaseID {
	var found []CaseID
	add := func(s string) {
		if id, ok := recentCaseID(s, now); ok && !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	for i := len(slip) - 1; i > 0; i-- {
		if slip[i] != slip[i-1] {
			add(slip[:i-1] + slip[i:i+1] + slip[i-1:i] + slip[i+1:])
		}
	}
	for _, alike := range []string{"17", "71", "06", "60", "08", "80", "38", "83", "56", "65", "49", "94", "69", "96", "12", "21", "23", "32"} {
		for i := strings.IndexByte(slip, '-'); i >= 0 && i < len(slip); i++ {
			if slip[i] == alike[0] {
				add(slip[:i] + alike[1:] + slip[i+1:])
			}
		}
	}
	return found
}

// recentCaseID reads the id of a case of the last years.
func recentCaseID(s string, now time.Time) (CaseID, bool) {
	id, err := ParseCaseID(s)
	if err != nil || strings.HasPrefix(s, "-") {
		return "", false
	}
	year, _ := strconv.Atoi(strings.Split(string(id), "-")[1])
	return id, year <= now.In(WIB()).Year() && year > now.In(WIB()).Year()-recentYears
}
