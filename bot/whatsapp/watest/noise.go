package watest

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"go.mau.fi/whatsmeow/socket"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"golang.org/x/crypto/curve25519"
)

// noise is the answering side's state of a Noise_XX_25519_AESGCM_SHA256 handshake
// (noiseprotocol.org, revision 34, section 5).
type noise struct {
	hash, salt []byte
	key        cipher.AEAD
	sealed     uint32 // messages under the present key
}

func newNoise(prologue []byte) (*noise, error) {
	n := &noise{hash: []byte(socket.NoiseStartPattern), salt: []byte(socket.NoiseStartPattern)}
	var err error
	if n.key, err = gcmutil.Prepare(n.hash); err != nil {
		return nil, fmt.Errorf("prepare noise: %w", err)
	}
	n.mixHash(prologue)
	return n, nil
}

func (n *noise) mixHash(data []byte) {
	h := sha256.Sum256(slices.Concat(n.hash, data))
	n.hash = h[:]
}

// mixKey goes on with what both sides can compute of a private and a public key.
func (n *noise) mixKey(private, public []byte) error {
	shared, err := curve25519.X25519(private, public)
	if err != nil {
		return fmt.Errorf("agree on a secret: %w", err)
	}
	salt, key, err := expand(shared, n.salt)
	if err != nil {
		return err
	}
	n.salt, n.sealed = salt, 0
	n.key, err = gcmutil.Prepare(key)
	return err
}

func expand(secret, salt []byte) (first, second []byte, err error) {
	both, err := hkdf.Key(sha256.New, secret, salt, "", 64)
	if err != nil {
		return nil, nil, fmt.Errorf("derive keys: %w", err)
	}
	return both[:32], both[32:], nil
}

func (n *noise) seal(plain []byte) []byte {
	out := n.key.Seal(nil, nonce(n.sealed), plain, n.hash)
	n.sealed++
	n.mixHash(out)
	return out
}

func (n *noise) open(sealed []byte) ([]byte, error) {
	plain, err := n.key.Open(nil, nonce(n.sealed), sealed, n.hash)
	if err != nil {
		return nil, fmt.Errorf("open handshake message: %w", err)
	}
	n.sealed++
	n.mixHash(sealed)
	return plain, nil
}

// split gives the keys for what comes after the handshake.
func (n *noise) split() (fromClient, toClient cipher.AEAD, err error) {
	from, to, err := expand(nil, n.salt)
	if err != nil {
		return nil, nil, err
	}
	if fromClient, err = gcmutil.Prepare(from); err != nil {
		return nil, nil, fmt.Errorf("prepare key: %w", err)
	}
	toClient, err = gcmutil.Prepare(to)
	return fromClient, toClient, err
}

func nonce(count uint32) []byte {
	iv := make([]byte, 12)
	binary.BigEndian.PutUint32(iv[8:], count)
	return iv
}
