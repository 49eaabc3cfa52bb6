package pades

import (
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// ErrTimestamp is returned for an authority's answer that is no timestamp for what was asked.
var ErrTimestamp = errors.New("no usable timestamp")

type stampRequest struct {
	Version     int
	Imprint     imprint
	Nonce       *big.Int
	Certificate bool
}

type imprint struct {
	Algorithm pkix.AlgorithmIdentifier
	Hash      []byte
}

type stampResponse struct {
	Status struct {
		Status int
		Text   asn1.RawValue  `asn1:"optional"`
		Fail   asn1.BitString `asn1:"optional"`
	}
	Token asn1.RawValue `asn1:"optional"`
}

// tstInfo is what an authority signs (RFC 3161, 2.4.2).
type tstInfo struct {
	Version  int
	Policy   asn1.ObjectIdentifier
	Imprint  imprint
	Serial   *big.Int
	Time     time.Time     `asn1:"generalized"`
	Accuracy asn1.RawValue `asn1:"optional,tag:16"`
	Ordering bool          `asn1:"optional"`
	Nonce    *big.Int      `asn1:"optional"`
	TSA      asn1.RawValue `asn1:"optional,tag:0"`
	More     asn1.RawValue `asn1:"optional,tag:1"`
}

// Request makes the request for a timestamp of a digest, to be sent to an authority as
// application/timestamp-query. The nonce ties the answer to it.
func Request(digest [sha256.Size]byte, nonce *big.Int) ([]byte, error) {
	hash := imprint{Algorithm: pkix.AlgorithmIdentifier{Algorithm: oidSHA256(), Parameters: asn1.NullRawValue}, Hash: digest[:]}
	return asn1.Marshal(stampRequest{Version: 1, Imprint: hash, Nonce: nonce, Certificate: true})
}

// Token gives the token of an authority's answer, after checking that it is for this digest and
// nonce and signed by the certificate in it. Whether the authority is trusted is not known here.
// ErrTimestamp.
func Token(answer []byte, digest [sha256.Size]byte, nonce *big.Int) ([]byte, error) {
	var r stampResponse
	if rest, err := asn1.Unmarshal(answer, &r); err != nil || len(rest) > 0 || r.Status.Status > 1 || r.Token.FullBytes == nil {
		return nil, fmt.Errorf("%w: status %d: %w", ErrTimestamp, r.Status.Status, err)
	}
	info, s, err := parseToken(r.Token.FullBytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTimestamp, err)
	}
	if string(info.Imprint.Hash) != string(digest[:]) || info.Nonce == nil || info.Nonce.Cmp(nonce) != 0 {
		return nil, fmt.Errorf("%w: it is for something else", ErrTimestamp)
	}
	if problem := s.check(nil); problem != Fine {
		return nil, fmt.Errorf("%w: %s", ErrTimestamp, problem)
	}
	return r.Token.FullBytes, nil
}

// parseToken reads a timestamp's token.
func parseToken(raw []byte) (tstInfo, signed, error) {
	s, err := parseCMS(raw)
	if err != nil {
		return tstInfo{}, signed{}, err
	}
	var info tstInfo
	rest, err := asn1.Unmarshal(s.content.Content, &info)
	if err != nil || len(rest) > 0 || !s.content.Type.Equal(oidTSTInfo()) {
		return tstInfo{}, signed{}, fmt.Errorf("%w: no timestamp: %w", errCMS, err)
	}
	return info, s, nil
}
