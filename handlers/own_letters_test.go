package handlers

import (
	"testing"
)

func TestApplicantGetsHisLettersAgain(t *testing.T) {
	g, id := applied(t)
	g.expect("surat", "Belum ada surat")
	g.say("/english")
	fo := g.officer("fo", "front_office")
	fo.say("buka " + string(id))
	fo.say("A1")
	fo.say("tidak sesuai")
	fo.expect("1", "A2: sesuai?")
	fo.say("kembali ke daftar")
	fo.say("yang belum dinilai sesuai semua")
	fo.expect("kirim klarifikasi", "klarifikasi dikirim")
	if reason := g.onlyCase().Documents[0].Verdict.Reason; reason != "Tidak terbaca. Pindai atau foto ulang dengan jelas." {
		t.Errorf("the letter, which is Indonesian, gives the reason %q", reason)
	}
	g.expect("complete", "The officer's note: It cannot be read.")
	g.say("cancel")
	g.expect("my letters please", "My letters")
	g.expect("letters", "KLARIFIKASI BERKAS")
	if files := sentFiles(g); len(files) != 1 || files[0] != string(id)+" klarifikasi.pdf" {
		t.Errorf("sent %q", files)
	}
	g.expect("letters "+string(id), "KLARIFIKASI BERKAS")
	other := g.guest("budi")
	other.expect("surat "+string(id), "bukan permohonan Bapak/Ibu")
	fo.expect("surat "+string(id), "KLARIFIKASI BERKAS")
}

// Drafts and what is between the offices stay there.
func TestApplicantGetsOnlyHisLetters(t *testing.T) {
	g, id := visited(t)
	got := g.expect("surat", "RESI", "BERITA ACARA")
	g.lacks(got, "DISPOSISI", "PERINTAH TUGAS", "PERMINTAAN", "arsip")
	if g.onlyCase().ID != id {
		t.Error("another case")
	}
}

// sentFiles names the files that came with the last answer.
func sentFiles(g *guest) []string {
	var names []string
	for _, m := range g.sent[g.chat] {
		for _, f := range m.Files {
			names = append(names, f.Name)
		}
	}
	return names
}
