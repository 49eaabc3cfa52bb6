package totp

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	secretSize    = 20 // bytes; RFC 4226 section 4 recommends the length of the hash
	digits        = 6
	periodSeconds = 30
)

// NewSecret draws the secret of an officer's codes from a source of random bytes,
// crypto/rand.Reader outside tests.
func NewSecret(rand io.Reader) ([]byte, error) {
	secret := make([]byte, secretSize)
	if _, err := io.ReadFull(rand, secret); err != nil {
		return nil, fmt.Errorf("draw secret: %w", err)
	}
	return secret, nil
}

// URL gives the otpauth address that an authenticator app is set up with. It
// contains the secret: it is shown once and never kept. Colons in the names,
// which the format has no place for, become spaces. It fails if a name or the
// secret is empty.
func URL(issuer, account string, secret []byte) (string, error) {
	if len(secret) == 0 {
		return "", &Error{Reason: NotSetUp}
	}
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer:      withoutColon(issuer),
		AccountName: withoutColon(account),
		Period:      periodSeconds,
		Digits:      otp.DigitsSix,
		Algorithm:   otp.AlgorithmSHA1,
		Secret:      secret,
	})
	if err != nil {
		return "", fmt.Errorf("make otpauth address: %w", err)
	}
	return key.URL(), nil
}

func withoutColon(name string) string { return strings.ReplaceAll(name, ":", " ") }

// Code gives the code of a secret at now, as an authenticator app shows it. The
// demo shows it on its officers' phones.
func Code(secret []byte, now time.Time) (string, error) {
	if len(secret) == 0 {
		return "", &Error{Reason: NotSetUp}
	}
	return codeOf(secret, stepAt(now))
}

// stepAt numbers the time step of now; it is negative before 1970, and no code
// is taken then because none is after an unused state.
func stepAt(now time.Time) int64 { return now.Unix() / periodSeconds }

func codeOf(secret []byte, step int64) (string, error) {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	code, err := hotp.GenerateCodeCustom(text, uint64(step), hotp.ValidateOpts{ //nolint:gosec // a step before 1970 has a code that no one asks for
		Digits:    otp.DigitsSix,
		Algorithm: otp.AlgorithmSHA1,
	})
	if err != nil {
		return "", fmt.Errorf("make one-time code: %w", err)
	}
	return code, nil
}
