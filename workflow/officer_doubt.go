package workflow

import (
	"slices"
	"strings"
	"unicode"
)

// SameNIP gives the enabled officer among others who has the NIP of o, if there is
// one. Spaces do not count: offices write a NIP with and without them.
func (o Officer) SameNIP(others []Officer) (Officer, bool) {
	nip := bareNIP(o.NIP)
	if nip == "" {
		return Officer{}, false
	}
	for _, other := range others {
		if other.ID != o.ID && !other.Disabled && bareNIP(other.NIP) == nip {
			return other, true
		}
	}
	return Officer{}, false
}

// LacksNIP tells for which of his roles an officer without NIP needs one: letters
// print the NIP of whoever signs or initials them.
func (o Officer) LacksNIP(def *SOP) (Role, bool) {
	if bareNIP(o.NIP) != "" {
		return "", false
	}
	for _, role := range o.Roles {
		if slices.ContainsFunc(def.Steps, func(s Step) bool { return marksLetters(s, role) }) {
			return role, true
		}
	}
	return "", false
}

// marksLetters tells whether a role signs or initials letters at a step.
func marksLetters(s Step, role Role) bool {
	switch s.Kind { //nolint:exhaustive // at the other steps nothing is marked
	case KindDraft, KindInitial, KindSign, KindRecommend:
		return s.Role == role
	case KindCoordinate:
		return s.Signer == role
	}
	return false
}

func bareNIP(nip string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, nip)
}
