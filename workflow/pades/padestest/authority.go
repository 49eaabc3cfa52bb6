package padestest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"izinbot/workflow/pades"
)

// Authority issues certificates.
type Authority struct {
	Certificate *x509.Certificate
	key         crypto.Signer
	serial      int64
}

// NewAuthority makes an authority that issues from a year before now on.
func NewAuthority(tb testing.TB, name string, now time.Time) *Authority {
	tb.Helper()
	key := ecdsaKey(tb)
	raw := certify(tb, &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name, Organization: []string{"CONTOH"}, Country: []string{"ID"}},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, SubjectKeyId: []byte(name),
	}, nil, key.Public(), key)
	return &Authority{Certificate: raw, key: key, serial: 1}
}

// Pool trusts this authority alone.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.Certificate)
	return pool
}

// Person issues an ECDSA certificate to a person, valid between two instants.
func (a *Authority) Person(tb testing.TB, name string, from, to time.Time) pades.Key {
	tb.Helper()
	return a.issue(tb, ecdsaKey(tb), &x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: []string{"CONTOH"}}, NotBefore: from, NotAfter: to,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	})
}

// RSAPerson issues a certificate of an RSA key of so many bits.
func (a *Authority) RSAPerson(tb testing.TB, name string, bits int, from, to time.Time) pades.Key {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		tb.Fatal(err)
	}
	return a.issue(tb, key, &x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: []string{"CONTOH"}}, NotBefore: from, NotAfter: to, KeyUsage: x509.KeyUsageDigitalSignature,
	})
}

// stamper issues a certificate for timestamps alone (RFC 3161, 2.3).
func (a *Authority) stamper(tb testing.TB, from, to time.Time) pades.Key {
	tb.Helper()
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	if err != nil {
		tb.Fatal(err)
	}
	return a.issue(tb, ecdsaKey(tb), &x509.Certificate{
		Subject: pkix.Name{CommonName: "Contoh Cap Waktu"}, NotBefore: from, NotAfter: to, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	})
}

func (a *Authority) issue(tb testing.TB, key crypto.Signer, template *x509.Certificate) pades.Key {
	tb.Helper()
	a.serial++
	template.SerialNumber = big.NewInt(a.serial)
	return pades.Key{Signer: key, Chain: []*x509.Certificate{certify(tb, template, a.Certificate, key.Public(), a.key), a.Certificate}}
}

// CRL gives the list of the certificates that were withdrawn at an instant.
func (a *Authority) CRL(tb testing.TB, at time.Time, withdrawn ...*x509.Certificate) []byte {
	tb.Helper()
	list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: at, NextUpdate: at.AddDate(0, 1, 0)}
	for _, c := range withdrawn {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: at})
	}
	raw, err := x509.CreateRevocationList(rand.Reader, list, a.Certificate, a.key)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

// OCSP answers for a certificate at an instant: good, or withdrawn then.
func (a *Authority) OCSP(tb testing.TB, at time.Time, c *x509.Certificate, good bool) []byte {
	tb.Helper()
	answer := ocsp.Response{Status: ocsp.Good, SerialNumber: c.SerialNumber, ThisUpdate: at, NextUpdate: at.AddDate(0, 0, 7)}
	if !good {
		answer.Status, answer.RevokedAt = ocsp.Revoked, at
	}
	raw, err := ocsp.CreateResponse(a.Certificate, a.Certificate, answer, a.key)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func ecdsaKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func certify(tb testing.TB, template, parent *x509.Certificate, public any, key crypto.Signer) *x509.Certificate {
	tb.Helper()
	if parent == nil {
		parent = template
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		tb.Fatal(err)
	}
	c, err := x509.ParseCertificate(raw)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}
