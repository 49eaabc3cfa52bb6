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

func newOffice(t testing.TB) *office {
	t.Helper()
	at := signedAt()
	o := &office{issuer: padestest.NewAuthority(t, "Penerbit CONTOH", at), clock: padestest.NewAuthority(t, "Waktu CONTOH", at)}
	o.key = o.issuer.Person(t, "Contoh Kepala Dinas", at.AddDate(0, -6, 0), at.AddDate(2, 0, 0))
	o.stamps = padestest.NewStamps(t, o.clock, at.Add(time.Minute))
	return o
}

func (o *office) trust(now time.Time) pades.Trust {
	return pades.Trust{Issuers: o.issuer.Pool(), Authorities: o.clock.Pool(), Now: now}
}

// sign signs a letter at level B-B.
func (o *office) sign(t testing.TB, letter []byte) []byte {
	t.Helper()
	p, err := pades.Prepare(letter, padestest.Field(t, signedAt()))
	if err != nil {
		t.Fatal(err)
	}
	cms, err := o.key.Sign(p, signedAt())
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Embed(cms)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// levels gives a letter at each level.
func (o *office) levels(t testing.TB) map[pades.Level][]byte {
	t.Helper()
	b := o.sign(t, padestest.Letter(t, signedAt()))
	stamped := o.stamp(t, b, signedAt().Add(time.Minute))
	at := signedAt().AddDate(0, 0, 1)
	lt, err := pades.AddEvidence(stamped, pades.Evidence{
		Certificates: [][]byte{o.issuer.Certificate.Raw, o.clock.Certificate.Raw},
		CRLs:         [][]byte{o.issuer.CRL(t, at), o.clock.CRL(t, at)},
		OCSPs:        [][]byte{o.issuer.OCSP(t, at, o.key.Chain[0], true)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return map[pades.Level][]byte{pades.B: b, pades.T: stamped, pades.LT: lt, pades.LTA: o.stamp(t, lt, at.Add(time.Hour))}
}

func (o *office) stamp(t testing.TB, pdf []byte, at time.Time) []byte {
	t.Helper()
	o.stamps.Now = at
	out, err := tsa.New(o.stamps.URL).Stamp(t.Context(), pdf)
	if err != nil {
		t.Fatal(err)
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
