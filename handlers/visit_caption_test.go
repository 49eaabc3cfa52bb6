package handlers_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
)

// TestCaptionOfAVisitsPhoto: what stands below a photo of the visit is kept with it for the report,
// and is the note where one is asked for. Talk is none, and what cannot be kept is told.
func TestCaptionOfAVisitsPhoto(t *testing.T) {
	t.Parallel()
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Tell(bot.Inbound{Location: &bot.Location{Lat: 2.74, Lon: 98.32}})
	shade := uint8(0)
	photo := func(caption string) string {
		shade++
		return tim.Tell(bot.Inbound{Text: caption, Files: []bot.InboundFile{tim.Photo("foto.jpg", 400, 300, shade)}})
	}
	tim.Wants(photo("Tampak depan"), "1 foto tersimpan", "Keterangan foto: “Tampak depan”.")
	tim.Lacks(photo("ok pak"), "Keterangan foto")
	tim.Wants(photo(strings.Repeat("panjang ", 30)), "lebih 39 huruf dari 200", "3 foto tersimpan")
	tim.Wants(photo("厨房 dapur"), "ejaan Latinnya", "4 foto tersimpan")
	tim.Wants(photo("selesai"), "5 foto tersimpan", "Daftar periksa 1/8")
	tim.Say("catatan")
	tim.Wants(photo("Papan nama belum ada"), "Keterangan foto: “Papan nama belum ada”.", "Daftar periksa 1/8")
	tim.Say("tidak")
	v := load(t, tim.Office, id).Visit
	for i, want := range []string{"Tampak depan", "", "", "", "", "Papan nama belum ada"} {
		if v.Photos[i].Caption != want {
			t.Errorf("photo %d: %q, want %q", i+1, v.Photos[i].Caption, want)
		}
	}
	if len(v.Findings) != 1 || v.Findings[0].OK || v.Findings[0].Note != "Papan nama belum ada" {
		t.Errorf("found %+v", v.Findings)
	}
}
