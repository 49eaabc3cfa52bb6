package workflow

import (
	"strings"
	"unicode/utf8"
)

// required gives a remark that must be made, as it is kept: without the space
// around it. It fails with [CodeNoteMissing], or as optional does.
func required(s string) (string, error) {
	if blank(s) {
		return "", Refuse(CodeNoteMissing, "")
	}
	return optional(s, "note")
}

// optional gives a remark as it is kept, "" for none. It fails with [CodeInvalid]
// about the field if the remark is longer than MaxLongAnswer or no text.
func optional(s, field string) (string, error) {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > MaxLongAnswer || !utf8.ValidString(s) {
		return "", Refuse(CodeInvalid, field)
	}
	return s, nil
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
