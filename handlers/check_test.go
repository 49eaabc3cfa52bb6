package handlers

import (
	"testing"
)

// TestReasonsForADocumentThatWasNotSent can apply to it.
func TestReasonsForADocumentThatWasNotSent(t *testing.T) {
	g, id := applied(t)
	fo := g.officer("fo", "front_office")
	fo.expect("buka "+string(id), "14 dokumen")
	fo.say("Minta dokumen lain")
	asked := fo.expect("F1 Daftar tenaga asing dan RPTKA/visa", "F1", "1 Belum dikirim", "Kembali ke daftar")
	g.lacks(asked, "Tidak terbaca", "Kedaluwarsa", "Tidak lengkap", "apa yang salah")
	fo.say("1")
	fo.say("A1")
	fo.say("Tidak sesuai")
	fo.expect("?", "1 Tidak terbaca", "2 Kedaluwarsa")
}
