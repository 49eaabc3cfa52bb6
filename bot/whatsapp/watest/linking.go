package watest

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"go.mau.fi/whatsmeow/util/keys"
	"golang.org/x/crypto/curve25519"
)

// linking is a pairing by a code that the owner types on the main phone.
type linking struct {
	ref     string
	wrapped []byte // the client's key, encrypted with the code
	own     *keys.KeyPair
	shared  []byte
}

// rounds is the number of times that the code is hashed to a key.
const rounds = 2 << 16

// answerLinking takes the first and the last part of a pairing by code.
func (s *Server) answerLinking(ctx context.Context, c *conn, reg waBinary.Node) []waBinary.Node {
	s.mu.Lock()
	p := s.pairing
	s.mu.Unlock()
	if p == nil || p.conn != c {
		s.fault("a client that was not asked to wants to be linked by code")
		return nil
	}
	if reg.Attrs["stage"] == "companion_hello" {
		wrapped, _ := reg.GetChildByTag("link_code_pairing_wrapped_companion_ephemeral_pub").Content.([]byte)
		link := &linking{ref: "link-" + s.newID(), wrapped: wrapped, own: keys.NewKeyPair()}
		s.mu.Lock()
		p.link = link
		s.mu.Unlock()
		return []waBinary.Node{{Tag: "link_code_companion_reg", Content: []waBinary.Node{
			{Tag: "link_code_pairing_ref", Content: []byte(link.ref)},
		}}}
	}
	bundle, _ := reg.GetChildByTag("link_code_pairing_wrapped_key_bundle").Content.([]byte)
	if err := s.finishLinking(ctx, p, bundle); err != nil {
		s.fault("link by code: %w", err)
	}
	return nil
}

// EnterCode types the code that a client shows on the main phone.
func (s *Server) EnterCode(ctx context.Context, code string) error {
	s.mu.Lock()
	p := s.pairing
	s.mu.Unlock()
	if p == nil || p.link == nil || len(p.link.wrapped) != 80 {
		return ErrNobodyPairs
	}
	code = strings.ReplaceAll(code, "-", "")
	theirs, err := scramble(code, p.link.wrapped[:32], p.link.wrapped[32:48], p.link.wrapped[48:])
	if err != nil {
		return err
	}
	if p.link.shared, err = curve25519.X25519(p.link.own.Priv[:], theirs); err != nil {
		return fmt.Errorf("agree on a secret: %w", err)
	}
	head := make([]byte, 48)
	if _, err := rand.Read(head); err != nil {
		return err
	}
	mine, err := scramble(code, head[:32], head[32:], p.link.own.Pub[:])
	if err != nil {
		return err
	}
	public := s.main.keys.GetIdentityKeyPair().PublicKey().PublicKey().PublicKey()
	return p.conn.send(ctx, waBinary.Node{
		Tag:   "notification",
		Attrs: waBinary.Attrs{"from": types.ServerJID, "type": "link_code_companion_reg", "id": s.newID(), "t": s.seconds()},
		Content: []waBinary.Node{{Tag: "link_code_companion_reg", Content: []waBinary.Node{
			{Tag: "link_code_pairing_ref", Content: []byte(p.link.ref)},
			{Tag: "link_code_pairing_wrapped_primary_ephemeral_pub", Content: slices.Concat(head, mine)},
			{Tag: "primary_identity_pub", Content: public[:]},
		}}},
	})
}

// scramble encrypts or decrypts a key with a code.
func scramble(code string, salt, iv, key []byte) ([]byte, error) {
	secret, err := pbkdf2.Key(sha256.New, code, salt, rounds, 32)
	if err != nil {
		return nil, fmt.Errorf("hash the code: %w", err)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("prepare cipher: %w", err)
	}
	out := make([]byte, len(key))
	cipher.NewCTR(block, iv).XORKeyStream(out, key)
	return out, nil
}

// finishLinking learns the client's identity. Only a client that knows the code can
// have encrypted it.
func (s *Server) finishLinking(ctx context.Context, p *pairing, bundle []byte) error {
	if p.link == nil || len(bundle) < 44 {
		return errors.New("the last part came before the first")
	}
	key := hkdfutil.SHA256(p.link.shared, bundle[:32], []byte("link_code_pairing_key_bundle_encryption_key"), 32)
	plain, err := gcmutil.Decrypt(key, bundle[32:44], bundle[44:], nil)
	if err != nil || len(plain) != 96 {
		return errors.Join(errors.New("the code was wrong"), err)
	}
	private := s.main.keys.GetIdentityKeyPair().PrivateKey().Serialize()
	shared, err := curve25519.X25519(private[:], plain[:32])
	if err != nil {
		return fmt.Errorf("agree on a secret: %w", err)
	}
	secret := hkdfutil.SHA256(slices.Concat(p.link.shared, shared, plain[64:]), nil, []byte("adv_secret"), 32)
	return s.agree(ctx, p, plain[:32], secret)
}
