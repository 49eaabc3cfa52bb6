package handlers_test

import (
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
)

// swapped gives a case's number with two digits that changed places.
func swapped(id string) string {
	i := strings.LastIndex(id, "1-")
	return id[:i-1] + "1" + id[i-1:i] + id[i+1:]
}

// A wrong number names the likeliest right one only to those who may hear of that case.
func TestWrongNumberNamesNobodyElsesCase(t *testing.T) {
	g, id := handlerstest.Applied(t)
	wrong := swapped(string(id))
	g.Expect("status "+wrong, "Mungkin maksudnya "+string(id))
	g.Lacks(g.Guest("orang-lain").Say("status "+wrong), string(id))
	fo := g.Officer("fo", "front_office")
	fo.Expect("buka "+wrong, "Mungkin maksudnya "+string(id))
	gone := strings.Replace(wrong, "2026", "2025", 1) // no such case is near it
	g.Lacks(fo.Say("buka "+gone), "Mungkin maksudnya")
}

// A case's number in an answer in words is asked about: the case, or the answer.
func TestCaseNumberInAnAnswer(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Say("ajukan")
	g.Say("1")
	said := "Yayasan " + string(id)
	g.Expect(said, "Ada nomor permohonan "+string(id), "1 Lihat "+string(id), "2 Ya: “"+said+"”", "1/19")
	g.Expect("ok", "1/19")
	g.Say(said)
	g.Expect("1", "Sedang diperiksa kelengkapannya", "1/19")
	g.Say(said)
	g.Expect("2", "2/19")
}

// What stands beside the answer is offered when it is asked for.
func TestTelephoneBesideTheMailAddress(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()[:7]...)
	g.Expect("kantor@contoh.example, 0812 3456 7890", "9/19 Telepon", "1 Pakai: +6281234567890")
	g.Expect("1", "10/19")
}

// The first words in English are answered in English.
func TestFirstWordsInEnglish(t *testing.T) {
	for said, want := range map[string]string{
		"hello": "Good morning", "Good morning": "Good morning", "how do I apply for a permit?": "Requirements", "I need help": "Is it one of these", "hi": "Selamat pagi", "halo": "Selamat pagi", "selamat pagi": "Selamat pagi",
	} {
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		g.Expect(said, want)
	}
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Say("english")
	g.Expect("horas", "Horas, Pemohon CONTOH.")
	g.Say("apply")
	g.Expect("halo", "Good morning", "10 working days")
}

// An officer's command is one wherever words are no answer.
func TestOfficersCommandAtAChoice(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	for _, said := range []string{"tugas", "tugas!", "_tugas_", "tuags", "TUGAS", "cari yayasan", string(id), "buka " + string(id) + " sekarang"} {
		fo.Say("tugas " + string(id))
		fo.Say("periksa")
		if got := fo.Say(said); !strings.Contains(got, string(id)) {
			t.Errorf("%q is answered with\n%s", said, got)
		}
	}
}

// Talk is no reason, complaint or conclusion; a question may be a complaint.
func TestTalkIsNotPassedOn(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	o.Officer("kadis", "kadis")
	g := o.Guest("ani")
	g.Say("pengaduan")
	for _, said := range []string{"halo", "sebentar ya", "ok", "saya tidak tahu", "terima kasih", "hmm", "-"} {
		g.Say(said)
		for chat := range g.Sent {
			if chat != g.Chat {
				t.Errorf("%q was passed on", said)
			}
		}
	}
	g.Expect("Kapan izin saya terbit?", "")
}
