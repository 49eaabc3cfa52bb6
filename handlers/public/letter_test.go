package public_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/public"
	"izinbot/workflow"
)

// permit is a permit that was signed by a stand-in and released.
func permit() workflow.Letter {
	at := time.Date(2026, 11, 27, 14, 0, 0, 0, workflow.WIB())
	mark := workflow.Mark{By: workflow.Actor{Role: "kadis", Name: "X", Title: "Kepala Dinas", Acting: "Plh."}, At: at}
	return workflow.Letter{
		ID: "surat_izin", Kind: "surat_izin", Step: 17, Status: workflow.LetterReleased, Made: mark, Signed: &mark, Recorded: &mark,
		Number: &workflow.Number{Register: "izin", Year: 2026, Seq: 1, Text: "503/001/DPMPTSPK/XI/2026"},
		Fields: workflow.Answers{"berlaku_sampai": "2027-12-31"},
		File:   workflow.File{SHA256: "b8fd"}, Archive: workflow.File{SHA256: "a0a0"},
	}
}

func letterPage(t *testing.T, of workflow.Letter, change func(*public.Pages)) (public.Sheet, string) {
	t.Helper()
	p, s := publicOf(t, func(c *workflow.Case) { c.Letters = []workflow.Letter{of} })
	change(&p)
	sheet, err := p.Letter(t.Context(), string(s.c.ID), string(of.ID), "id")
	return read(t, sheet, err)
}

func TestReleasedLetter(t *testing.T) {
	s, all := letterPage(t, permit(), func(*public.Pages) {})
	for _, want := range []string{
		"SURAT IZIN TEKNIS", "[Nomor surat 503/001/DPMPTSPK/XI/2026]", "[Tanggal Jumat, 27 November 2026]",
		"[Nomor permohonan LKS-2026-00042-7]", "[Berlaku sampai Jumat, 31 Desember 2027]",
		"[Ditandatangani oleh Plh. Kepala Dinas]", "Berlaku, bernomor dan dilepas",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %s", want, all)
		}
	}
	if s.Tone != public.ToneGood || s.Compare.SHA256 != "b8fd" {
		t.Errorf("tone %q, compared with %q", s.Tone, s.Compare.SHA256)
	}
	if !strings.Contains(s.Warning, "CONTOH") {
		t.Errorf("warning %q", s.Warning)
	}
	s, all = letterPage(t, permit(), func(p *public.Pages) { p.Certified = true })
	if s.Warning != "" || !strings.Contains(all, "bersertifikat") {
		t.Errorf("certified: %s", all)
	}
}

func TestLettersInOtherStates(t *testing.T) {
	for name, try := range map[string]struct {
		change   func(*workflow.Letter)
		tone     string
		mark     string
		compared bool
	}{
		"void":         {func(l *workflow.Letter) { l.Status, l.Signed = workflow.LetterVoid, nil }, public.ToneBad, "Batal, tidak berlaku", false},
		"lapsed":       {func(l *workflow.Letter) { l.Fields["berlaku_sampai"] = "2026-11-29" }, public.ToneBad, "Masa berlakunya sudah lewat", true},
		"last day":     {func(l *workflow.Letter) { l.Fields["berlaku_sampai"] = "2026-11-30" }, public.ToneGood, "Berlaku, bernomor dan dilepas", true},
		"never signed": {func(l *workflow.Letter) { unsign(l, "resi") }, public.ToneGood, "Final, berlaku", true},
	} {
		t.Run(name, func(t *testing.T) {
			of := permit()
			try.change(&of)
			s, all := letterPage(t, of, func(*public.Pages) {})
			if s.Tone != try.tone || s.Mark != try.mark || (s.Compare.SHA256 != "") != try.compared {
				t.Errorf("%s", all)
			}
			if of.Signed == nil && (s.Warning != "" || strings.Contains(all, "Ditandatangani oleh")) {
				t.Errorf("says that it is signed: %s", all)
			}
		})
	}
}

// TestUnissuedLettersCannotBeGuessed: the page of a letter that has not left the office is
// that of one that is not there, to the byte.
func TestUnissuedLettersCannotBeGuessed(t *testing.T) {
	p, s := publicOf(t, func(c *workflow.Case) { c.Letters = nil })
	none, err := p.Letter(t.Context(), string(s.c.ID), "surat_penolakan", "id")
	if err != nil || none.Found {
		t.Fatalf("%+v, %v", none, err)
	}
	for _, kind := range []workflow.LetterKind{"surat_penolakan", "surat_izin", "rekomendasi", "berita_acara", "klarifikasi", "disposisi"} {
		for name, change := range map[string]func(*workflow.Letter){
			"draft":         func(l *workflow.Letter) { l.Status, l.Signed, l.Recorded = workflow.LetterDraft, nil, nil },
			"unsigned":      func(l *workflow.Letter) { unsign(l, kind); l.Status = workflow.LetterDraft },
			"signed":        func(l *workflow.Letter) { l.Status, l.Recorded = workflow.LetterFinal, nil },
			"draft no more": func(l *workflow.Letter) { l.Status, l.Recorded = workflow.LetterVoid, nil },
		} {
			of := permit()
			of.ID, of.Kind = workflow.LetterID(kind), kind
			change(&of)
			p, s := publicOf(t, func(c *workflow.Case) { c.Letters = []workflow.Letter{of} })
			got, err := p.Letter(t.Context(), string(s.c.ID), string(of.ID), "id")
			if err != nil || !reflect.DeepEqual(got, none) {
				t.Errorf("%s %s: %+v, %v", name, kind, got, err)
			}
		}
	}
}

func unsign(l *workflow.Letter, kind workflow.LetterKind) {
	l.Kind, l.Status, l.Signed, l.Recorded, l.Number, l.Fields = kind, workflow.LetterFinal, nil, nil, nil, nil
}

func TestInternalLettersOnlyExist(t *testing.T) {
	for _, kind := range []workflow.LetterKind{"klarifikasi", "disposisi", "permintaan_rekomendasi", "perintah_tugas", "new_kind"} {
		of := permit()
		of.ID, of.Kind = workflow.LetterID(kind)+"-2", kind
		s, all := letterPage(t, of, func(*public.Pages) {})
		if !s.Found || s.Compare.SHA256 != "" || s.Mark != "Surat ini tercatat" {
			t.Errorf("%s: %s", kind, all)
		}
		for _, unwanted := range []string{"Kepala Dinas", "b8fd", "2027"} {
			if strings.Contains(all, unwanted) {
				t.Errorf("%s shows %q: %s", kind, unwanted, all)
			}
		}
		if len(s.Facts) != 3 {
			t.Errorf("%s: facts %q", kind, s.Facts)
		}
	}
}
