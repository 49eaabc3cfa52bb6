package filestore

import (
	"fmt"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// Sealer encrypts small secrets, such as the seeds of one-time codes, that are
// kept elsewhere.
type Sealer struct{ aead tink.AEAD }

// Seal encrypts plain. The same context must be given to [Sealer.Unseal]: it says
// what the secret belongs to, so that it cannot be put in another backend.
func (s Sealer) Seal(plain, context []byte) ([]byte, error) {
	sealed, err := s.aead.Encrypt(plain, context)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return sealed, nil
}

// Unseal is the inverse of [Sealer.Seal]. It fails for a wrong context, another
// key, or changed bytes, without telling which.
func (s Sealer) Unseal(sealed, context []byte) ([]byte, error) {
	plain, err := s.aead.Decrypt(sealed, context)
	if err != nil {
		return nil, fmt.Errorf("unseal: %w", err)
	}
	return plain, nil
}
