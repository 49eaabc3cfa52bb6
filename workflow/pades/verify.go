package pades

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Level is how long a signature can be checked (EN 319 142-1, 6).
type Level string

// The levels: of itself, with a proof of its time, with evidence on its certificate, and with a
// timestamp over that evidence.
const (
	B   Level = "B-B"
	T   Level = "B-T"
	LT  Level = "B-LT"
	LTA Level = "B-LTA"
)

// Trust says whose certificates count and at what time a file is checked. Nil: nobody's.
type Trust struct {
	Issuers     *x509.CertPool // of people's certificates
	Authorities *x509.CertPool // of time-stamping authorities' certificates
	Now         time.Time
}

// Signature is what a file's signature says, and whether it holds.
type Signature struct {
	Timestamp   bool              // by an authority, over the document
	Signer      string            // the certificate's name
	Issuer      string            // who issued it
	At          time.Time         // as the signer says; of a timestamp, as the authority does
	Proven      time.Time         // the earliest trusted timestamp after it; zero if there is none
	Certificate *x509.Certificate // nil if the signature cannot be read
	Certifies   int               // what it lets happen to the document (DocMDP, 1 to 3); 0: it does not say
	Whole       bool              // nothing follows what it signs
	Level       Level
	Problem     Problem
}

// Verdict says of a file what its signatures say together.
type Verdict string

// The verdicts, from good to bad.
const (
	Genuine     Verdict = "genuine"     // unchanged, and signed by someone whose issuer is trusted
	Unconfirmed Verdict = "unconfirmed" // unchanged, but the certificate does not show by whom
	Altered     Verdict = "altered"     // not as it was signed
	Unsigned    Verdict = "unsigned"
)

// Report is what is known of a file's signatures, in their order.
type Report []Signature

// Verdict gives the worst that holds. A timestamp of an unknown authority proves no time, and spoils
// nothing.
func (r Report) Verdict() Verdict {
	worst := Unsigned
	for _, s := range r {
		switch {
		case s.Problem == Changed || s.Problem == Forged || s.Problem == Extended || s.Problem == Unreadable:
			return Altered
		case s.Timestamp:
		case s.Problem != Fine:
			worst = Unconfirmed
		case worst == Unsigned:
			worst = Genuine
		}
	}
	return worst
}

// Verify tells of all signatures of a file. An error (ErrLayout) is one of a file that cannot be
// read as a PDF; what is wrong with a signature stands in the report.
func Verify(pdf []byte, trust Trust) (Report, error) {
	ctx, err := read(pdf)
	if err != nil {
		return nil, err
	}
	v := verifier{pdf: pdf, ctx: ctx, trust: trust, store: readStore(ctx), proof: trust.Now}
	var all []*checked
	for _, f := range signatureDicts(ctx) {
		all = append(all, v.look(f))
	}
	slices.SortStableFunc(all, func(a, b *checked) int { return cmp.Compare(a.end(), b.end()) })
	for _, c := range slices.Backward(all) { // what is later proves the time of what is earlier
		v.judge(c)
	}
	report := make(Report, len(all))
	for i, c := range all {
		report[i] = c.Signature
	}
	return report, nil
}

type verifier struct {
	pdf     []byte
	ctx     *model.Context
	trust   Trust
	store   store
	proof   time.Time // by now, or by the earliest trusted timestamp so far
	stamped bool      // the latter
	sealed  bool      // a trusted timestamp is over the evidence
}

// checked is a signature while it is looked at.
type checked struct {
	Signature

	around *ranges
	cms    signed
}

func (c *checked) end() int {
	if c.around == nil {
		return 0
	}
	return c.around.all
}

// look reads a signature and checks what it says of the bytes.
func (v *verifier) look(f found) *checked {
	c := &checked{Signature: Signature{Timestamp: f.dict["Type"] == types.Name("DocTimeStamp"), Level: B, Problem: Unreadable}}
	var err error
	c.Certifies = certifies(f.dict)
	if m, ok := f.dict["M"].(types.StringLiteral); ok {
		c.At = date(string(m))
	}
	info := tstInfo{}
	if c.Timestamp {
		info, c.cms, err = parseToken(f.contents)
		c.At = info.Time
	} else {
		c.cms, err = parseCMS(f.contents)
	}
	if kind := f.dict["SubFilter"]; err != nil || c.Timestamp != (kind == types.Name("ETSI.RFC3161")) || !c.Timestamp && kind != types.Name("ETSI.CAdES.detached") {
		return c
	}
	c.Certificate = c.cms.certificate
	c.Signer, c.Issuer = c.Certificate.Subject.CommonName, c.Certificate.Issuer.CommonName
	around, ok := around(v.pdf, f.dict, f.contents)
	if !ok {
		c.Problem = Forged
		return c
	}
	c.around, c.Whole = around, around.all == len(v.pdf)
	if c.Timestamp {
		c.Problem = c.cms.checkToken(info, around)
	} else {
		c.Problem = c.cms.check(around)
	}
	if c.Problem == Fine && !c.Whole {
		c.Problem = v.since(f, around)
	}
	return c
}

// since tells whether what came after a signature may have come.
func (v *verifier) since(f found, around *ranges) Problem {
	if !bytes.HasSuffix(bytes.TrimRight(v.pdf, "\r\n"), []byte("%%EOF")) {
		return Extended
	}
	before, err := read(v.pdf[:around.all])
	if err != nil {
		return Forged
	}
	own := before.Table[f.no]
	if own == nil || !same(own.Object, f.dict) { // the dictionary itself must be within what it signs
		return Forged
	}
	if !onlySigned(before, v.ctx) {
		return Extended
	}
	return Fine
}

// judge checks a signature's certificate at the time for which there is proof.
func (v *verifier) judge(c *checked) {
	if v.stamped {
		c.Proven, c.Level = v.proof, T
	}
	if c.Problem != Fine {
		return
	}
	roots, usage := v.trust.Issuers, x509.ExtKeyUsageAny
	if c.Timestamp {
		roots, usage = v.trust.Authorities, x509.ExtKeyUsageTimeStamping
	}
	var known bool
	known, c.Problem = v.certificate(c, roots, usage)
	switch {
	case c.Level == T && known && v.sealed:
		c.Level = LTA
	case c.Level == T && known:
		c.Level = LT
	}
	if c.Timestamp && c.Problem == Fine {
		v.proof, v.stamped = c.At, true
		if before, err := read(v.pdf[:c.around.all]); err == nil && catalogOf(before)["DSS"] != nil {
			v.sealed = true
		}
	}
}

// certificate tells whether there is evidence on a certificate, and what is wrong with it.
func (v *verifier) certificate(c *checked, roots *x509.CertPool, usage x509.ExtKeyUsage) (known bool, problem Problem) {
	if c.At.Before(c.Certificate.NotBefore) || c.At.After(c.Certificate.NotAfter) {
		return false, Expired
	}
	if roots == nil {
		return false, Unknown
	}
	between := x509.NewCertPool()
	for _, other := range slices.Concat(c.cms.certificates, v.store.certificates) {
		between.AddCert(other)
	}
	chains, err := c.Certificate.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: v.proof, KeyUsages: []x509.ExtKeyUsage{usage},
	})
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return false, Expired
	}
	if err != nil {
		return false, Unknown
	}
	for i, own := range chains[0][:len(chains[0])-1] {
		told, revoked := v.store.about(own, chains[0][i+1], v.proof)
		if revoked {
			return true, Revoked
		}
		known = known || i == 0 && told
	}
	return known, Fine
}

// checkToken checks a timestamp over the bytes around it.
func (s signed) checkToken(info tstInfo, around *ranges) Problem {
	hash, ok := hashOf(info.Imprint.Algorithm.Algorithm)
	if !ok {
		return Unreadable
	}
	h := hash.New()
	around.writeTo(h)
	if string(h.Sum(nil)) != string(info.Imprint.Hash) {
		return Changed
	}
	return s.check(nil)
}

// certifies gives the permission of a certifying signature.
func certifies(d types.Dict) int {
	list, _ := d["Reference"].(types.Array)
	for _, item := range list {
		r, _ := item.(types.Dict)
		params, _ := r["TransformParams"].(types.Dict)
		if p, ok := params["P"].(types.Integer); ok && r["TransformMethod"] == types.Name("DocMDP") {
			return p.Value()
		}
	}
	return 0
}

// date reads a PDF's date with its zone; what is none is the zero time.
func date(s string) time.Time {
	for _, layout := range []string{"D:20060102150405-07'00'", "D:20060102150405-07'00", "D:20060102150405Z"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
