package letters_test

import (
	"os"
	"path/filepath"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

func TestDump(t *testing.T) {
	dir := os.Getenv("LETTERS_OUT")
	if dir == "" {
		t.SkipNow()
	}
	d := newDrawer(t)
	for _, k := range letters.Kinds() {
		for name, copied := range map[string]letters.Copy{"": letters.Addressee, "-arsip": letters.Archive} {
			sop := sampleSOP()
			if k == "skrd" {
				sop.Tariff = 250_000
			}
			l := sampleLetter(k)
			if copied == letters.Archive && l.Signed != nil {
				l.Status, l.Signed, l.Number = workflow.LetterDraft, nil, nil
			}
			out, err := d.Draw(t.Context(), sop, sampleCase(), l, copied)
			if err != nil {
				t.Fatal(k, err)
			}
			if err := os.WriteFile(filepath.Join(dir, string(k)+name+".pdf"), out, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	d := newDrawer(b)
	sop, c := sampleSOP(), sampleCase()
	for _, k := range letters.Kinds() {
		if k == "skrd" {
			sop.Tariff = 1
		}
		b.Run(string(k), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Draw(b.Context(), sop, c, sampleLetter(k), letters.Addressee); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
