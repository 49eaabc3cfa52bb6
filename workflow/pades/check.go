package pades

import (
	"bytes"
	"crypto"
	_ "crypto/sha512" // hashes of others' signatures
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Problem says why a signature does not hold; the first that was found.
type Problem string

// The problems. Fine is none.
const (
	Fine       Problem = ""
	Unreadable Problem = "unreadable" // the signature cannot be read, or is of a kind that is not known
	Changed    Problem = "changed"    // what was signed is not what is there now
	Forged     Problem = "forged"     // the signature is not that of the certificate, or does not sign all around it
	Extended   Problem = "extended"   // something was added afterwards that may not be added
	Unknown    Problem = "unknown"    // nobody trusted has issued the certificate
	Expired    Problem = "expired"    // the certificate was not valid, and no timestamp shows that it still was
	Revoked    Problem = "revoked"    // the certificate was withdrawn before
)

// check tells whether a CMS is a signature by its certificate; over a digest, or over its own
// content if around is nil.
func (s signed) check(around *ranges) Problem {
	algorithm, hash, ok := s.algorithm()
	if !ok {
		return Unreadable
	}
	h := hash.New()
	kind := oidTSTInfo()
	if around != nil {
		kind = oidData()
		around.writeTo(h)
	} else {
		_, _ = h.Write(s.content.Content) // never fails
	}
	var said []byte
	var of asn1.ObjectIdentifier
	if !s.attribute(oidDigest(), &said) || !s.attribute(oidContentType(), &of) || !of.Equal(kind) {
		return Unreadable
	}
	if !bytes.Equal(said, h.Sum(nil)) {
		return Changed
	}
	if !s.namesItsCertificate(around == nil) {
		return Forged
	}
	set := bytes.Clone(s.signer.Signed.FullBytes)
	set[0] = asn1.TagSet | 0x20 // what is signed is the set, not the field that it is in
	if s.certificate.CheckSignature(algorithm, set, s.signer.Signature) != nil {
		return Forged
	}
	return Fine
}

// attribute reads a signed attribute.
func (s signed) attribute(oid object, into any) bool {
	raw, ok := s.attributes[oid.String()]
	if !ok {
		return false
	}
	rest, err := asn1.Unmarshal(raw.FullBytes, into)
	return err == nil && len(rest) == 0
}

// namesItsCertificate compares the certificate with the hash that was signed, so that it cannot be
// replaced by another of the same key. Authorities may still name it as RFC 3161 says, by a
// SHA-1, which is not compared.
func (s signed) namesItsCertificate(ofAuthority bool) bool {
	var named signingCertificateV2
	if !s.attribute(oidCertificateV2(), &named) || len(named.Certificates) == 0 {
		_, old := s.attributes[oidCertificate().String()]
		return ofAuthority && old
	}
	hash := crypto.SHA256
	if by := named.Certificates[0].Algorithm.Algorithm; len(by) > 0 {
		var ok bool
		if hash, ok = hashOf(by); !ok {
			return false
		}
	}
	h := hash.New()
	_, _ = h.Write(s.certificate.Raw) // never fails
	return bytes.Equal(h.Sum(nil), named.Certificates[0].Hash)
}

// hashOf gives the hash of an identifier; SHA-1 and older ones are none.
func hashOf(oid asn1.ObjectIdentifier) (crypto.Hash, bool) {
	switch {
	case oid.Equal(oidSHA256()):
		return crypto.SHA256, true
	case oid.Equal(oidSHA384()):
		return crypto.SHA384, true
	case oid.Equal(oidSHA512()):
		return crypto.SHA512, true
	}
	return 0, false
}

// algorithm gives how it is signed: RSA of PKCS#1 v1.5, or ECDSA.
func (s signed) algorithm() (x509.SignatureAlgorithm, crypto.Hash, bool) {
	hash, ok := hashOf(s.signer.Digest.Algorithm)
	if !ok {
		return 0, 0, false
	}
	rsa := map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.SHA256WithRSA, crypto.SHA384: x509.SHA384WithRSA, crypto.SHA512: x509.SHA512WithRSA}
	ecdsa := map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.ECDSAWithSHA256, crypto.SHA384: x509.ECDSAWithSHA384, crypto.SHA512: x509.ECDSAWithSHA512}
	said := s.signer.Algorithm.Algorithm.String()
	for _, known := range []struct {
		oid  string
		hash crypto.Hash // 0: that of the digest
		from map[crypto.Hash]x509.SignatureAlgorithm
	}{
		{oidRSA().String(), 0, rsa},
		{"1.2.840.113549.1.1.11", crypto.SHA256, rsa},
		{"1.2.840.113549.1.1.12", crypto.SHA384, rsa},
		{"1.2.840.113549.1.1.13", crypto.SHA512, rsa},
		{"1.2.840.10045.4.3.2", crypto.SHA256, ecdsa},
		{"1.2.840.10045.4.3.3", crypto.SHA384, ecdsa},
		{"1.2.840.10045.4.3.4", crypto.SHA512, ecdsa},
	} {
		if said == known.oid && (known.hash == 0 || known.hash == hash) {
			return known.from[hash], hash, true
		}
	}
	return 0, 0, false
}

// ranges is the bytes around a signature.
type ranges struct {
	pdf            []byte
	hole, end, all int // the hole begins, ends, and where the signed part ends
}

// around reads the ranges of a signature dictionary. They must begin with the file and leave out
// the signature's own string, and nothing else: otherwise something could hide in the hole.
func around(pdf []byte, sig types.Dict, contents []byte) (*ranges, bool) {
	list, _ := sig["ByteRange"].(types.Array)
	if len(list) != 4 {
		return nil, false
	}
	var n [4]int
	for i, o := range list {
		v, ok := o.(types.Integer)
		if n[i] = v.Value(); !ok || n[i] < 0 || n[i] > len(pdf) {
			return nil, false
		}
	}
	r := &ranges{pdf: pdf, hole: n[1], end: n[2], all: n[2] + n[3]}
	if n[0] != 0 || r.end < r.hole+2 || r.all > len(pdf) || pdf[r.hole] != '<' || pdf[r.end-1] != '>' {
		return nil, false
	}
	inside := make([]byte, hex.DecodedLen(r.end-r.hole-2))
	if _, err := hex.Decode(inside, pdf[r.hole+1:r.end-1]); err != nil || !bytes.Equal(inside, contents) {
		return nil, false
	}
	return r, true
}

func (r *ranges) writeTo(w interface{ Write([]byte) (int, error) }) {
	_, _ = w.Write(r.pdf[:r.hole]) // to a hash, which never fails
	_, _ = w.Write(r.pdf[r.end:r.all])
}
