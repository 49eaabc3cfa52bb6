package phrases_test

import (
	"testing"

	"izinbot/handlers/phrases"
)

func TestWithdraws(t *testing.T) {
	for text, want := range map[string]bool{
		"tarik permohonan saya": true, "Saya mau menarik permohonan.": true, "batalkan permohonan saya": true, "withdraw my application": true,
		"mohon cabut pengajuan kami pak": true, "saya ingin membatalkan pengajuan izin ini": true, "I would like to cancel the application please": true,
		"permohonan saya tolong ditarik saja": true, "bisakah permohonannya dibatalkan?": true, "TARIK PERMOHONANNYA DONG": true, "how do I withdraw my application?": true,

		"jangan tarik permohonan saya": false, "tidak jadi menarik permohonan": false, "don't withdraw my application": false, "permohonan saya": false, "tarik": false,
		"saya mau batal": false, "permohonan saya ditolak": false, "siapa yang membatalkan permohonan saya": false, "tarik napas": false, "kapan permohonan ditarik": false,
		"kenapa permohonan saya dibatalkan": false, "Yayasan Tarik Permohonan Kasih": false,
	} {
		if got := phrases.Withdraws(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
