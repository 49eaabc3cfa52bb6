package account

import (
	"context"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/totp"
)

// OTPSetup lets an officer set up one-time codes on a web page, once. The link
// itself says for whom and until when, sealed, so that no process need remember
// it; it dies when the officer's record changes, which setting up does.
type OTPSetup struct {
	Store   LinkStore
	Sealer  session.Sealer
	Random  io.Reader
	Now     func() time.Time
	BaseURL string // of the web pages, without a slash at the end
	Issuer  string // what the authenticator app shows
}

// LinkStore is the part of the store in which one-time links are used up.
type LinkStore interface {
	store.People
	Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error)
}

// linkLife is the time for which a set-up link can be used.
const linkLife = 30 * time.Minute

// sealedFor binds what is sealed to its use.
const sealedFor = "otp set-up link"

type setupLink struct {
	Officer workflow.OfficerID `json:"o"`
	Version int                `json:"v"`
	Expires time.Time          `json:"e"`
}

// Link makes a set-up link for an officer.
func (s OTPSetup) Link(_ context.Context, o workflow.Officer) (string, error) {
	plain, err := json.Marshal(setupLink{Officer: o.ID, Version: o.Version, Expires: s.Now().Add(linkLife)})
	if err != nil {
		return "", fmt.Errorf("encode set-up link: %w", err)
	}
	sealed, err := s.Sealer.Seal(plain, []byte(sealedFor))
	if err != nil {
		return "", fmt.Errorf("seal set-up link: %w", err)
	}
	return s.BaseURL + "/otp/" + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open uses a link up: it gives the officer's new secret as QR code and text, and
// his name. It fails with CodeNotFound for a link that is unknown, used or too old.
func (s OTPSetup) Open(ctx context.Context, token string) (qr []byte, secret, name string, err error) {
	officer, err := s.officer(ctx, token)
	if err != nil {
		return nil, "", "", err
	}
	raw, err := totp.NewSecret(s.Random)
	if err != nil {
		return nil, "", "", fmt.Errorf("make secret: %w", err)
	}
	sealed, err := s.Sealer.Seal(raw, []byte(officer.ID))
	if err != nil {
		return nil, "", "", fmt.Errorf("seal secret: %w", err)
	}
	officer.OTP = workflow.OTP{Secret: sealed}
	if _, err := s.Store.Commit(ctx, s.Now(), store.UnitOfWork{Officers: []workflow.Officer{officer}}); err != nil {
		return nil, "", "", fmt.Errorf("keep secret: %w", err)
	}
	url, err := totp.URL(s.Issuer, officer.Name, raw)
	if err != nil {
		return nil, "", "", fmt.Errorf("make otpauth link: %w", err)
	}
	qr, err = totp.QR(url)
	return qr, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw), officer.Name, err
}

func (s OTPSetup) officer(ctx context.Context, token string) (workflow.Officer, error) {
	gone := workflow.Refuse(workflow.CodeNotFound, "link")
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return workflow.Officer{}, gone
	}
	plain, err := s.Sealer.Unseal(sealed, []byte(sealedFor))
	if err != nil {
		return workflow.Officer{}, gone
	}
	var link setupLink
	if err := json.Unmarshal(plain, &link); err != nil || !s.Now().Before(link.Expires) {
		return workflow.Officer{}, gone
	}
	officer, err := s.Store.Officer(ctx, link.Officer)
	if err != nil {
		return officer, err
	}
	if officer.Version != link.Version || officer.Disabled {
		return officer, gone
	}
	return officer, nil
}
