//go:build !nowhatsapp

// Package vcard reads contact cards.
package vcard

import (
	"cmp"
	"slices"
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"
)

// Phones gives the phone numbers of contact cards, as an answer would be typed: of each
// card mobile numbers first and fax last. A card without a number gives its name.
func Phones(cards ...*waE2E.ContactMessage) string {
	var all []string
	for _, card := range cards {
		phones, name := readCard(card.GetVcard())
		if len(phones) == 0 {
			phones = []string{cmp.Or(name, card.GetDisplayName())}
		}
		all = append(all, phones...)
	}
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	return strings.Join(slices.Compact(all), ", ")
}

// cardPhone is a number of a card, and its rank: what people answer comes first.
type cardPhone struct {
	number string
	rank   int
}

// readCard reads the numbers and the name of a vCard (RFC 2426, RFC 6350).
func readCard(card string) (phones []string, name string) {
	var found []cardPhone
	for line := range strings.Lines(card) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if group, rest, grouped := strings.Cut(key, "."); grouped && !strings.ContainsAny(group, ";=") { // "item1.TEL"
			key = rest
		}
		kind, parameters, _ := strings.Cut(strings.ToUpper(key), ";")
		switch kind {
		case "TEL":
			if number := bareNumber(value); number != "" {
				found = append(found, cardPhone{number, rankOf(parameters)})
			}
		case "FN":
			name = value
		}
	}
	slices.SortStableFunc(found, func(a, b cardPhone) int { return a.rank - b.rank })
	for _, p := range found {
		if !slices.Contains(phones, p.number) {
			phones = append(phones, p.number)
		}
	}
	return phones, name
}

// bareNumber gives the number of a value, which may be a URI ("tel:+62-812-3456;ext=1").
func bareNumber(value string) string {
	if len(value) > 4 && strings.EqualFold(value[:4], "tel:") {
		value = value[4:]
	}
	value, _, _ = strings.Cut(value, ";")
	return strings.TrimSpace(value)
}

func rankOf(parameters string) int {
	switch {
	case strings.Contains(parameters, "FAX"):
		return 2
	case strings.Contains(parameters, "CELL"), strings.Contains(parameters, "MOBILE"), strings.Contains(parameters, "WAID"):
		return 0
	}
	return 1
}
