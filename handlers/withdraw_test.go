package handlers_test

import (
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestWithdrawnInWords: who says in a sentence that his application is to be withdrawn is asked to
// confirm it, with and without its number.
func TestWithdrawnInWords(t *testing.T) {
	for _, said := range []string{
		"tarik permohonan saya", "saya mau menarik permohonan", "batalkan permohonan saya", "withdraw my application", "tolong permohonan saya dicabut saja pak", "tarik permohonan saya #", "tarik saja", "Batalkan permohonan # ya",
	} {
		g, id := handlerstest.Applied(t)
		g.Expect(withID(said, id), "Boleh kami tahu alasannya")
		g.Expect("tanpa alasan", "Ya, tarik")
		if g.OnlyCase().End != "" {
			t.Fatalf("%q: withdrawn without a yes", said)
		}
		g.Expect("ya", "sudah ditarik")
		if got := g.OnlyCase().End; got != workflow.EndWithdrawn {
			t.Errorf("%q: the case ended %q", said, got)
		}
	}
	g, id := handlerstest.Applied(t)
	for _, said := range []string{"jangan tarik permohonan saya", "kenapa permohonan saya dibatalkan?"} {
		g.Lacks(g.Say(withID(said, id)), "alasannya")
	}
}

// TestDraftWithdrawnInWords: the same of what was not sent yet, in the middle of the form or put aside.
func TestDraftWithdrawnInWords(t *testing.T) {
	for _, aside := range []bool{false, true} {
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		g.Begin()
		g.Say("Yayasan Contoh")
		if aside {
			g.Say("simpan")
		}
		g.Expect("tarik permohonan saya", "Isian yang belum dikirim (Yayasan Contoh) dan dokumennya akan dihapus")
		g.Expect("tidak jadi", "tersimpan", "Lanjutkan")
		g.Expect("lanjutkan", "2/19")
		g.Say("saya mau membatalkan permohonan")
		g.Expect("ya", "sudah dihapus")
		g.Expect("lanjutkan", "Tidak ada permohonan yang tersimpan")
		if g.State().Open != nil || len(g.State().Drafts) > 0 {
			t.Error("the draft is still there")
		}
	}
}

// TestWhichOneIsWithdrawn: with a case under way and a draft it is asked which is meant.
func TestWhichOneIsWithdrawn(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	g.Say("ajukan")
	g.Say("1")
	g.Say("Yayasan Kedua")
	g.Expect("tarik permohonan saya", "1 Isian yang belum dikirim · Yayasan Kedua", "2 Yayasan Contoh · Senin 23 Nov 10.12")
	g.Expect("2", "Boleh kami tahu alasannya")
	g.Say("tidak jadi")
	g.Say("tarik permohonan saya")
	g.Expect("1", "Isian yang belum dikirim (Yayasan Kedua)")
	g.Expect("ya", "sudah dihapus")
	if g.OnlyCase().End != "" {
		t.Error("the case that was sent ended")
	}
}

// TestWithdrawalInAComplaint: the same words within a text of one's own are a part of it.
func TestWithdrawalInAComplaint(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	g.Say("pengaduan")
	g.Lacks(g.Say("tarik permohonan saya"), "alasannya")
}

// withID puts a case's number in the place of a "#".
func withID(said string, id workflow.CaseID) string {
	return strings.ReplaceAll(said, "#", string(id))
}
