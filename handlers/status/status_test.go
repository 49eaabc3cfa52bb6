package status_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/status"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// reader is a session that only reads.
func reader(e *session.Env, lang workflow.Lang, now time.Time) *session.Session {
	return &session.Session{Env: e, Now: now, Person: store.Person{ID: "p-1", Lang: lang}}
}

func TestOwnStatusReadsAsAgreed(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	def := o.App.Desk.Library.Current()
	now := time.Date(2026, 11, 30, 10, 0, 0, 0, workflow.WIB())
	want := strings.Join([]string{
		"LKS-2026-00042-7 · Yayasan Contoh",
		"●●●●●●○○○○○○○○○○ Langkah 7: Peninjauan lapangan — Tim Teknis, sampai Rabu 2 Des 16.00",
		"Jatuh tempo layanan: Senin 7 Des (5 hari kerja lagi). Perkiraan selesai: Kamis 10 Des.",
		"✓ Berkas lengkap 23 Nov  ✓ Diverifikasi 23 Nov  ✓ Koordinasi Tim Teknis 26 Nov",
	}, "\n")
	if got := status.OwnStatus(reader(o.App.Env, workflow.Indonesian, now), def, handlerstest.UnderWay(def)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := status.OwnStatus(reader(o.App.Env, workflow.English, now), def, handlerstest.UnderWay(def)); !strings.Contains(got, "Service due: Monday 7 Dec (5 working days left).") {
		t.Errorf("in English\n%s", got)
	}
}

func TestOwnStatusOfOtherStates(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	def := o.App.Desk.Library.Current()
	now := time.Date(2026, 12, 7, 15, 0, 0, 0, workflow.WIB())
	for name, try := range map[string]struct {
		change func(*workflow.Case)
		want   []string
		lacks  string
	}{
		"late step on the last day": {func(*workflow.Case) {}, []string{"seharusnya selesai Rabu 2 Des 16.00", "Senin 7 Des (hari ini)"}, ""},
		"late service": {func(c *workflow.Case) {
			c.ServiceClock.Due = time.Date(2026, 12, 3, 16, 0, 0, 0, workflow.WIB())
		}, []string{"Kamis 3 Des (lewat 2 hari kerja)"}, ""},
		"waiting for documents": {func(c *workflow.Case) {
			c.Step, c.Asker, c.Stage = 1, 5, workflow.StageWaiting
			c.Trail = c.Trail[:4]
			c.StepClock.Due, c.ServiceClock.Due = time.Time{}, time.Time{}
			c.ServiceClock.Pauses = []workflow.Span{{From: now}}
			c.ReplyClock.Due = time.Date(2026, 12, 28, 16, 0, 0, 0, workflow.WIB())
		}, []string{"●●●●○", "Langkah 5: Verifikasi", "Mohon lengkapi dokumen A1, A2,", "Senin 28 Des 16.00", "ikut mundur"}, "Perkiraan"},
		"report to be approved": {func(c *workflow.Case) {
			c.Stage, c.Visit = workflow.StageApprove, &workflow.Visit{}
		}, []string{"Berita acara menunggu persetujuan Bapak/Ibu."}, ""},
		"letter to be confirmed": {func(c *workflow.Case) { c.Step = 23 }, []string{"pilih Sudah diterima"}, "Perkiraan"},
		"granted":                {func(c *workflow.Case) { c.End, c.Ended = workflow.EndGranted, now }, []string{"Selesai: izin terbit, Senin, 7 Desember 2026.", "✓ Berkas lengkap"}, "●"},
		"closed":                 {func(c *workflow.Case) { c.End, c.Ended = workflow.EndUnanswered, now }, []string{"tidak dilengkapi"}, "Jatuh tempo"},
	} {
		c := handlerstest.UnderWay(def)
		try.change(&c)
		got := status.OwnStatus(reader(o.App.Env, workflow.Indonesian, now), def, c)
		for _, w := range try.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: want %q in\n%s", name, w, got)
			}
		}
		if try.lacks != "" && strings.Contains(got, try.lacks) {
			t.Errorf("%s: unwanted %q in\n%s", name, try.lacks, got)
		}
	}
}

func TestProgressForgetsWhatAReturnUndid(t *testing.T) {
	def, _, err := handlerstest.SOPSource()
	if err != nil {
		t.Fatal(err)
	}
	c := handlerstest.UnderWay(def)
	c.Trail = append(c.Trail, workflow.Run{Step: 7, Outcome: workflow.OutcomeNext}, workflow.Run{Step: 8, Outcome: workflow.OutcomeRecommended})
	for _, step := range []int{16, 17, 18, 19} {
		c.Trail = append(c.Trail, workflow.Run{Step: step, Outcome: workflow.OutcomeNext})
	}
	c.Trail = append(c.Trail, workflow.Run{Step: 20, Outcome: workflow.OutcomeReturned})
	c.Step = 17
	steps := func(c workflow.Case) (done, ahead []int) {
		p := mycases.ProgressOf(def, c)
		for _, r := range p.Done {
			done = append(done, r.Step)
		}
		for _, s := range p.Ahead {
			ahead = append(ahead, s.No)
		}
		return done, ahead
	}
	done, ahead := steps(c)
	if !slices.Equal(done, []int{1, 2, 3, 4, 5, 6, 7, 8, 16}) || !slices.Equal(ahead, []int{17, 18, 19, 20, 21, 22, 23}) {
		t.Errorf("after a return: done %v, ahead %v", done, ahead)
	}
	c = handlerstest.UnderWay(def)
	c.Trail = append(c.Trail[:4], workflow.Run{Step: 1, Outcome: workflow.OutcomeNext}) // the answer to a clarification
	c.Step = 5
	if done, ahead = steps(c); !slices.Equal(done, []int{1, 2, 3, 4}) || ahead[0] != 5 || len(ahead) != 12 {
		t.Errorf("after a clarification: done %v, ahead %v", done, ahead)
	}
	c.Trail = append(c.Trail, workflow.Run{Step: 8, Outcome: workflow.OutcomeNotRecommended})
	c.Step = 9
	if _, ahead = steps(c); !slices.Equal(ahead, []int{9, 10, 11, 12, 13, 14, 15}) {
		t.Errorf("on the way to a refusal: ahead %v", ahead)
	}
}

func TestStatusOfOthersAndMistypedNumbers(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	ani, budi := o.Guest("ani"), o.Guest("budi")
	ani.Begin()
	ani.FillForm(handlerstest.AnswersLKS()...)
	ani.SendDocuments()
	ani.Say("kirim")
	id := ani.OnlyCase().ID

	budi.Expect("status "+string(id), "tidak ditemukan") // before the resi there is nothing to know
	o.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(ani.OnlyCase()), OK: true}, workflow.Pass{}, workflow.Issue{})
	ani.Expect("status", string(id)+" · Yayasan Contoh", "●●●○", "Jatuh tempo layanan: Senin 7 Des (10 hari kerja lagi)", "✓ Berkas lengkap 23 Nov")
	got := budi.Expect("STATUS "+strings.ToLower(strings.ReplaceAll(string(id), "-", " ")), string(id)+": langkah 4, Mengentri berkas", "sampai Senin 23 Nov 11.12")
	o.Lacks(got, "Yayasan", "A1", "Pimpinan")
	budi.Expect("status", "Belum ada permohonan")
	budi.Expect("status LKS-2026-00001-0", "bukan nomor resi yang benar", "contoh bentuknya LKS-2026-")
	budi.Expect("status "+string(workflow.MakeCaseID("LKS", 2026, 999)), "tidak ditemukan")
	budi.Expect("/mulai "+string(id), "langkah 4")

	budi.Say("/ajukan")
	budi.Expect("/status "+string(id), "langkah 4", "Setuju dan lanjut") // the open question comes again
	for _, command := range []string{"/tarik ", "/lengkapi ", "/setuju ", "/terima ", "/keberatan ", "/survei "} {
		budi.Expect(command+string(id), "bukan permohonan Bapak/Ibu")
	}
	if c := ani.OnlyCase(); !c.Open() || c.Version != 4 {
		t.Errorf("a stranger moved the case: version %d", c.Version)
	}
}

func TestSeveralCasesAreListed(t *testing.T) {
	g := handlerstest.NewOffice(t, handlerstest.OtherProcedure(t)).Guest("ani")
	for _, body := range []string{"Toko Satu CONTOH", "Toko Dua CONTOH"} {
		g.Say("/ajukan")
		g.FillForm("1", body, "Jl. Contoh No. 3", "1")
		g.SendDocuments()
		g.Expect("kirim", "Permohonan diterima Loket")
		g.Now = g.Now.Add(time.Minute)
	}
	g.Expect("status", "1. Toko Dua CONTOH", "2. Toko Satu CONTOH", "sedang diperiksa kelengkapannya")
	g.Expect("2", "Toko Satu CONTOH", "Diterima Senin 23 Nov 10.12")
	g.Expect("tarik", "Permohonan yang mana?")
	g.Expect("2", "Toko Satu CONTOH", "Boleh kami tahu alasannya?")
	g.Expect("1", "permohonan baru boleh diajukan", "1 Ya, tarik", "2 Tidak jadi")
	g.Expect("1", "sudah ditarik")
	g.Expect("status", "Toko Dua CONTOH", "1 Permohonan lain")
	g.Expect("1", "Toko Satu CONTOH", "ditarik pemohon")
	g.Expect("tarik", "Toko Dua CONTOH", "Boleh kami tahu alasannya?")
	g.Expect("Pindah alamat CONTOH", "1 Ya, tarik")
	g.Expect("kembali", "Boleh kami tahu alasannya?")
	g.Expect("tidak jadi", "tetap berjalan")
}

// BenchmarkOwnStatus is the answer to "status" without the store: the aim is over
// 10,000 a second.
func BenchmarkOwnStatus(b *testing.B) {
	def, _, err := handlerstest.SOPSource()
	if err != nil {
		b.Fatal(err)
	}
	c := handlerstest.UnderWay(def)
	r := reader(handlerstest.BenchApp(b), workflow.Indonesian, time.Date(2026, 11, 30, 10, 0, 0, 0, workflow.WIB()))
	for b.Loop() {
		status.OwnStatus(r, def, c)
	}
}
