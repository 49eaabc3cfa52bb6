package padestest

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"izinbot/workflow/pades"
)

// Stamps is a time-stamping authority over HTTP (RFC 3161). It shares no code with the package
// that it tests.
type Stamps struct {
	URL string
	Now time.Time // what it stamps; may be changed between requests
	// Spoil changes an answer before it is sent; nil: as it is.
	Spoil func(answer []byte) []byte

	key    pades.Key
	serial int64
}

// NewStamps starts an authority whose certificate is issued by a.
func NewStamps(tb testing.TB, a *Authority, now time.Time) *Stamps {
	tb.Helper()
	s := &Stamps{Now: now, key: a.stamper(tb, now.AddDate(-1, 0, 0), now.AddDate(5, 0, 0))}
	server := httptest.NewServer(s)
	tb.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

type tsaImprint struct {
	Algorithm pkix.AlgorithmIdentifier
	Hash      []byte
}

// ServeHTTP answers a request.
func (s *Stamps) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, 4096))
	var ask struct {
		Version int
		Imprint tsaImprint
		Nonce   *big.Int
		Cert    bool
	}
	if err == nil {
		_, err = asn1.Unmarshal(raw, &ask)
	}
	if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	s.serial++
	token := s.token(tsaInfo{
		Version: 1, Policy: asn1.ObjectIdentifier{1, 2, 3, 4, 1}, Imprint: ask.Imprint,
		Serial: big.NewInt(s.serial), Time: s.Now.UTC(), Nonce: ask.Nonce,
	})
	answer := der(struct {
		Status struct{ Status int }
		Token  asn1.RawValue
	}{Token: asn1.RawValue{FullBytes: token}})
	if s.Spoil != nil {
		answer = s.Spoil(answer)
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	_, _ = w.Write(answer)
}

type tsaInfo struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint tsaImprint
	Serial  *big.Int
	Time    time.Time `asn1:"generalized"`
	Nonce   *big.Int
}

type tsaAttribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

// token signs the information.
func (s *Stamps) token(info tsaInfo) []byte {
	own := s.key.Chain[0]
	content := der(info)
	digest, name := sha256.Sum256(content), sha256.Sum256(own.Raw)
	attribute := func(oid asn1.ObjectIdentifier, value any) tsaAttribute {
		return tsaAttribute{oid, []asn1.RawValue{{FullBytes: der(value)}}}
	}
	tst := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	attributes, err := asn1.MarshalWithParams([]tsaAttribute{
		attribute(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}, tst),
		attribute(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}, digest[:]),
		attribute(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}, struct{ Certs []struct{ Hash []byte } }{[]struct{ Hash []byte }{{name[:]}}}),
	}, "set")
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(attributes)
	signature, err := s.key.Signer.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		panic(err)
	}
	var set asn1.RawValue
	if _, err := asn1.Unmarshal(attributes, &set); err != nil {
		panic(err)
	}
	hash := pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}}
	signer := der(struct {
		Version int
		ID      struct {
			Issuer asn1.RawValue
			Serial *big.Int
		}
		Digest    pkix.AlgorithmIdentifier
		Signed    asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature []byte
	}{
		1,
		struct {
			Issuer asn1.RawValue
			Serial *big.Int
		}{asn1.RawValue{FullBytes: own.RawIssuer}, own.SerialNumber},
		hash, tagged(0, set.Bytes),
		pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}},
		signature,
	})
	data := der(struct {
		Version int
		Digests []pkix.AlgorithmIdentifier `asn1:"set"`
		Content struct {
			Type  asn1.ObjectIdentifier
			Value asn1.RawValue
		}
		Certificates asn1.RawValue
		Signers      []asn1.RawValue `asn1:"set"`
	}{
		3,
		[]pkix.AlgorithmIdentifier{hash},
		struct {
			Type  asn1.ObjectIdentifier
			Value asn1.RawValue
		}{tst, tagged(0, der(content))},
		tagged(0, own.Raw),
		[]asn1.RawValue{{FullBytes: signer}},
	})
	return der(struct {
		Type  asn1.ObjectIdentifier
		Value asn1.RawValue
	}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, tagged(0, data)})
}

func tagged(tag int, content []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: content}
}

func der(v any) []byte {
	out, err := asn1.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}
