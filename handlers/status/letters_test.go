package status_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
)

func TestApplicantGetsHisLettersAgain(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Expect("surat", "Belum ada surat")
	g.Say("/english")
	fo := g.Officer("fo", "front_office")
	fo.Say("buka " + string(id))
	fo.Say("A1")
	fo.Say("tidak sesuai")
	fo.Expect("1", "A2: sesuai?")
	fo.Say("kembali ke daftar")
	fo.Say("yang belum dinilai sesuai semua")
	fo.Expect("kirim klarifikasi", "klarifikasi dikirim")
	if reason := g.OnlyCase().Documents[0].Verdict.Reason; reason != "Tidak terbaca. Pindai atau foto ulang dengan jelas." {
		t.Errorf("the letter, which is Indonesian, gives the reason %q", reason)
	}
	g.Expect("complete", "The officer's note: It cannot be read.")
	g.Say("cancel")
	g.Expect("my letters please", "My letters")
	g.Expect("letters", "Request to Complete the File")
	if files := sentFiles(g); len(files) != 2 || files[0] != "Request to Complete the File – "+string(id)+".pdf" || files[1] != "Request to Complete the File (summary in English) – "+string(id)+".pdf" {
		t.Errorf("sent %q", files)
	}
	g.Expect("letters "+string(id), "Request to Complete the File")
	other := g.Guest("budi")
	other.Expect("surat "+string(id), "bukan permohonan Bapak/Ibu")
	fo.Expect("surat "+string(id), "KLARIFIKASI BERKAS")
}

// Drafts and what is between the offices stay there.
func TestApplicantGetsOnlyHisLetters(t *testing.T) {
	g, id := handlerstest.Visited(t)
	got := g.Expect("surat", "RESI", "BERITA ACARA")
	g.Lacks(got, "DISPOSISI", "PERINTAH TUGAS", "PERMINTAAN", "arsip")
	if g.OnlyCase().ID != id {
		t.Error("another case")
	}
}

// sentFiles names the files that came with the last answer.
func sentFiles(g *handlerstest.Guest) []string {
	var names []string
	for _, m := range g.Sent[g.Chat] {
		for _, f := range m.Files {
			names = append(names, f.Name)
		}
	}
	return names
}
