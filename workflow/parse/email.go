package parse

import (
	"net/mail"
	"slices"
	"strings"

	"izinbot/workflow/normalize"
)

// Email reads an e-mail address: in angle brackets, behind a label or a name, with a full
// stop behind it. It gives it in small letters.
func Email(s string) (string, error) {
	s = strings.ToLower(normalize.Line(s))
	var found []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;/<>()[]\"'|", r) }) {
		if address, ok := address(word); ok && !slices.Contains(found, address) {
			found = append(found, address)
		}
	}
	if len(found) == 0 { // "kantor @ contoh . example"
		s = strings.ReplaceAll(unlabelled(s, "alamat", "surel", "pos-el", "e-mail", "email", "mail"), " ", "")
		if address, ok := address(s); ok {
			return address, nil
		}
		return "", doubt(DoubtEmail)
	}
	if len(found) > 1 {
		return "", doubt(DoubtEmails, found...)
	}
	return found[0], nil
}

// address gives a complete address without what stands around it.
func address(word string) (string, bool) {
	word = strings.TrimPrefix(strings.Trim(word, "*_`~.:=!?"), "mailto:")
	for _, label := range []string{"e-mail:", "email:", "e-mail=", "email=", "surel:", "mail:"} {
		word = strings.TrimPrefix(word, label)
	}
	_, domain, _ := strings.Cut(word, "@")
	a, err := mail.ParseAddress(word)
	return word, err == nil && a.Address == word && strings.Contains(domain, ".") && !strings.Contains(domain, "..")
}
