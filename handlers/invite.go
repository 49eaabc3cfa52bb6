package handlers

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"izinbot/workflow"
)

// InvitationLife is how long an invitation code can be used.
const InvitationLife = 7 * 24 * time.Hour

// NewInvitation makes a one-time code (50 random bits) with which one person
// becomes the officer. Only the invitation, which holds the code's hash, is kept.
func NewInvitation(random io.Reader, officer workflow.OfficerID, now time.Time) (code string, inv workflow.Invitation, err error) {
	var raw [10]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", inv, fmt.Errorf("draw an invitation code: %w", err)
	}
	s := base32.StdEncoding.EncodeToString(raw[:])[:10]
	code = s[:5] + "-" + s[5:]
	return code, workflow.Invitation{Hash: hashInvitation(code), Officer: officer, Expires: now.Add(InvitationLife)}, nil
}

// hashInvitation hashes a code as typed: in any case, with or without dashes and
// spaces.
func hashInvitation(code string) string {
	code = strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(code))
	h := sha256.Sum256([]byte("izinbot invitation " + code))
	return hex.EncodeToString(h[:])
}
