package review_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
)

// TestReasonsForADocumentThatWasNotSent can apply to it.
func TestReasonsForADocumentThatWasNotSent(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	fo.Expect("buka "+string(id), "14 dokumen")
	fo.Say("Minta dokumen lain")
	asked := fo.Expect("F1 Daftar tenaga asing dan RPTKA/visa", "F1", "1 Belum dikirim", "Kembali ke daftar")
	g.Lacks(asked, "Tidak terbaca", "Kedaluwarsa", "Tidak lengkap", "apa yang salah")
	fo.Say("1")
	fo.Say("A1")
	fo.Say("Tidak sesuai")
	fo.Expect("?", "1 Tidak terbaca", "2 Kedaluwarsa")
}

// TestJudgedAgainStaysAtItsDocument: who comes back to a document to correct a verdict is
// not sent on to another one, and its file is not sent once more.
func TestJudgedAgainStaysAtItsDocument(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	fo.Say("buka " + string(id))
	fo.Say("A1")
	fo.Expect("Sesuai", "A2 Identitas", "A2: sesuai?")
	fo.Expect("A1", "A1: sesuai?")
	fo.Expect("Tidak sesuai", "A1 ", "apa yang salah")
	got := fo.Expect("Tidak terbaca", "A1: tercatat tidak sesuai (Tidak terbaca.", "1 Kembali ke daftar", "2 Sesuai", "3 Tidak sesuai")
	g.Lacks(got, "A2")
	if n := g.Handed(fo); n != 0 {
		t.Errorf("%d files are sent once more", n)
	}
	g.Lacks(fo.Expect("Sesuai", "A1: tercatat sesuai."), "A2")
	fo.Expect("1", "1 sesuai, 0 tidak, 13 belum diperiksa")
}
