package letters_test

import (
	"testing"

	"izinbot/workflow/letters"
	"izinbot/workflow/pdfa/pdfatest"
)

// TestEveryKindIsForArchives checks every kind against the rules of PDF/A-2 that a program can decide.
func TestEveryKindIsForArchives(t *testing.T) {
	for _, kind := range kinds() {
		for _, copied := range []letters.Copy{letters.Addressee, letters.Archive} {
			sop := sampleSOP()
			sop.Tariff = 1_250_000
			pdf, err := drawer(t).Draw(t.Context(), sop, sampleCase(), sampleLetter(kind), copied)
			if err != nil {
				t.Fatal(err)
			}
			faults, level := pdfatest.Check(pdf)
			for _, f := range faults {
				t.Errorf("%s: %s", kind, f)
			}
			if level != "A" {
				t.Errorf("%s claims level %q", kind, level)
			}
		}
	}
}
