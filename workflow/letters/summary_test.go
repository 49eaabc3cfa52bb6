package letters_test

import (
	"bytes"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/letters"
	"izinbot/workflow/pdfa/pdfatest"
)

func summarized() []workflow.LetterKind {
	return []workflow.LetterKind{"klarifikasi", "resi", "berita_acara", "surat_izin", "surat_penolakan"}
}

func summary(t *testing.T, c workflow.Case, l workflow.Letter) []byte {
	t.Helper()
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	office, err := letters.DefaultOffice()
	if err != nil {
		t.Fatal(err)
	}
	pdf, ok, err := letters.New(office, letters.Config{Calendar: cal}).Summary(t.Context(), sampleSOP(), c, l)
	if err != nil || !ok {
		t.Fatalf("%s: %v, %v", l.Kind, ok, err)
	}
	return pdf
}

func givenLetter(kind workflow.LetterKind) workflow.Letter {
	l := sampleLetter(kind)
	if kind == "surat_penolakan" {
		l.Sent = &workflow.Dispatch{Means: workflow.MeansChat, Mark: workflow.Mark{At: at("2026-12-01 10.00")}}
	}
	return l
}

// TestSummaries say that they are not the letter, name it, and leave the words of officers as they
// are; they are one page for archives with the same bytes every time.
func TestSummaries(t *testing.T) {
	for kind, want := range map[workflow.LetterKind][]string{
		"klarifikasi":  {"Date : Monday, 23 November 2026", "round 2", "(in Indonesian)", "Not received yet. Please send it."},
		"resi":         {"found complete on Monday, 23 November 2026, 11.30 WIB", "10 working days", "Keep the receipt", "free of charge (Rp 0)"},
		"berita_acara": {"on Wednesday, 2 December 2026, 10.02 WIB", "kecuali ruang bermain", "(in Indonesian)", "choose Object"},
		"surat_izin":   {"Number : 503/003/DPMPTSPK/XII/2026", "valid until Friday, 30 June 2028", "(in Indonesian)", "QR code"},
		"surat_penolakan": {
			"Number : 460/008/DPMPTSPK/XII/2026", "Pasal 5 Perda Dairi 4/2019) (in Indonesian)", "Perpanjang izin",
			"within 21 working days of receiving the letter, by ", "appeal in writing to the Bupati Dairi within 10 working days", "until ",
		},
	} {
		c, l := sampleCase(), givenLetter(kind)
		pdf := summary(t, c, l)
		mustContain(t, read(t, "summary-"+string(kind), pdf), append(want, "This page is not the letter.", "the Indonesian letter prevails", "Case number : LKS-2026-00042-7", "Contact", "Telephone")...)
		if !bytes.Equal(pdf, summary(t, c, l)) {
			t.Errorf("%s: other bytes the second time", kind)
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

// TestSummaryIsOnePage however much an officer wrote: what has no room is said to stand in the
// letter, and what to do and the contact are there.
func TestSummaryIsOnePage(t *testing.T) {
	long := strings.Repeat("Kalimat CONTOH yang panjang dari petugas. ", 12)
	for _, kind := range summarized() {
		c, l := sampleCase(), givenLetter(kind)
		l.Fields = workflow.Answers{
			"alasan": strings.Repeat(long+"| Pasal 5\n", 20), "perbaikan": strings.Repeat(long+"\n", 20), "ketentuan": strings.Repeat(long+"\n", 40),
		}
		c.Visit.Conclusion = strings.Repeat(long, 8)
		for i := range c.Documents {
			c.Documents[i].Verdict = &workflow.Verdict{Reason: long}
		}
		pdf := summary(t, c, l)
		if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
			t.Errorf("%s: %d pages", kind, n)
		}
		mustContain(t, read(t, "long-summary-"+string(kind), pdf), "What to do next", "Contact")
	}
}

// TestSummaryOfOfficePapers: letters that no applicant gets have none.
func TestSummaryOfOfficePapers(t *testing.T) {
	for _, kind := range []workflow.LetterKind{"disposisi", "perintah_tugas", "permintaan_rekomendasi", "rekomendasi", "skrd"} {
		if _, ok, err := drawer(t).Summary(t.Context(), sampleSOP(), sampleCase(), sampleLetter(kind)); ok || err != nil {
			t.Errorf("%s: %v, %v", kind, ok, err)
		}
	}
}
