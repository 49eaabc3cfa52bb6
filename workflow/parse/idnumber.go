package parse

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow/normalize"
)

// NIK reads an Indonesian identity number (Permendagri 72/2022: region of 6 digits, day,
// month and year of birth with 40 added to a woman's day, 4 digits). One that is not
// possible is a doubt with the number as it was written.
func NIK(s string) (string, error) {
	number := idNumber(s, "nomor", "no", "nik", "ktp", "e-ktp")
	digits := asDigits(number)
	switch {
	case looksLikePassport(number):
		return "", doubt(DoubtOtherID, number)
	case len(digits) != 16 || !allDigits(digits):
		return "", doubt(DoubtNIKLength)
	case !possibleNIK(digits):
		return "", doubt(DoubtNIK, digits)
	}
	return digits, nil
}

// Passport reads the number of a passport: 6 to 9 letters and digits, a digit among them
// (ICAO 9303 has 9 at most), in capitals. Sixteen digits are a NIK, a doubt with it.
func Passport(s string) (string, error) {
	number := idNumber(s, "nomor", "number", "no", "paspor", "passport", "pasport")
	switch {
	case len(number) == 16 && allDigits(number):
		return "", doubt(DoubtOtherID, number)
	case !looksLikePassport(number):
		return "", doubt(DoubtPassport)
	}
	return number, nil
}

// idNumber gives a number in capitals, without label and what parts its digits.
func idNumber(s string, labels ...string) string {
	s = unlabelled(normalize.Unmarked(normalize.Digits(s)), labels...)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.", r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

func looksLikePassport(s string) bool {
	digit := strings.ContainsFunc(s, unicode.IsDigit)
	return len(s) >= 6 && len(s) <= 9 && digit && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}

func allDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// possibleNIK checks region, day of birth and serial number.
func possibleNIK(s string) bool {
	part := func(from, to int) int { n, _ := strconv.Atoi(s[from:to]); return n }
	day, month := part(6, 8), part(8, 10)
	if day > 40 {
		day -= 40
	}
	leap := time.Date(2000, time.Month(month), day, 0, 0, 0, 0, time.UTC) // 29 February may be right
	return province(part(0, 2)) && part(2, 4) > 0 && part(4, 6) > 0 && part(12, 16) > 0 &&
		month >= 1 && month <= 12 && day >= 1 && leap.Day() == day
}

// province tells the codes of provinces (Kepmendagri 300.2.2-2138/2025).
func province(code int) bool {
	for _, r := range [][2]int{{11, 21}, {31, 36}, {51, 53}, {61, 65}, {71, 76}, {81, 82}, {91, 96}} {
		if code >= r[0] && code <= r[1] {
			return true
		}
	}
	return false
}
