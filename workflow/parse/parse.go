// Package parse reads values as people write them in a chat, phone numbers, e-mail
// addresses, identity numbers, points on earth and periods, and gives the form in which
// they are stored. What is not plain is never guessed: it is returned as a [DoubtError].
package parse

import "strings"

// DoubtError is the error for what cannot be taken as it was written.
type DoubtError struct {
	// Code says why, for the sentence that asks: it is the end of a catalogue key.
	Code DoubtCode
	// Meant lists what may have been meant, in stored form, the likeliest first; it is
	// empty where the value has to be written anew.
	Meant []string
}

// Error implements error, without the value: it may be personal.
func (d *DoubtError) Error() string { return "unclear value: " + string(d.Code) }

// DoubtCode says what is unclear about a value.
type DoubtCode string

// Codes of doubts.
const (
	DoubtDate        DoubtCode = "date"         // not complete, or in an order that may mean two days
	DoubtPhones      DoubtCode = "phones"       // several numbers where one is asked for
	DoubtPhone       DoubtCode = "phone"        // no number that a country has
	DoubtEmails      DoubtCode = "emails"       // several addresses
	DoubtEmail       DoubtCode = "email"        // no complete address
	DoubtNIK         DoubtCode = "nik"          // 16 digits with no possible region or day of birth
	DoubtNIKLength   DoubtCode = "nik_length"   // not 16 digits
	DoubtPassport    DoubtCode = "passport"     // not of the form of a passport's number
	DoubtOtherID     DoubtCode = "other_id"     // the number of another kind of document than was chosen
	DoubtPoint       DoubtCode = "point"        // no point in it
	DoubtZero        DoubtCode = "zero"         // latitude and longitude are 0: no point was known
	DoubtShortLink   DoubtCode = "short_link"   // a link that does not hold the point
	DoubtPeriod      DoubtCode = "period"       // not from a day or month to another
	DoubtPeriodOrder DoubtCode = "period_order" // it ends before it begins
	DoubtPeriodPast  DoubtCode = "period_past"  // it is over
)

func doubt(code DoubtCode, meant ...string) error { return &DoubtError{Code: code, Meant: meant} }

// unlabelled cuts what people write before a value: "Telp.: ", "e-mail = ". A label is one
// of the words, with a colon, an equals sign or a blank behind it.
func unlabelled(s string, labels ...string) string {
	s = strings.TrimSpace(s)
	for cut := true; cut; {
		cut = false
		for _, label := range labels {
			if len(s) < len(label) || !strings.EqualFold(s[:len(label)], label) {
				continue
			}
			rest := strings.TrimLeft(s[len(label):], ".:= ")
			if rest != s[len(label):] || rest == "" {
				s, cut = rest, true
			}
		}
	}
	return s
}
