package tasks_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestOfficersAreSentToTheCase: what was refused to an officer is looked up by BUKA; STATUS
// is the applicant's word.
func TestOfficersAreSentToTheCase(t *testing.T) {
	g, id := handlerstest.At(t, 20, workflow.OutcomeRecommended)
	kadis := g.Officer("kadis", "kadis")
	kadis.Say("buka " + string(id))
	g.Say("tarik")
	g.Say("1")
	g.Expect("1", "ditarik dan ditutup")
	g.Lacks(kadis.Expect("kerjakan "+string(id), string(id)+" sudah selesai (ditarik pemohon"), "alihkan", "STATUS")
	g.Lacks(kadis.Expect("alihkan "+string(id), string(id)+" sudah selesai (ditarik pemohon"), "STATUS")
	got := kadis.Expect("/ttd", "Tidak ada surat")
	g.Lacks(got, "STATUS")
}

// TestCodeForACaseThatEnded: the case is withdrawn while its signature is being confirmed.
func TestCodeForACaseThatEnded(t *testing.T) {
	g, id := handlerstest.At(t, 20, workflow.OutcomeRecommended)
	kadis := g.Officer("kadis", "kadis")
	code := g.SetUpCodes("kadis")
	kadis.Say("buka " + string(id))
	kadis.Expect("Tanda tangan", "kode 6 angka")
	g.Say("tarik")
	g.Say("1")
	g.Say("1")
	g.Lacks(kadis.Expect(code(), "sudah selesai", "BUKA "+string(id)), "STATUS")
}

// TestPromiseWhereTheApplicantIsWaitedFor is told in its own words.
func TestPromiseWhereTheApplicantIsWaitedFor(t *testing.T) {
	g, id := handlerstest.At(t, 23, workflow.OutcomeRecommended)
	fo := g.Officer("fo", "front_office")
	g.Lacks(fo.Expect("kerjakan "+string(id), "tidak sedang menunggu petugas, jadi tidak ada yang perlu dikerjakan"), "dialihkan")
}

// TestLaterWithoutATask: there is nothing to put off.
func TestLaterWithoutATask(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	fo.Expect("nanti", "tetap ada di daftar", "1 Daftar tugas")
	fo.Expect("/nanti "+string(id), string(id)+" tetap ada di daftar")
	bo := g.Officer("bo", "backoffice")
	g.Lacks(bo.Expect("nanti", "Tidak ada tugas untuk Anda sekarang"), "tetap ada")
}
