package pades_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"izinbot/workflow/pades"
	"izinbot/workflow/pades/padestest"
	"izinbot/workflow/pades/tsa"
)

func TestMutationsAreFound(t *testing.T) {
	o := newOffice(t)
	original := o.sign(t, padestest.Letter(t, signedAt()))
	for _, m := range mutations() {
		report, err := pades.Verify(m.of(t, o, original), o.trust(signedAt().AddDate(0, 1, 0)))
		if m.name == "cut off at the end" && len(report) == 0 {
			continue // no PDF any more
		}
		if err != nil || len(report) == 0 || report.Verdict() != m.verdict || report[0].Problem != m.problem {
			t.Errorf("%s: %v, %+v", m.name, err, report)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	o := newOffice(t)
	letter := padestest.Letter(t, signedAt())
	if !bytes.Equal(o.sign(t, letter), o.sign(t, letter)) {
		t.Error("two signatures of the same letter at the same time differ")
	}
}

// An authority that is away, or answers nonsense, costs a level and never the signature.
func TestAuthorityThatIsAway(t *testing.T) {
	o := newOffice(t)
	signed := o.sign(t, padestest.Letter(t, signedAt()))
	before := bytes.Clone(signed)
	o.stamps.Spoil = func(answer []byte) []byte { return answer[:len(answer)-1] }
	if _, err := tsa.New(o.stamps.URL).Stamp(t.Context(), signed); !errors.Is(err, pades.ErrTimestamp) {
		t.Errorf("a spoiled answer gave %v", err)
	}
	if _, err := tsa.New(o.stamps.URL+"/\x7f").Stamp(t.Context(), signed); !errors.Is(err, tsa.ErrAway) {
		t.Errorf("no address gave %v", err)
	}
	if !bytes.Equal(before, signed) {
		t.Error("the letter was changed")
	}
}

func TestWithdrawnCertificate(t *testing.T) {
	o := newOffice(t)
	signed := o.sign(t, padestest.Letter(t, signedAt()))
	at := signedAt().Add(time.Hour)
	for name, evidence := range map[string]pades.Evidence{
		"CRL":  {CRLs: [][]byte{o.issuer.CRL(t, at, o.key.Chain[0])}},
		"OCSP": {OCSPs: [][]byte{o.issuer.OCSP(t, at, o.key.Chain[0], false)}},
	} {
		pdf, err := pades.AddEvidence(signed, evidence)
		if err != nil {
			t.Fatal(err)
		}
		report, err := pades.Verify(pdf, o.trust(at.Add(time.Hour)))
		if err != nil || report[0].Problem != pades.Revoked || report.Verdict() != pades.Unconfirmed {
			t.Errorf("%s: %v, %+v", name, err, report)
		}
	}
	stamped := o.stamp(t, signed, signedAt().Add(time.Minute)) // before it was withdrawn
	pdf, err := pades.AddEvidence(stamped, pades.Evidence{CRLs: [][]byte{o.issuer.CRL(t, at, o.key.Chain[0])}})
	if err != nil {
		t.Fatal(err)
	}
	if report, err := pades.Verify(pdf, o.trust(at.AddDate(4, 0, 0))); err != nil || report.Verdict() != pades.Genuine {
		t.Errorf("withdrawn and ended after the timestamp: %v, %+v", err, report)
	}
}

func TestKeysThatAreTooWeakAreRefused(t *testing.T) {
	o := newOffice(t)
	weak := o.issuer.RSAPerson(t, "Contoh", 1024, signedAt().AddDate(-1, 0, 0), signedAt().AddDate(1, 0, 0))
	strong := o.issuer.RSAPerson(t, "Contoh", 2048, signedAt().AddDate(-1, 0, 0), signedAt().AddDate(1, 0, 0))
	if _, err := pades.ReadKey(padestest.PEM(t, weak), ""); !errors.Is(err, pades.ErrKey) {
		t.Errorf("RSA of 1024 bits gave %v", err)
	}
	for name, raw := range map[string][]byte{"PEM": padestest.PEM(t, strong), "PKCS#12": padestest.PKCS12(t, o.key, "rahasia")} {
		key, err := pades.ReadKey(raw, "rahasia")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := key.Sign(pades.Prepared{}, signedAt().AddDate(5, 0, 0)); !errors.Is(err, pades.ErrValidity) {
			t.Errorf("%s: an ended certificate gave %v", name, err)
		}
		o.key = key
		report, err := pades.Verify(o.sign(t, padestest.Letter(t, signedAt())), o.trust(signedAt()))
		if err != nil || report.Verdict() != pades.Genuine {
			t.Errorf("%s: %v, %+v", name, err, report)
		}
	}
	if _, err := pades.ReadKey(padestest.PKCS12(t, o.key, "rahasia"), "salah"); !errors.Is(err, pades.ErrPassphrase) {
		t.Errorf("a wrong passphrase gave %v", err)
	}
}

// FuzzVerify looks for files that end the program or take too long.
func FuzzVerify(f *testing.F) {
	o := newOffice(f)
	signed := o.sign(f, padestest.Letter(f, signedAt()))
	f.Add(signed)
	f.Add(signed[len(signed)/2:])
	f.Add([]byte("%PDF-1.7\n"))
	f.Fuzz(func(_ *testing.T, pdf []byte) {
		report, _ := pades.Verify(pdf, o.trust(signedAt()))
		_ = report.Verdict()
	})
}

func BenchmarkSign(b *testing.B) {
	o := newOffice(b)
	letter := padestest.Letter(b, signedAt())
	for b.Loop() {
		o.sign(b, letter)
	}
}
