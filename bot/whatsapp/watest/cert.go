package watest

import (
	"fmt"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCert"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// farAway ends the certificates in the year 2200, in seconds since 1970. The library
// compares them with the real time, which tests do not choose.
const farAway = 7_258_118_400

// issued is a certificate and the key that it is about.
type issued struct {
	key    *keys.KeyPair
	serial uint32
	cert   *waCert.CertChain_NoiseCertificate
}

// issue signs a new key with the issuer's.
func issue(issuer *keys.KeyPair, issuerSerial, serial uint32) (issued, error) {
	key := keys.NewKeyPair()
	details, err := proto.Marshal(&waCert.CertChain_NoiseCertificate_Details{
		Serial: &serial, IssuerSerial: &issuerSerial, Key: key.Pub[:],
		NotBefore: new(uint64(0)),
		NotAfter:  new(uint64(farAway)),
	})
	if err != nil {
		return issued{}, fmt.Errorf("encode certificate: %w", err)
	}
	signature := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*issuer.Priv), details)
	cert := &waCert.CertChain_NoiseCertificate{Details: details, Signature: signature[:]}
	return issued{key: key, serial: serial, cert: cert}, nil
}

// credentials are the server's keys and certificate chain.
type credentials struct {
	root  *keys.KeyPair
	key   *keys.KeyPair // the one of the handshake
	chain []byte        // from the root's signature to key
}

func newCredentials(root *keys.KeyPair) (credentials, error) {
	middle, err := issue(root, whatsmeow.WACertIssuerSerial, 1)
	if err != nil {
		return credentials{}, err
	}
	leaf, err := issue(middle.key, middle.serial, 2)
	if err != nil {
		return credentials{}, err
	}
	chain, err := proto.Marshal(&waCert.CertChain{Intermediate: middle.cert, Leaf: leaf.cert})
	if err != nil {
		return credentials{}, fmt.Errorf("encode certificates: %w", err)
	}
	return credentials{root: root, key: leaf.key, chain: chain}, nil
}
