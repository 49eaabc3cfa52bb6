package account

import (
	"fmt"
	"io"
	"strings"
	"time"

	"izinbot/workflow"
)

// Linking codes are seven drawn letters and a check letter, "7K2M-9QXA". Seven of
// linkLetters are 34 bits: with a handful of codes alive at a time and few tries a
// chat, nobody finds one by guessing.
const (
	// LinkLife is the time for which a linking code can be used.
	LinkLife = 30 * time.Minute
	// LinkTries is the number of wrong codes in a row after which a person must wait.
	LinkTries = 5
	// LinkPause is the length of that wait.
	LinkPause = 15 * time.Minute

	// linkLetters leaves out what is taken for something else: 0, 1, I, L, O. There
	// are 31, a prime, so that the check letter finds every wrong letter and every
	// swap of two.
	linkLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	linkLength  = 8
)

// newLinkCode draws a code with which another chat becomes the person's.
func newLinkCode(random io.Reader, person workflow.PersonID, now time.Time) (code string, inv workflow.Invitation, err error) {
	letters := make([]byte, 0, linkLength)
	for len(letters) < linkLength-1 {
		var b [1]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return "", inv, fmt.Errorf("draw a linking code: %w", err)
		}
		if n := int(b[0] & 31); n < len(linkLetters) { // the 32nd is drawn again: all are equally likely
			letters = append(letters, linkLetters[n])
		}
	}
	s := string(append(letters, linkCheck(string(letters))))
	hash, err := hashLinkCode(s)
	if err != nil {
		return "", inv, err
	}
	inv = workflow.Invitation{Hash: hash, Person: person, Expires: now.Add(LinkLife)}
	return s[:4] + "-" + s[4:], inv, nil
}

// linkCheck is the letter that makes the weighted sum of all a multiple of 31.
func linkCheck(letters string) byte {
	sum := 0
	for i := range len(letters) {
		sum += (i + 2) * strings.IndexByte(linkLetters, letters[i])
	}
	n := len(linkLetters)
	return linkLetters[(n-sum%n)%n]
}

// ParseLinkCode reads a code as people type it: in any case, with or without dashes
// and spaces. It is false for what cannot be one, such as a mistyped one.
func ParseLinkCode(typed string) (string, bool) {
	s := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "–", "", ".", "").Replace(typed))
	if len(s) != linkLength || strings.Trim(s, linkLetters) != "" {
		return "", false
	}
	return s, linkCheck(s[:linkLength-1]) == s[linkLength-1]
}

// hashLinkCode hashes a code; only the hash is stored.
func hashLinkCode(code string) (string, error) { return workflow.HashCode("link", code) }

// LinkStart is the prefix of a code in a link that opens another chat.
const LinkStart = "sambung-"

// linkWord is a code as a word of such a link.
func linkWord(code string) string { return LinkStart + strings.ReplaceAll(code, "-", "") }
