package registers_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
	"izinbot/workflow/registers"
	"izinbot/workflow/registers/sheets"
	"izinbot/workflow/store"
)

// year is an office with a granted case, a refused one whose file was completed, one that was
// withdrawn while its refusal waited for the signature, and a number that a crash has left.
func year(t *testing.T) (*handlerstest.Office, registers.Source) {
	t.Helper()
	granted, id := handlerstest.At(t, 22, workflow.OutcomeRecommended)
	o := granted.Office
	o.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansCounter})
	o.Now = o.Now.Add(time.Hour)
	o.Act(id, "front_office", workflow.HandDeliver{Recipient: "Ani CONTOH", Identity: "KTP", IdentityChecked: true})

	refused := o.Guest("budi")
	id = refused.Apply()
	refused.Clarify(id)
	o.Now = o.Now.Add(time.Hour)
	resend(refused)
	refused.Onward(14, workflow.OutcomeNotRecommended)
	o.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansChat})
	refused.Say("terima")

	withdrawn := o.Guest("citra")
	withdrawn.Apply()
	withdrawn.Onward(12, workflow.OutcomeNotRecommended)
	withdrawn.Say("tarik")
	withdrawn.Say("CONTOH: tidak jadi")
	withdrawn.Say("1")
	if c := withdrawn.OnlyCase(); c.End != workflow.EndWithdrawn {
		t.Fatalf("the case is not withdrawn: step %d, %q", c.Step, c.End)
	}

	crashed := o.Guest("dedi").Apply()
	_, err := o.Store.Reserve(t.Context(), store.Reservation{
		Register: workflow.RegisterOutgoing, Year: 2026, Key: string(crashed) + "/surat_penolakan",
		Print: func(seq int, at time.Time) string {
			return o.App.Desk.Office.FormatNumber(workflow.RegisterOutgoing, "503", seq, at)
		},
	}, o.Now)
	if err != nil {
		t.Fatal(err)
	}
	return o, registers.Source{Store: o.Store, Procedures: o.App.Desk.Library, Office: o.App.Desk.Office}
}

// resend answers a clarification of two documents.
func resend(g *handlerstest.Guest) {
	g.T.Helper()
	g.Say("lengkapi")
	g.Send(g.PDF("B1 baru.pdf", 2))
	g.Send(g.PDF("C1 baru.pdf", 3))
	g.Say("31/12/2027")
	g.Say("1")
	if c := g.OnlyCase(); c.Stage != workflow.StageWork {
		g.T.Fatalf("the file is not complete: %+v", c.Stage)
	}
}

func november() registers.Period { return registers.Month(2026, time.November) }

// lines gives a book as the lines of its CSV, without the heads.
func lines(t *testing.T, s registers.Source, kind registers.Kind, p registers.Period) []string {
	t.Helper()
	books, err := s.Books(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	book, ok := registers.Find(books, string(kind))
	if !ok {
		t.Fatalf("there is no %s", kind)
	}
	var out bytes.Buffer
	if _, err := sheets.CSV(&out, sheets.Document{Book: book, Period: p, Rows: s.Rows(t.Context(), book, p), Office: s.Office}); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimRight(out.String(), "\r\n"), "\r\n")[1:]
}

// TestEveryBookHasItsRows: what was granted, refused, withdrawn or cut off by a crash stands in
// each book as it should.
func TestEveryBookHasItsRows(t *testing.T) {
	_, s := year(t)
	for kind, want := range map[registers.Kind][][]string{
		registers.Incoming: {
			{"1;001/SM/DPMPTSPK/XI/2026;2026-11-23 10:12;01/YC/XI/2026;2026-11-20;Yayasan Contoh;Permohonan Izin Teknis LKS Asing;14;", ";izin terbit;LKS-2026-00001-3"},
			{"2;002/SM/DPMPTSPK/XI/2026;", ";ditolak;LKS-2026-00002-"},
			{"3;003/SM/DPMPTSPK/XI/2026;", ";BATAL: dicabut pemohon;LKS-2026-00003-"},
			{"4;004/SM/DPMPTSPK/XI/2026;", ";Menerima dan memeriksa kelengkapan berkas;LKS-2026-00004-"},
		},
		registers.Outgoing: {
			{"1;503/001/", "Dinas Sosial", "Permintaan Rekomendasi", ";14;", "terbit", "LKS-2026-00001-3"},
			{"2;094/002/", "Surat perintah tugas", ";0;", "terbit", "LKS-2026-00001-3"},
			{"3;503/003/", "terbit", "LKS-2026-00002-"},
			{"4;094/004/", "terbit", "LKS-2026-00002-"},
			{"5;503/005/", "2026-11-23;Yayasan Contoh;Penolakan Permohonan", "terbit", "LKS-2026-00002-"},
			{"6;503/006/", "terbit", "LKS-2026-00003-"},
			{"7;094/007/", "terbit", "LKS-2026-00003-"},
			{"8;503/008/", ";;Yayasan Contoh;Penolakan Permohonan", "BATAL: permohonan dicabut pemohon (CONTOH: tidak jadi)", "LKS-2026-00003-"},
			{"9;503/009/", "dipesan, belum ada suratnya", "LKS-2026-00004-"},
		},
		registers.Permits: {{"1;503/001/", ";2026-11-23;Yayasan Contoh;Izin Teknis LKS Asing;Jl. Contoh No. 2;2027-06-30;", "Petugas CONTOH", "terbit", "LKS-2026-00001-3"}},
		registers.Courier: {
			{"1;2026-11-23 10:12;503/001/", "Izin Teknis LKS Asing;Yayasan Contoh;loket;2026-11-23 11:12;Ani CONTOH;KTP;dicatat Petugas CONTOH", "LKS-2026-00001-3"},
			{"2;2026-11-23 12:12;503/005/", "Penolakan Permohonan", ";chat;2026-11-23 12:12;Contoh Pimpinan;;dinyatakan di chat;", "LKS-2026-00002-"},
		},
		registers.Applications: {
			{"1;LKS-2026-00001-3;2026-11-23 10:12;Yayasan Contoh;Belanda;Izin Teknis LKS Asing;", ";2026-11-23;", "izin terbit;2026-11-23"},
			{"2;LKS-2026-00002-", "ditolak;2026-11-23"},
			{"3;LKS-2026-00003-", "BATAL: dicabut pemohon;2026-11-23"},
			{"4;LKS-2026-00004-", ";;;Menerima dan memeriksa kelengkapan berkas;"},
		},
		registers.Clarifications: {{"1;2026-11-23 11:12;LKS-2026-00002-", ";Yayasan Contoh;1;B1, C1;2;2026-12-11 16:30;2026-11-23 12:12;Petugas CONTOH"}},
	} {
		got := lines(t, s, kind, november())
		if len(got) != len(want) {
			t.Errorf("%s has %d rows, want %d:\n%s", kind, len(got), len(want), strings.Join(got, "\n"))
			continue
		}
		for i, parts := range want {
			for _, part := range parts {
				if !strings.Contains(got[i], part) {
					t.Errorf("%s, row %d lacks %q:\n%s", kind, i+1, part, got[i])
				}
			}
			if !strings.HasPrefix(got[i], parts[0]) {
				t.Errorf("%s, row %d begins otherwise than %q:\n%s", kind, i+1, parts[0], got[i])
			}
		}
		if rows := lines(t, s, kind, registers.Month(2026, time.December)); len(rows) > 0 {
			t.Errorf("%s has rows in December: %q", kind, rows)
		}
		if rows := lines(t, s, kind, registers.Year(2026)); !slices.Equal(rows, got) {
			t.Errorf("%s of the year: %q", kind, rows)
		}
	}
}

func TestPeriodsAndTheirNames(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, workflow.WIB()) }
	book := registers.Book{Title: "Buku X"}
	for want, p := range map[string]registers.Period{
		"November 2026 | Buku X 2026-11":                                          november(),
		"tahun 2026 | Buku X 2026":                                                registers.Year(2026),
		"23 November 2026 | Buku X 2026-11-23":                                    {From: day(23), To: day(24)},
		"1 November 2026 s.d. 15 November 2026 | Buku X 2026-11-01 sd 2026-11-15": {From: day(1), To: day(16)},
		"1 November 2026 s.d. 31 Desember 2026 | Buku X 2026-11-01 sd 2026-12-31": {From: day(1), To: day(1).AddDate(0, 2, 0)},
	} {
		if got := p.String() + " | " + p.FileName(book); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
