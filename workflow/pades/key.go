package pades

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// Errors of keys.
var (
	ErrKey        = errors.New("no usable key and certificate")
	ErrPassphrase = errors.New("the passphrase is wrong")
	ErrValidity   = errors.New("the certificate is not valid at this time")
)

// minRSA is the least length of an RSA key, in bits.
const minRSA = 2048

// Key signs for one person. The signer may be a key in memory, in hardware, or behind a service;
// it is asked for a signature of a SHA-256.
type Key struct {
	Signer crypto.Signer
	Chain  []*x509.Certificate // the person's own first, then those of its issuers
}

// ReadKey reads a PKCS#12 file, or PEM blocks with certificates and an unencrypted key (PKCS#8,
// PKCS#1 or SEC 1). ErrKey, ErrPassphrase.
func ReadKey(raw []byte, passphrase string) (Key, error) {
	if block, _ := pem.Decode(raw); block != nil {
		return readPEM(raw)
	}
	key, own, issuers, err := pkcs12.DecodeChain(raw, passphrase)
	if errors.Is(err, pkcs12.ErrIncorrectPassword) {
		return Key{}, ErrPassphrase
	}
	if err != nil {
		return Key{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return newKey(key, append([]*x509.Certificate{own}, issuers...))
}

func readPEM(raw []byte) (Key, error) {
	var key any
	var chain []*x509.Certificate
	for block, rest := pem.Decode(raw); block != nil; block, rest = pem.Decode(rest) {
		var err error
		switch block.Type {
		case "CERTIFICATE":
			var c *x509.Certificate
			if c, err = x509.ParseCertificate(block.Bytes); err == nil {
				chain = append(chain, c)
			}
		case "PRIVATE KEY":
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case "RSA PRIVATE KEY":
			key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case "EC PRIVATE KEY":
			key, err = x509.ParseECPrivateKey(block.Bytes)
		}
		if err != nil {
			return Key{}, fmt.Errorf("%w: %s: %w", ErrKey, block.Type, err)
		}
	}
	return newKey(key, chain)
}

// newKey checks that a key is strong enough and that of its certificate.
func newKey(key any, chain []*x509.Certificate) (Key, error) {
	signer, ok := key.(crypto.Signer)
	if !ok || len(chain) == 0 {
		return Key{}, fmt.Errorf("%w: key %t, %d certificates", ErrKey, ok, len(chain))
	}
	switch public := signer.Public().(type) {
	case *rsa.PublicKey:
		ok = public.N.BitLen() >= minRSA && public.Equal(chain[0].PublicKey)
	case *ecdsa.PublicKey:
		ok = public.Curve == elliptic.P256() && public.Equal(chain[0].PublicKey)
	default:
		ok = false
	}
	if !ok {
		return Key{}, fmt.Errorf("%w: it must be RSA of %d bits or more or ECDSA P-256, and that of the first certificate", ErrKey, minRSA)
	}
	return Key{Signer: signer, Chain: chain}, nil
}

// Sign gives the signature (CMS) for what was prepared. ErrValidity if the certificate is not valid
// at the time of signing, or may not sign documents.
func (k Key) Sign(p Prepared, at time.Time) ([]byte, error) {
	own := k.Chain[0]
	mayNot := own.KeyUsage != 0 && own.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0
	if at.Before(own.NotBefore) || at.After(own.NotAfter) || mayNot {
		return nil, ErrValidity
	}
	digest := p.Digest()
	attributes, err := signedAttributes(digest[:], own)
	if err != nil {
		return nil, fmt.Errorf("encode attributes: %w", err)
	}
	sum := sha256.Sum256(attributes)
	// Without a source of chance, ECDSA is deterministic (RFC 6979), as RSA is.
	signature, err := k.Signer.Sign(nil, sum[:], crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return assemble(attributes, signature, k.Chain)
}

// signedAttributes gives the attributes of a signature as the set that is signed. There is no
// signing time among them: PAdES has it in the file (EN 319 142-1, 6.3).
func signedAttributes(digest []byte, own *x509.Certificate) ([]byte, error) {
	hash := sha256.Sum256(own.Raw)
	var all []attribute
	for _, a := range []struct {
		oid   object
		value any
	}{
		{oidContentType(), oidData()},
		{oidDigest(), digest},
		{oidCertificateV2(), signingCertificateV2{Certificates: []essCertificate{{Hash: hash[:]}}}},
	} {
		value, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, err
		}
		all = append(all, attribute{Type: a.oid, Values: []asn1.RawValue{{FullBytes: value}}})
	}
	return asn1.MarshalWithParams(all, "set")
}

// assemble makes the CMS of a signature over attributes.
func assemble(attributes, signature []byte, chain []*x509.Certificate) ([]byte, error) {
	algorithm := pkix.AlgorithmIdentifier{Algorithm: oidRSAWithSHA256(), Parameters: asn1.NullRawValue}
	if _, ok := chain[0].PublicKey.(*ecdsa.PublicKey); ok {
		algorithm = pkix.AlgorithmIdentifier{Algorithm: oidECDSA256()}
	}
	var set asn1.RawValue
	if _, err := asn1.Unmarshal(attributes, &set); err != nil {
		return nil, fmt.Errorf("attributes: %w", err)
	}
	var certificates []byte
	for _, c := range chain {
		certificates = append(certificates, c.Raw...)
	}
	hash := pkix.AlgorithmIdentifier{Algorithm: oidSHA256()}
	data, err := asn1.Marshal(signedData{
		Version: 1, Digests: []pkix.AlgorithmIdentifier{hash}, Encapsulated: encapsulated{Type: oidData()},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: certificates},
		Signers: []signerInfo{{
			Version: 1, Signer: issuerAndSerial{Issuer: asn1.RawValue{FullBytes: chain[0].RawIssuer}, Serial: chain[0].SerialNumber}, Digest: hash,
			Signed:    asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: set.Bytes},
			Algorithm: algorithm, Signature: signature,
		}},
	})
	if err != nil {
		return nil, fmt.Errorf("encode signature: %w", err)
	}
	return asn1.Marshal(contentInfo{Type: oidSignedData(), Content: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: data}})
}
