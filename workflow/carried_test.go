package workflow_test

import (
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

func carriedSOP() *workflow.SOP {
	return &workflow.SOP{
		Number: "SOP-1",
		Documents: []workflow.DocDef{
			{Code: "C1", Name: workflow.Text{ID: "Izin Kemlu"}, Expires: true},
			{Code: "C2", Name: workflow.Text{ID: "Izin Kemensos"}, Expires: true, Basis: "Permensos CONTOH"},
		},
		Steps: []workflow.Step{
			{No: 7, Kind: workflow.KindVisit, Checklist: []workflow.CheckItem{
				{Key: "alamat", Text: "Kantor ada di alamatnya?"}, {Key: "mitra", Text: "Mitra ada?", Basis: "Perbup CONTOH Pasal 1"},
			}},
			{No: 8, Kind: workflow.KindRecommend, Fields: []workflow.Field{{Key: "alasan", Type: workflow.FieldReasons}}},
		},
	}
}

// TestReasonsAreProposedWithTheirBasis: what the visit and the documents show is proposed for the
// recommendation, and what was recommended for the refusal; each line is one that the field takes.
func TestReasonsAreProposedWithTheirBasis(t *testing.T) {
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, workflow.WIB())
	found := &workflow.Visit{Findings: []workflow.Finding{
		{Item: "alamat", Note: "kosong | tutup\nsejak Mei"}, {Item: "mitra"}, {Item: "tak dikenal"},
	}}
	expired := []workflow.Document{{Code: "C1", Expiry: "2026-11-30"}, {Code: "C2", Expiry: "2026-12-01"}}
	against := func(reasons string) *workflow.Recommendation {
		return &workflow.Recommendation{Outcome: workflow.OutcomeNotRecommended, Fields: workflow.Answers{"alasan": reasons}}
	}
	findings := []string{
		"Tidak sesuai: Kantor ada di alamatnya – kosong / tutup sejak Mei | SOP-1 langkah 7, butir periksa 1",
		"Tidak sesuai: Mitra ada | Perbup CONTOH Pasal 1",
	}
	for name, tc := range map[string]struct {
		c    workflow.Case
		want []string
	}{
		"nothing wrong":  {workflow.Case{Visit: &workflow.Visit{Findings: []workflow.Finding{{Item: "alamat", OK: true}}}}, nil},
		"no visit":       {workflow.Case{}, nil},
		"findings":       {workflow.Case{Visit: found}, findings},
		"recommendation": {workflow.Case{Visit: found, Recommendation: against("Dana tidak jelas | Pasal 3")}, []string{"Dana tidak jelas | Pasal 3"}},
		"no reasons":     {workflow.Case{Visit: found, Recommendation: against("")}, findings},
		"expired paper":  {workflow.Case{Documents: expired}, []string{"Izin Kemlu sudah tidak berlaku | SOP-1, persyaratan C1"}},
		"wrong document": {
			workflow.Case{Documents: []workflow.Document{{Code: "C2", Verdict: &workflow.Verdict{Reason: "palsu"}}}},
			[]string{"Izin Kemensos: palsu | Permensos CONTOH"},
		},
	} {
		got := tc.c.ProposedReasons(carriedSOP(), now)
		if got != strings.Join(tc.want, "\n") {
			t.Errorf("%s: got\n%s", name, got)
		}
		field := workflow.Field{Type: workflow.FieldReasons}
		if got != "" && !field.Accepts(got) {
			t.Errorf("%s: the field does not take\n%s", name, got)
		}
	}
}

func TestConditionsAreCarriedOnce(t *testing.T) {
	c := workflow.Case{Recommendation: &workflow.Recommendation{
		Outcome: workflow.OutcomeRecommended,
		Fields:  workflow.Answers{"syarat": "Melapor tiap bulan.\n\n Pagar selesai"},
	}}
	if got := c.ProposedProvisions("Satu.\nmelapor  tiap bulan"); got != "Satu.\nmelapor  tiap bulan\nPagar selesai" {
		t.Errorf("got\n%s", got)
	}
	c.Recommendation.Outcome = workflow.OutcomeNotRecommended
	if got := c.ProposedProvisions("Satu."); got != "Satu." {
		t.Errorf("conditions of a refusal: %s", got)
	}
}

// TestRewordedConditionsArePrintedOnce: a condition stands in the permit as the officer wrote it;
// one that was left out stands there as it was recommended.
func TestRewordedConditionsArePrintedOnce(t *testing.T) {
	const standing = "Pemegang izin melapor setiap tahun kepada Kepala Dinas"
	conditions := "Melapor tiap bulan\nPagar selesai sebelum kegiatan dimulai"
	c := workflow.Case{Recommendation: &workflow.Recommendation{
		Outcome: workflow.OutcomeRecommended, Fields: workflow.Answers{"syarat": conditions},
	}}
	for name, tc := range map[string]struct{ given, want string }{
		"as recommended": {standing + "\n" + conditions, standing + "\n" + conditions},
		"left out":       {standing, standing + "\n" + conditions},
		"one in other words": {
			standing + "\nMenyampaikan laporan setiap bulan.", standing + "\nMenyampaikan laporan setiap bulan.\nPagar selesai sebelum kegiatan dimulai",
		},
		"both in one": {
			"Wajib melapor tiap bulan, dan pagar harus selesai sebelum kegiatannya dimulai", "Wajib melapor tiap bulan, dan pagar harus selesai sebelum kegiatannya dimulai",
		},
		"something else":       {"Papan nama dipasang di depan kantor", "Papan nama dipasang di depan kantor\n" + conditions},
		"other by a condition": {"Melapor tiap bulan\nRuang bermain diberi pagar", "Melapor tiap bulan\nRuang bermain diberi pagar\nPagar selesai sebelum kegiatan dimulai"},
	} {
		if got := strings.Join(c.Provisions(tc.given, standing), "\n"); got != tc.want {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
	if c.Recommendation.Fields["syarat"] != conditions {
		t.Error("the recommendation lost its words")
	}
}
