package workflowtest

import (
	"encoding/json"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// NumbersBefore gives numbers as they were kept before registers kept what is printed, and
// the cases whose letters bear them. Printed is what each must get: the first two are printed
// alike; after them come one that a crash left behind in December, with the number that its
// letter got in January; one whose case is lost; and an application's.
func NumbersBefore() ([]workflow.Case, []store.NumberRow) {
	numbered := func(id workflow.CaseID, letters ...workflow.Letter) workflow.Case {
		c := Case(id, start())
		c.Version, c.Letters = 1, letters
		return c
	}
	letter := func(id workflow.LetterID, register string, year, seq int, text string) workflow.Letter {
		return workflow.Letter{ID: id, Kind: workflow.LetterKind(id), Number: &workflow.Number{Register: register, Year: year, Seq: seq, Text: text}}
	}
	cases := []workflow.Case{
		numbered("LKS-2026-00001-3",
			letter("surat_izin", "izin", 2026, 1, "503/001/XI/2026"),
			letter("permintaan_rekomendasi", "surat_keluar", 2026, 1, "503/001/XI/2026")),
		numbered("LKS-2026-00002-1", letter("surat_izin", "izin", 2027, 1, "503/001/I/2027")),
	}
	rows := []store.NumberRow{
		{Register: "izin", Year: 2026, Seq: 1, Key: "LKS-2026-00001-3/surat_izin", Printed: "503/001/XI/2026"},
		{Register: "surat_keluar", Year: 2026, Seq: 1, Key: "LKS-2026-00001-3/permintaan_rekomendasi", Printed: "surat_keluar/2026/000001"},
		{Register: "izin", Year: 2026, Seq: 2, Key: "LKS-2026-00002-1/surat_izin", Printed: "izin/2026/000002"},
		{Register: "izin", Year: 2027, Seq: 1, Key: "LKS-2026-00002-1/surat_izin", Printed: "503/001/I/2027"},
		{Register: "izin", Year: 2026, Seq: 3, Key: "LKS-2026-00077-1/surat_izin", Printed: "izin/2026/000003"},
		{Register: "resi/LKS", Year: 2026, Seq: 1, Key: "sim:1/1", Printed: string(workflow.MakeCaseID("LKS", 2026, 1))},
	}
	for i := range rows {
		rows[i].Status, rows[i].Taken = workflow.NumberReserved, in(time.Duration(i)*time.Hour)
	}
	return cases, rows
}

// carryBefore carries records of before: numbers that do not say what they are printed as.
func carryBefore(p *pair) {
	p.Helper()
	cases, rows := NumbersBefore()
	for i, c := range cases {
		p.put(store.KindCase, int64(i+1), store.PortableCase{Case: p.json(c)})
	}
	for range 2 {
		for _, r := range rows {
			p.put(store.KindNumber, 0, store.PortableNumber{
				Register: r.Register, Year: r.Year, Seq: r.Seq, Key: r.Key, Status: r.Status, Taken: r.Taken,
			})
		}
	}
	p.ok(p.to.Finish(p.Context()))
	p.wantRows(rows)
	again := p.fresh()
	Carry(p.T, p.to, again, 2)
	Same(p.T, p.to, again)
	orphan := rows[2]
	n, err := p.to.Reserve(p.Context(), Reservation("izin", 2028, orphan.Key), in(9000*time.Hour))
	p.ok(err)
	p.equal(n, workflow.Number{Register: "izin", Year: 2026, Seq: 2, Text: text("izin", 2028, 2)})
	_, err = p.to.Reserve(p.Context(), store.Reservation{
		Register: "izin", Year: 2028, Key: rows[4].Key, Print: func(int, time.Time) string { return "503/001/XI/2026" },
	}, start())
	p.code(err, workflow.CodeDuplicate)
}

func (p *pair) json(v any) []byte {
	p.Helper()
	b, err := json.Marshal(v)
	p.ok(err)
	return b
}

func (p *pair) put(kind store.Kind, order int64, v any) {
	p.Helper()
	p.ok(p.to.Put(p.Context(), kind, []store.Record{{ID: "x", Order: order, Doc: p.json(v)}}, "m"))
}

// wantRows wants just these rows in their registers.
func (s *suite) wantRows(want []store.NumberRow) {
	s.Helper()
	WantRows(s.T, s.store, want)
}

// WantRows fails the test unless the registers of a store hold just these rows.
func WantRows(t *testing.T, s store.Registers, want []store.NumberRow) {
	t.Helper()
	left := map[store.NumberRow]bool{}
	type book struct {
		register string
		year     int
	}
	books := map[book]bool{}
	for _, r := range want {
		r.Taken = r.Taken.UTC()
		left[r] = true
		books[book{r.Register, r.Year}] = true
	}
	for b := range books {
		rows, err := s.Numbers(t.Context(), b.register, b.year)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			r.Taken = r.Taken.UTC()
			if !left[r] {
				t.Errorf("unexpected %+v", r)
			}
			delete(left, r)
		}
	}
	for r := range left {
		t.Errorf("missing %+v", r)
	}
}
