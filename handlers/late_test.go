package handlers

import (
	"context"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// TestTodayFromTheReminder: the promise is kept in the history, takes the task, and
// is what superiors see in the list of what is late.
func TestTodayFromTheReminder(t *testing.T) {
	g, id := applied(t)
	fo, other := g.officer("fitri", "front_office"), g.officer("ferdi", "front_office")
	kabid, kadis := g.officer("karina", "kabid"), g.officer("kristin", "kadis")
	fo.expect("/kerjakan "+string(id), "Anda kerjakan hari ini, sampai Senin 23 Nov 16.00", "Buka")
	c := g.onlyCase()
	if p, ok := c.Promised(); !ok || c.Holder == nil || p.By.Officer != "o-fitri" {
		t.Errorf("promised %+v, holder %+v", c.Promise, c.Holder)
	}
	other.expect("/kerjakan "+string(id), "FITRI CONTOH")
	kabid.expect("/kerjakan "+string(id), "Front Office")
	kabid.expect("terlambat", "Tidak ada yang lewat waktu")
	g.now = g.now.Add(4 * time.Hour)
	kabid.expect("terlambat", "1 lewat waktu", "Front Office: 1", "FITRI CONTOH (1)", "⏰ "+string(id), "dijanjikan pada Senin 23 Nov 10.12")
	kadis.expect("terlambat", "1 lewat waktu")
	kabid.expect("/riwayat "+string(id), "berjanji mengerjakan hari itu juga")
	kabid.expect("/alihkan "+string(id), "FERDI CONTOH")
	kabid.say("FERDI CONTOH")
	kabid.expect("terlambat", "FERDI CONTOH (1)")
	g.lacks(kabid.say("terlambat"), "dijanjikan")
	if c := g.onlyCase(); c.Holder == nil || c.Holder.By.Officer != "o-ferdi" {
		t.Errorf("the superior's choice has no effect: %+v", c.Holder)
	}
}

func TestTodayIsTheNextWorkingDayAtNight(t *testing.T) {
	g, id := applied(t)
	fo := g.officer("fitri", "front_office")
	g.now = time.Date(2026, 11, 27, 20, 0, 0, 0, workflow.WIB()) // Friday
	fo.expect("/kerjakan "+string(id), "sampai Senin 30 Nov 16.00")
}

func TestRecapOfAPeriod(t *testing.T) {
	g, id := applied(t)
	kabid := g.officer("karina", "kabid")
	g.now = g.now.Add(time.Hour)
	g.act(id, "front_office", workflow.Judge{Documents: codes(g.onlyCase()), OK: true}, workflow.Pass{})
	g.now = g.now.Add(time.Minute)
	kabid.expect("rekap", "Rekap Senin 23 Nov sampai Senin 23 Nov", "2. Menerima dan memeriksa kelengkapan berkas: 1 jam (2 Jam), 1 kali",
		"Front Office: 1 terbuka, 0 terlambat", "30 hari terakhir")
	g.lacks(kabid.say("rekap"), "Kadis:")
	g.lacks(kabid.expect("rekap minggu lalu", "Rekap Senin 16 Nov sampai Minggu 22 Nov"), "Rata-rata")
	kabid.expect("1", "Rekap Minggu 25 Okt sampai Senin 23 Nov")
	kabid.expect("rekap kapan-kapan", "Periodenya belum jelas", "REKAP 30 HARI")
	g.app.RecapChart = func(_ context.Context, r casework.Recap) []bot.Attachment {
		return []bot.Attachment{{Key: "k", Name: r.From.Format(time.DateOnly) + ".png"}}
	}
	kabid.expect("rekap 1 Nov - 23 Nov", "Rekap Minggu 1 Nov sampai Senin 23 Nov")
	if m := g.sent[kabid.chat]; len(m) != 1 || len(m[0].Files) != 1 || m[0].Files[0].Name != "2026-11-01.png" || len(m[0].Choices) != 3 {
		t.Errorf("the chart is not sent along: %+v", m)
	}
}
