package workflow

import (
	"fmt"
	"strconv"
	"strings"
)

// CaseID names a case to people and machines alike, for example
// "LKS-2026-00042-7": permit code, year of intake, running number of that year
// and a check digit. It is allotted when the application is submitted and
// becomes the applicant's resi number once the file is complete (docs/adr/0003).
type CaseID string

// PersonID identifies a human being who talks to the office on any channel.
type PersonID string

// OfficerID identifies an employee of the office.
type OfficerID string

// Role is what a person may do in a procedure, for example "front_office". The
// roles of a procedure are data (see [SOP]).
type Role string

// Roles that every procedure has, whatever its table says.
const (
	RoleApplicant Role = "pemohon"
	RoleAdmin     Role = "admin"
	RoleSystem    Role = "sistem"
)

// DocCode names a required document of the checklist, for example "B1".
type DocCode string

// LetterKind names what a letter is, for example "surat_izin". The kinds that
// can be drawn are listed by the letters package.
type LetterKind string

// LetterID names one letter within its case: its kind and, from the second of
// that kind on, its serial ("klarifikasi", "klarifikasi-2").
type LetterID string

// MakeLetterID gives the id of the serial-th letter (from 1) of a kind.
func MakeLetterID(kind LetterKind, serial int) LetterID {
	if serial <= 1 {
		return LetterID(kind)
	}
	return LetterID(string(kind) + "-" + strconv.Itoa(serial))
}

// MakeCaseID gives the id of the seq-th case (from 1) of a year. The code is the
// procedure's own, two to five capital letters.
func MakeCaseID(code string, year, seq int) CaseID {
	body := fmt.Sprintf("%s-%04d-%05d", code, year, seq)
	return CaseID(body + "-" + string(checkDigit(body)))
}

// ParseCaseID reads a case id as a person may type it: in any case, with spaces
// or dots for dashes. It fails with [CodeInvalid] if the form or the check digit
// is wrong, so that one mistyped or two swapped digits never name another case.
func ParseCaseID(s string) (CaseID, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	s = strings.NewReplacer(" ", "-", ".", "-", "_", "-", "/", "-", "–", "-").Replace(s)
	parts := strings.Split(s, "-")
	if len(parts) != 4 || !isCode(parts[0]) || len(parts[1]) != 4 || len(parts[2]) < 5 || len(parts[2]) > 9 || len(parts[3]) != 1 {
		return "", Refuse(CodeInvalid, "case_id")
	}
	year, errYear := strconv.Atoi(parts[1])
	seq, errSeq := strconv.Atoi(parts[2])
	if errYear != nil || errSeq != nil || year < 1 || seq < 1 {
		return "", Refuse(CodeInvalid, "case_id")
	}
	id := MakeCaseID(parts[0], year, seq)
	if string(id) != s {
		return "", Refuse(CodeInvalid, "case_id")
	}
	return id, nil
}

func isCode(s string) bool {
	if len(s) < 2 || len(s) > 5 {
		return false
	}
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// checkDigit is ISO/IEC 7064 MOD 11,10 over the letters and digits of body
// (letters count as the last digit of their code point): it finds every single
// wrong digit and nearly every swap of two neighbours.
func checkDigit(body string) byte {
	product := 10
	for _, r := range body {
		if r == '-' {
			continue
		}
		digit := int(r) % 10
		if r >= '0' && r <= '9' {
			digit = int(r - '0')
		}
		sum := (product + digit) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return byte('0' + (11-product)%10)
}
