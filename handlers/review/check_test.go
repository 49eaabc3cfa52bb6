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
