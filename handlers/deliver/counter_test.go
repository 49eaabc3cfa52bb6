package deliver_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestCollectedAtTheCounter: the applicant is told to come, and of nothing that is attached;
// Front Office records who collected with which identity; the survey is offered then.
func TestCollectedAtTheCounter(t *testing.T) {
	for outcome, told := range map[workflow.Outcome][]string{
		workflow.OutcomeRecommended:    {"dikabulkan", "Surat izinnya", "diambil di loket", "resi dan identitas"},
		workflow.OutcomeNotRecommended: {"ditolak", "Surat penolakannya", "diambil di loket", "keberatan tertulis kepada Kepala Dinas dalam 21 hari kerja sejak surat diterima", "banding"},
	} {
		no := map[workflow.Outcome]int{workflow.OutcomeRecommended: 22, workflow.OutcomeNotRecommended: 14}[outcome]
		g, id := handlerstest.At(t, no, outcome)
		fo := g.Officer("fo", "front_office")
		fo.Expect("buka "+string(id), string(id)+" · SURAT", "disampaikan lewat mana?", "2 Diambil di loket")
		fo.Expect("2", "pemohon dikabari untuk mengambil", "1 Catat penyerahan di loket")
		news := handlerstest.Transcript(g.Sent[g.Chat])
		g.Wants(news, told...)
		g.Lacks(news, "terlampir", "Sudah diterima", "PDF")
		if n := g.Handed(g); n != 0 {
			t.Errorf("%d files are attached", n)
		}
		g.Lacks(g.Expect("status", "diambil di loket"), "Sudah diterima")
		g.Expect("terima "+string(id), "hanya bisa dilakukan oleh Front Office")

		fo.Expect("/serah "+string(id), "siapa yang mengambil di loket?", "1 Contoh Pimpinan")
		for _, wrong := range []string{"x", "<b>", "08120000", "!!!"} {
			fo.Expect(wrong, "siapa yang mengambil di loket?")
		}
		fo.Expect("Ani Contoh", "Identitas apa yang ditunjukkan", "1 KTP", "2 Paspor", "Belum ditunjukkan")
		for _, wrong := range []string{"<b>", "x", "12", "?", "ya", "sudah diperiksa"} {
			fo.Expect(wrong, "Identitas apa yang ditunjukkan")
		}
		fo.Expect("KTP", "dicatat dalam buku ekspedisi")
		g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "layanan ini selesai", "Bersediakah", "1 Beri penilaian")
		l, _ := g.OnlyCase().Letter(g.OnlyCase().Current)
		if r := l.Received; r.Recipient != "Ani Contoh" || r.Identity != "KTP" || !r.IdentityChecked || r.Means != workflow.MeansCounter {
			t.Errorf("received: %+v", r)
		}
		g.Officer("kabid2", "kabid").Expect("riwayat "+string(id), "mencatat penyerahan di loket: Ani Contoh, KTP")
	}
}

// TestIdentityNumbersAreNotKept: what is typed with the kind of document is masked.
func TestIdentityNumbersAreNotKept(t *testing.T) {
	g, id := handlerstest.At(t, 22, workflow.OutcomeRecommended)
	g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansCounter})
	fo := g.Officer("fo", "front_office")
	fo.Say("serah " + string(id))
	fo.Expect("1", "identitas Contoh Pimpinan")
	fo.Say("Kartu pegawai 1207000000000001")
	if l, _ := g.OnlyCase().Letter(g.OnlyCase().Current); l.Received.Identity != "Kartu pegawai 1••••01" {
		t.Errorf("kept: %q", l.Received.Identity)
	}
}

// TestDeliveredInTheChat says what it is, and offers the survey after the receipt, last.
func TestDeliveredInTheChat(t *testing.T) {
	g, id := handlerstest.At(t, 22, workflow.OutcomeRecommended)
	fo := g.Officer("fo", "front_office")
	fo.Say("buka " + string(id))
	fo.Expect("Kirim lewat chat", "dikirim lewat chat")
	g.Lacks(handlerstest.Transcript(g.Sent[g.Chat]), "loket")
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "dikabulkan", "surat izinnya, nomor", "1 Sudah diterima")
	if n := g.Handed(g); n != 1 {
		t.Errorf("%d files are attached", n)
	}
	g.Expect("/terima "+string(id), "Layanan ini selesai", "1 Beri penilaian")
	if n := len(g.Sent[g.Chat]); n != 1 {
		t.Errorf("told in %d messages: the survey's buttons do not stand last", n)
	}
	g.Expect("1", "1/9")
}

// TestRefusalDeliveredInTheChat names the right to object.
func TestRefusalDeliveredInTheChat(t *testing.T) {
	g, id := handlerstest.At(t, 14, workflow.OutcomeNotRecommended)
	g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansChat})
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "ditolak", "surat penolakannya, nomor", "keberatan tertulis", "21 hari kerja", "UU 30/2014", "1 Sudah diterima")
	g.Lacks(handlerstest.Transcript(g.Sent[g.Chat]), "dikabulkan")
}
