package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Pairing lets an admin link the office's own phone on a web page. The link itself
// says for whom and until when, sealed, as that of [OTPSetup] does; that it was used
// is kept, for whoever links a phone reads and writes as the office.
type Pairing struct {
	Store   LinkStore
	Sealer  session.Sealer
	Now     func() time.Time
	BaseURL string // of the web pages, without a slash at the end
}

// pairingLife is the time for which a link can be used; phone.link tells it.
const pairingLife = 15 * time.Minute

// sealedForPairing binds what is sealed to its use.
const sealedForPairing = "pairing link"

type pairingLink struct {
	Officer workflow.OfficerID `json:"o"`
	Expires time.Time          `json:"e"`
}

// Link makes a link for an admin.
func (p Pairing) Link(o workflow.Officer) (string, error) {
	plain, err := json.Marshal(pairingLink{Officer: o.ID, Expires: p.Now().Add(pairingLife)})
	if err != nil {
		return "", fmt.Errorf("encode pairing link: %w", err)
	}
	sealed, err := p.Sealer.Seal(plain, []byte(sealedForPairing))
	if err != nil {
		return "", fmt.Errorf("seal pairing link: %w", err)
	}
	return p.BaseURL + "/wa/" + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open uses a link up, and gives whose it is. It fails with CodeNotFound for a link that
// is unknown, used or too old, or whose officer is no admin any more.
func (p Pairing) Open(ctx context.Context, token string) (workflow.OfficerID, error) {
	gone := workflow.Refuse(workflow.CodeNotFound, "link")
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil {
		return "", gone
	}
	plain, err := p.Sealer.Unseal(sealed, []byte(sealedForPairing))
	if err != nil {
		return "", gone
	}
	var link pairingLink
	now := p.Now()
	if err := json.Unmarshal(plain, &link); err != nil || !now.Before(link.Expires) {
		return "", gone
	}
	if err := p.Allowed(ctx, link.Officer, link.Expires.Add(-pairingLife)); err != nil {
		return "", err
	}
	sum := sha256.Sum256(sealed)
	_, err = p.Store.Commit(ctx, now, store.UnitOfWork{Claims: []string{"pairing/" + hex.EncodeToString(sum[:16])}})
	if workflow.CodeOf(err) == workflow.CodeDuplicate {
		return "", gone
	}
	if err != nil {
		return "", fmt.Errorf("use up pairing link: %w", err)
	}
	return link.Officer, nil
}

// Allowed fails with CodeNotFound if an officer is no admin, or was disabled since an
// instant.
func (p Pairing) Allowed(ctx context.Context, id workflow.OfficerID, since time.Time) error {
	officer, err := p.Store.Officer(ctx, id)
	if err != nil {
		return err
	}
	if officer.Disabled || !officer.Since(since) || !officer.HasRole(workflow.RoleAdmin) {
		return workflow.Refuse(workflow.CodeNotFound, "link")
	}
	return nil
}

// ShowPhone tells an admin how the office's WhatsApp is, and how to link it.
func ShowPhone(_ context.Context, s *session.Session, _ string) error {
	if s.Env.Phone == nil {
		s.Say("phone.off")
		return nil
	}
	what, todo, linked := s.Env.Phone.State()
	if linked {
		s.Say("phone.state", "what", what, "todo", todo)
		return nil
	}
	link, err := s.Env.Phone.Link(*s.Officer)
	if err != nil {
		return fmt.Errorf("make pairing link: %w", err)
	}
	s.Say("phone.state", "what", what, "todo", s.Text("phone.link", "link", link))
	return nil
}
