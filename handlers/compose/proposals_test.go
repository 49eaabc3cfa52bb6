package compose_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestProposalsAreTakenAtOnce: a disposition, the orders of a visit and a draft need three
// presses where what is proposed will do, and all of it is shown before it goes.
func TestProposalsAreTakenAtOnce(t *testing.T) {
	t.Parallel()
	for _, step := range []struct {
		no    int
		role  workflow.Role
		label string
		shown []string
	}{
		{4, "front_office", "Pakai semua usulan (5)", []string{"Indeks: LKS Asing", "Kode: 503", "Sifat: Biasa", "Instruksi: Mohon diverifikasi", "1 Kirim"}},
		{6, "backoffice", "Pakai semua usulan (4)", []string{"Tanggal kunjungan: ", "Anggota tim:", "1 Kirim"}},
		{17, "backoffice", "Pakai semua usulan (2)", []string{"Ketentuan:", "Berlaku sampai: ", "1 Kirim"}},
	} {
		g, id := handlerstest.At(t, step.no, workflow.OutcomeRecommended)
		officer := g.Officer("satu", step.role)
		g.Officer("anggota", "tim_teknis")
		officer.Expect("buka "+string(id), step.label)
		officer.Expect(step.label, step.shown...)
		if c := g.OnlyCase(); c.Step != step.no {
			t.Errorf("step %d: the letter went without a word", step.no)
		}
	}
}
