package pades

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
)

// errCMS is returned for a signature that is no CMS in DER with one signer (RFC 5652).
var errCMS = errors.New("malformed signature")

// maxCertificates bounds the certificates of one signature.
const maxCertificates = 32

// object is an ASN.1 object identifier, given as text.
type object = asn1.ObjectIdentifier

// Identifiers of RFC 5652, 5035, 3161, 8017 and 5753.
func oidData() object          { return object{1, 2, 840, 113549, 1, 7, 1} }
func oidSignedData() object    { return object{1, 2, 840, 113549, 1, 7, 2} }
func oidContentType() object   { return object{1, 2, 840, 113549, 1, 9, 3} }
func oidDigest() object        { return object{1, 2, 840, 113549, 1, 9, 4} }
func oidCertificate() object   { return object{1, 2, 840, 113549, 1, 9, 16, 2, 12} }
func oidCertificateV2() object { return object{1, 2, 840, 113549, 1, 9, 16, 2, 47} }
func oidTSTInfo() object       { return object{1, 2, 840, 113549, 1, 9, 16, 1, 4} }
func oidSHA256() object        { return object{2, 16, 840, 1, 101, 3, 4, 2, 1} }
func oidSHA384() object        { return object{2, 16, 840, 1, 101, 3, 4, 2, 2} }
func oidSHA512() object        { return object{2, 16, 840, 1, 101, 3, 4, 2, 3} }
func oidRSA() object           { return object{1, 2, 840, 113549, 1, 1, 1} }
func oidRSAWithSHA256() object { return object{1, 2, 840, 113549, 1, 1, 11} }
func oidECDSA256() object      { return object{1, 2, 840, 10045, 4, 3, 2} }

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,tag:0"`
}

type signedData struct {
	Version      int
	Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
	Encapsulated encapsulated
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	CRLs         asn1.RawValue `asn1:"optional,tag:1"`
	Signers      []signerInfo  `asn1:"set"`
}

type encapsulated struct {
	Type    asn1.ObjectIdentifier
	Content []byte `asn1:"explicit,optional,tag:0"`
}

type signerInfo struct {
	Version   int
	Signer    issuerAndSerial
	Digest    pkix.AlgorithmIdentifier
	Signed    asn1.RawValue `asn1:"optional,tag:0"`
	Algorithm pkix.AlgorithmIdentifier
	Signature []byte
	Unsigned  asn1.RawValue `asn1:"optional,tag:1"`
}

type issuerAndSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

// signingCertificateV2 names the signer's certificate by its hash (RFC 5035); without an algorithm
// that is SHA-256.
type signingCertificateV2 struct{ Certificates []essCertificate }

type essCertificate struct {
	Algorithm pkix.AlgorithmIdentifier `asn1:"optional"`
	Hash      []byte
	Issuer    asn1.RawValue `asn1:"optional"`
}

// signed is a CMS taken apart.
type signed struct {
	content      encapsulated
	signer       signerInfo
	attributes   map[string]asn1.RawValue // of those signed, by their identifier
	certificate  *x509.Certificate        // the signer's
	certificates []*x509.Certificate      // all
}

// parseCMS takes a CMS apart. Zeros after it belong to the hole. errCMS.
func parseCMS(raw []byte) (signed, error) {
	var outer contentInfo
	rest, err := asn1.Unmarshal(raw, &outer)
	if err != nil || !outer.Type.Equal(oidSignedData()) {
		return signed{}, fmt.Errorf("%w: no signed data: %w", errCMS, err)
	}
	for _, b := range rest {
		if b != 0 {
			return signed{}, fmt.Errorf("%w: bytes after it", errCMS)
		}
	}
	var data signedData
	if rest, err = asn1.Unmarshal(outer.Content.Bytes, &data); err != nil || len(rest) > 0 || len(data.Signers) != 1 {
		return signed{}, fmt.Errorf("%w: %d signers: %w", errCMS, len(data.Signers), err)
	}
	s := signed{content: data.Encapsulated, signer: data.Signers[0]}
	if s.certificates, err = x509.ParseCertificates(data.Certificates.Bytes); err != nil || len(s.certificates) > maxCertificates {
		return signed{}, fmt.Errorf("%w: %d certificates: %w", errCMS, len(s.certificates), err)
	}
	for _, c := range s.certificates {
		if string(c.RawIssuer) == string(s.signer.Signer.Issuer.FullBytes) && c.SerialNumber.Cmp(s.signer.Signer.Serial) == 0 {
			s.certificate = c
		}
	}
	if s.certificate == nil {
		return signed{}, fmt.Errorf("%w: the signer's certificate is not in it", errCMS)
	}
	s.attributes, err = parseAttributes(s.signer.Signed.Bytes)
	return s, err
}

// parseAttributes reads a set of attributes, each of which may be there once with one value.
func parseAttributes(raw []byte) (map[string]asn1.RawValue, error) {
	out := map[string]asn1.RawValue{}
	for len(raw) > 0 {
		var a attribute
		rest, err := asn1.Unmarshal(raw, &a)
		if err != nil || len(a.Values) != 1 || out[a.Type.String()].FullBytes != nil {
			return nil, fmt.Errorf("%w: attributes: %w", errCMS, err)
		}
		out[a.Type.String()] = a.Values[0]
		raw = rest
	}
	return out, nil
}
