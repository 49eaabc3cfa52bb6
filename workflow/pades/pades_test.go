package pades_test

import (
	"testing"
	"time"

	"izinbot/workflow/pades"
	"izinbot/workflow/pades/padestest"
	"izinbot/workflow/pades/tsa"
	"izinbot/workflow/pdfa/pdfatest"
)

// signedAt is when letters are signed here.
func signedAt() time.Time {
	return time.Date(2026, 11, 23, 15, 45, 0, 0, time.FixedZone("WIB", 7*3600))
}

// office is where letters are signed: who issues certificates and who stamps times.
type office struct {
	issuer, clock *padestest.Authority
	key           pades.Key
	stamps        *padestest.Stamps
}

func newOffice(tb testing.TB) *office {
	tb.Helper()
	at := signedAt()
	o := &office{issuer: padestest.NewAuthority(tb, "Penerbit CONTOH", at), clock: padestest.NewAuthority(tb, "Waktu CONTOH", at)}
	o.key = o.issuer.Person(tb, "Contoh Kepala Dinas", at.AddDate(0, -6, 0), at.AddDate(2, 0, 0))
	o.stamps = padestest.NewStamps(tb, o.clock, at.Add(time.Minute))
	return o
}

func (o *office) trust(now time.Time) pades.Trust {
	return pades.Trust{Issuers: o.issuer.Pool(), Authorities: o.clock.Pool(), Now: now}
}

// sign signs a letter at level B-B.
func (o *office) sign(tb testing.TB, letter []byte) []byte {
	tb.Helper()
	p, err := pades.Prepare(letter, padestest.Field(tb, signedAt()))
	if err != nil {
		tb.Fatal(err)
	}
	cms, err := o.key.Sign(p, signedAt())
	if err != nil {
		tb.Fatal(err)
	}
	out, err := p.Embed(cms)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// levels gives a letter at each level.
func (o *office) levels(tb testing.TB) map[pades.Level][]byte {
	tb.Helper()
	b := o.sign(tb, padestest.Letter(tb, signedAt()))
	stamped := o.stamp(tb, b, signedAt().Add(time.Minute))
	at := signedAt().AddDate(0, 0, 1)
	lt, err := pades.AddEvidence(stamped, pades.Evidence{
		Certificates: [][]byte{o.issuer.Certificate.Raw, o.clock.Certificate.Raw},
		CRLs:         [][]byte{o.issuer.CRL(tb, at), o.clock.CRL(tb, at)},
		OCSPs:        [][]byte{o.issuer.OCSP(tb, at, o.key.Chain[0], true)},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return map[pades.Level][]byte{pades.B: b, pades.T: stamped, pades.LT: lt, pades.LTA: o.stamp(tb, lt, at.Add(time.Hour))}
}

func (o *office) stamp(tb testing.TB, pdf []byte, at time.Time) []byte {
	tb.Helper()
	o.stamps.Now = at
	out, err := tsa.New(o.stamps.URL).Stamp(tb.Context(), pdf)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func TestEachLevelHolds(t *testing.T) {
	o := newOffice(t)
	for level, pdf := range o.levels(t) {
		report, err := pades.Verify(pdf, o.trust(signedAt().AddDate(0, 1, 0)))
		if err != nil {
			t.Fatal(err)
		}
		s := report[0]
		if report.Verdict() != pades.Genuine || s.Level != level || s.Signer != "Contoh Kepala Dinas" || !s.At.Equal(signedAt()) || s.Certifies != 2 || s.Problem != pades.Fine {
			t.Errorf("%s: %s, %+v", level, report.Verdict(), s)
		}
		if last := report[len(report)-1]; last.Whole != (level != pades.LT) {
			t.Errorf("%s: the last signature is over the whole file: %v", level, last.Whole)
		}
		faults, claimed := pdfatest.Check(pdf)
		for _, f := range faults {
			t.Errorf("%s: %s", level, f)
		}
		if claimed != "A" {
			t.Errorf("%s claims level %q", level, claimed)
		}
	}
}
