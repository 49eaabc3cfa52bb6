package supervise_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestFindByTheNumberOfALetter, as people type it.
func TestFindByTheNumberOfALetter(t *testing.T) {
	g, id := handlerstest.At(t, 7, workflow.OutcomeRecommended)
	fo := g.Officer("fitri", "front_office")
	l, _ := g.OnlyCase().Letter("permintaan_rekomendasi")
	if l.Number == nil || l.Number.Text != "503/001/DPMPTSPK/XI/2026" {
		t.Fatalf("the letter's number is %+v", l.Number)
	}
	for _, typed := range []string{
		"503/001/DPMPTSPK/XI/2026", "503/001/dpmptspk/xi/2026", "No. 503 / 001 / DPMPTSPK / XI / 2026", "nomor: 503/1/DPMPTSPK/XI/2026",
		"503-001-DPMPTSPK-XI-2026", "503 001 dpmptspk xi 2026.", "surat no 503/001/DPMPTSPK/XI/2026",
	} {
		fo.Expect("cari "+typed, "Nomor 503/001/DPMPTSPK/XI/2026: permintaan rekomendasi.", string(id))
	}
	g.Lacks(fo.Say("cari 503/999/DPMPTSPK/XI/2026"), "Nomor 503")
	fo.Expect("cari Yayasan Contoh", "1 permohonan", string(id))
}
