package workflow

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// Invitation is a code that is good for one thing, once: it lets one person become
// an officer, or links another chat to a person. One of Officer and Person is set.
// A code is good only while the officer's Invited, or the person's Linking.Code, names
// it: a new one voids those before in the same write.
type Invitation struct {
	Hash    string    `json:"hash"` // see [HashCode]; the code itself is not kept
	Version int       `json:"version"`
	Officer OfficerID `json:"officer"`
	Person  PersonID  `json:"person,omitempty"` // whose chat gave out a linking code
	Expires time.Time `json:"expires"`
	Used    time.Time `json:"used,omitzero"`
}

const (
	// InvitationLife is the validity of an invitation code.
	InvitationLife = 7 * 24 * time.Hour
	// invitationLetters is the length of an invitation code without its dash.
	invitationLetters = 10
	// hashRounds makes one guess at a kept hash cost about 10 ms of a processor: all
	// codes of 50 bits would take a thousand graphics cards longer than a code lives.
	hashRounds = 1 << 16
)

// Invite makes a one-time code (nearly 50 random bits) with which one person becomes
// the officer, and voids every earlier code and the rights of whoever joined before. An
// officer who was disabled comes back with it.
func Invite(random io.Reader, o Officer, now time.Time) (code string, invited Officer, inv Invitation, err error) {
	var raw [8]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", o, inv, fmt.Errorf("draw an invitation code: %w", err)
	}
	code = base32.StdEncoding.EncodeToString(raw[:])[:invitationLetters]
	if strings.Trim(code, base32Letters) == "" { // without a digit it looks like a word
		code = code[1:] + string(base32Digits[int(raw[7])%len(base32Digits)])
	}
	hash, err := HashCode("invitation", code)
	if err != nil {
		return "", o, inv, err
	}
	o.Invited, o.Person, o.Joined = hash, "", time.Time{}
	o.Disabled, o.Barred = false, now
	return code[:5] + "-" + code[5:], o, Invitation{Hash: hash, Officer: o.ID, Expires: now.Add(InvitationLife)}, nil
}

const (
	base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base32Digits  = "234567"
)

// ParseInvitation reads an invitation code as people type it: in any case, with or
// without dashes and spaces. It is false for what cannot be one, such as a word.
func ParseInvitation(typed string) (code string, ok bool) {
	code = strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "–", "", ".", "").Replace(typed))
	ok = len(code) == invitationLetters && strings.Trim(code, base32Letters+base32Digits) == "" &&
		strings.Trim(code, base32Letters) != ""
	if !ok {
		return "", false
	}
	return code, true
}

// HashCode gives the hash of a one-time code for a purpose, in hex. It is slow on
// purpose, since codes are short enough to be typed. It needs no key: commands on a
// stopped office's data work without the key file.
func HashCode(purpose, code string) (string, error) {
	h, err := pbkdf2.Key(sha256.New, code, []byte("izinbot "+purpose), hashRounds, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("hash a code: %w", err)
	}
	return hex.EncodeToString(h), nil
}

// SameHash compares two hashes of codes in constant time. An empty one is like none.
func SameHash(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
