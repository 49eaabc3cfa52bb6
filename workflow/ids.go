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

// Role names a set of rights in a procedure, for example "front_office". The roles of
// a procedure are data (see [SOP]).
type Role string

// Roles that every procedure has, whatever its table says.
const (
	RoleApplicant Role = "pemohon"
	RoleAdmin     Role = "admin"
	RoleSystem    Role = "sistem"
)

// DocCode names a required document of the checklist, for example "B1".
type DocCode string

// LetterKind names a kind of letter, for example "surat_izin". The letters package
// lists the kinds that can be drawn.
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

// ParseLetterID gives back the kind and the serial that MakeLetterID put together.
// It fails with [CodeInvalid].
func ParseLetterID(id LetterID) (LetterKind, int, error) {
	kind, digits, ok := strings.Cut(string(id), "-")
	serial := 1
	if ok {
		serial, _ = strconv.Atoi(digits)
	}
	if kind == "" || MakeLetterID(LetterKind(kind), serial) != id {
		return "", 0, Refuse(CodeInvalid, "letter")
	}
	return LetterKind(kind), serial, nil
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

// checkDigit is Damm's (H. M. Damm, 2004) over the letters and digits of body,
// letters as the numbers 10 to 35: it finds every wrong digit and every swap of
// two neighbours, the check digit's own too.
func checkDigit(body string) byte {
	square := [10]string{
		"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
		"3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
	}
	sum := byte('0')
	for _, r := range body {
		var value string
		switch {
		case r >= '0' && r <= '9':
			value = string(r)
		case r >= 'A' && r <= 'Z':
			value = strconv.Itoa(int(r - 'A' + 10))
		}
		for _, digit := range value {
			sum = square[sum-'0'][digit-'0']
		}
	}
	return sum
}
