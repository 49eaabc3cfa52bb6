package supervise_test

import (
	"context"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// TestTodayFromTheReminder: the promise is kept in the history, takes the task, and
// is what superiors see in the list of what is late.
func TestTodayFromTheReminder(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo, other := g.Officer("fitri", "front_office"), g.Officer("ferdi", "front_office")
	kabid, kadis := g.Officer("karina", "kabid"), g.Officer("kristin", "kadis")
	fo.Expect("/kerjakan "+string(id), "Anda kerjakan hari ini, sampai Senin 23 Nov 16.00", "Buka")
	c := g.OnlyCase()
	if p, ok := c.Promised(); !ok || c.Holder == nil || p.By.Officer != "o-fitri" {
		t.Errorf("promised %+v, holder %+v", c.Promise, c.Holder)
	}
	other.Expect("/kerjakan "+string(id), "FITRI CONTOH")
	kabid.Expect("/kerjakan "+string(id), "Front Office")
	kabid.Expect("terlambat", "Tidak ada yang lewat waktu")
	g.Now = g.Now.Add(4 * time.Hour)
	kabid.Expect("terlambat", "1 lewat waktu", "Front Office: 1", "FITRI CONTOH (1)", "⏰ "+string(id), "dijanjikan pada Senin 23 Nov 10.12")
	kadis.Expect("terlambat", "1 lewat waktu")
	kabid.Expect("/riwayat "+string(id), "berjanji mengerjakan hari itu juga")
	kabid.Expect("/alihkan "+string(id), "FERDI CONTOH")
	kabid.Say("FERDI CONTOH")
	kabid.Expect("terlambat", "FERDI CONTOH (1)")
	g.Lacks(kabid.Say("terlambat"), "dijanjikan")
	if c := g.OnlyCase(); c.Holder == nil || c.Holder.By.Officer != "o-ferdi" {
		t.Errorf("the superior's choice has no effect: %+v", c.Holder)
	}
}

func TestTodayIsTheNextWorkingDayAtNight(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fitri", "front_office")
	g.Now = time.Date(2026, 11, 27, 20, 0, 0, 0, workflow.WIB()) // Friday
	fo.Expect("/kerjakan "+string(id), "sampai Senin 30 Nov 16.00")
}

func TestRecapOfAPeriod(t *testing.T) {
	g, id := handlerstest.Applied(t)
	kabid := g.Officer("karina", "kabid")
	g.Now = g.Now.Add(time.Hour)
	g.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true}, workflow.Pass{})
	g.Now = g.Now.Add(time.Minute)
	kabid.Expect("rekap", "Rekap Senin 23 Nov sampai Senin 23 Nov", "2. Menerima dan memeriksa kelengkapan berkas: 1 jam (2 Jam), 1 kali",
		"Front Office: 1 terbuka, 0 terlambat", "30 hari terakhir")
	g.Lacks(kabid.Say("rekap"), "Kadis:")
	g.Lacks(kabid.Expect("rekap minggu lalu", "Rekap Senin 16 Nov sampai Minggu 22 Nov"), "Rata-rata")
	kabid.Expect("1", "Rekap Minggu 25 Okt sampai Senin 23 Nov")
	kabid.Expect("rekap kapan-kapan", "Periodenya belum jelas", "REKAP 30 HARI")
	g.App.RecapChart = func(_ context.Context, r casework.Recap) []bot.Attachment {
		return []bot.Attachment{{Key: "k", Name: r.From.Format(time.DateOnly) + ".png"}}
	}
	kabid.Expect("rekap 1 Nov - 23 Nov", "Rekap Minggu 1 Nov sampai Senin 23 Nov")
	if m := g.Sent[kabid.Chat]; len(m) != 1 || len(m[0].Files) != 1 || m[0].Files[0].Name != "2026-11-01.png" || len(m[0].Choices) != 3 {
		t.Errorf("the chart is not sent along: %+v", m)
	}
}
