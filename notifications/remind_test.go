package notifications_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

func TestLadderOfAStep(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit() // two hours
	h.never("2026-11-23 09.29", "hampir habis")
	h.says("2026-11-23 09.30", "front_office: "+string(id), "hampir habis, sampai Senin 23 Nov 10.00")
	labels := []string{}
	for _, c := range h.sent[0].Message.Choices {
		labels = append(labels, c.ID+" "+c.Label)
	}
	want := "/buka ID 2 Buka|/kerjakan ID Saya kerjakan hari ini|/alihkan ID Alihkan"
	if got := strings.ReplaceAll(strings.Join(labels, "|"), string(id), "ID"); got != want {
		t.Errorf("choices %s", got)
	}
	h.says("2026-11-23 09.31")
	h.says("2026-11-23 10.00", "front_office: ⏰", "waktunya habis")
	h.says("2026-11-23 12.30")
	h.never("2026-11-24 08.30", string(id)+" · Contoh nama_lembaga · Menerima dan memeriksa kelengkapan berkas: ")
	h.says("2026-11-24 10.00", "kabid: ⏰", "lewat 1 hari kerja", "belum diambil di Front Office")
	if id := h.sent[0].Message.Choices[1].ID; !strings.HasPrefix(id, "/alihkan ") {
		t.Errorf("the superior cannot reassign: %s", id)
	}
	h.says("2026-11-25 10.00", "sekretaris: ⏰", "lewat 2 hari kerja")
	h.never("2026-11-26 10.00", "lewat 3")
}

// TestMissedRungs: after a stop only the latest is sent, and that inside working
// hours; nothing is made up for later.
func TestMissedRungs(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.submit()
	h.says("2026-11-24 12.30")
	h.says("2026-11-24 20.00")
	got := h.tick("2026-11-25 07.30")
	if strings.Count(got, "\n") != 0 || !strings.Contains(got, "kabid: ⏰") {
		t.Errorf("after the stop:\n%s", got)
	}
	h.says("2026-11-25 07.31")
}

// TestBundle: what one person hears at once is one message.
func TestBundle(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	for range 3 {
		h.submit()
	}
	got := h.tick("2026-11-23 09.30")
	if len(h.sent) != 1 || !strings.Contains(got, "3 pengingat\n1. ") || len(h.sent[0].Message.Choices) != 3 {
		t.Errorf("%d messages:\n%s", len(h.sent), got)
	}
	h = newHouse(t, "2026-11-23 08.00")
	for range 45 {
		h.submit()
	}
	h.tick("2026-11-23 09.30")
	if len(h.sent) != 3 || len(h.sent[0].Message.Choices) > 8 {
		t.Errorf("45 reminders came in %d messages", len(h.sent))
	}
}

func TestFinishedAndPausedStepsAreSilent(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	done, paused := h.submit(), h.submit()
	h.at("2026-11-23 08.10")
	h.pass(done)
	h.clarify(paused)
	h.never("2026-11-23 11.00", "Menerima dan memeriksa", string(paused))
}

// TestCharter: when the promise to the applicant is in danger, and when it is broken, all
// three who answer for it hear so, each rung once; the clerk hears of his step alone.
func TestCharter(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.pass(id) // the resi: until Monday 7 December
	charter := func(at string) string {
		t.Helper()
		var lines []string
		for line := range strings.Lines(h.tick(at)) {
			if strings.Contains(line, "janji layanan") || strings.Contains(line, "sisa langkah") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		return strings.Join(lines, "\n")
	}
	said := 0
	for _, day := range []string{"11-23", "11-24", "11-25", "11-26", "11-27"} {
		said += strings.Count(charter("2026-"+day+" 12.00")+charter("2026-"+day+" 15.59"), "sisa langkah tidak cukup lagi untuk selesai Senin, 7 Desember 2026")
	}
	if said != 3 {
		t.Errorf("that what is left no longer fits is told %d times", said)
	}
	for _, rung := range [][2]string{
		{"2026-12-02 07.30", "tinggal 3 hari kerja"}, {"2026-12-04 07.30", "tinggal 1 hari kerja"}, {"2026-12-08 07.30", "tidak terpenuhi"},
	} {
		got := charter(rung[0])
		for _, who := range []string{"kabid: ", "sekretaris: ", "kadis: "} {
			if strings.Count(got, who) != 1 {
				t.Errorf("at %s %sis not told once:\n%s", rung[0], who, got)
			}
		}
		if strings.Count(got, rung[1]) != 3 || strings.Contains(got, "front_office: ") {
			t.Errorf("at %s, not %q to three:\n%s", rung[0], rung[1], got)
		}
		if again := charter(rung[0][:11] + "15.00"); again != "" {
			t.Errorf("again on %s:\n%s", rung[0], again)
		}
	}
	if got := charter("2026-12-09 07.30"); got != "" {
		t.Errorf("after all:\n%s", got)
	}
}

// TestReply: the applicant is reminded twice, then the file is closed, once each.
func TestReply(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.clarify(id)
	h.never("2026-12-01 16.00", "belum dijawab")
	h.says("2026-12-02 07.30", "A-1: Klarifikasi berkas", "1 dokumen paling lambat Jumat, 11 Desember 2026") // the 7th working day
	if c := h.sent[0].Message.Choices; len(c) != 1 || c[0].ID != "/lengkapi "+string(id) {
		t.Errorf("choices %+v", c)
	}
	h.never("2026-12-08 16.00", "belum dijawab")
	h.says("2026-12-09 07.30", "belum dijawab")
	h.never("2026-12-11 15.59", "ditutup")
	h.says("2026-12-11 16.30", "A-1: "+string(id)+": permohonan ditutup", "front_office: ")
	h.says("2026-12-11 16.31")
	if c := h.load(id); c.End != workflow.EndUnanswered {
		t.Errorf("ended %q", c.End)
	}
}

// TestReplyAfterAStop: what the applicant answered in time may still be on its way in
// when the program starts again, so his file is closed only a while after.
func TestReplyAfterAStop(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	answered, silent := h.submit(), h.submit()
	h.clarify(answered)
	h.clarify(silent)
	h.says("2026-12-14 07.59")
	h.at("2026-12-14 08.03")
	h.resubmit(answered)
	h.never("2026-12-14 08.13", "ditutup")
	h.says("2026-12-14 08.14", "A-1: "+string(silent)+": permohonan ditutup", "front_office: ")
	if c := h.load(answered); !c.Open() {
		t.Errorf("the answered one ended: %q", c.End)
	}
}

// TestClockThatIsPutBack: a clock that was far ahead at the start holds nothing up once
// it is right.
func TestClockThatIsPutBack(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.tick("2027-03-01 09.00")
	h.at("2026-11-23 08.00")
	id := h.submit()
	h.do(id, "front_office", workflow.Claim{})
	h.disable("front_office")
	h.says("2026-11-23 08.01", "kabid: ")
	if c := h.load(id); c.Holder != nil {
		t.Errorf("the task stays with %+v", c.Holder)
	}
	h = newHouse(t, "2026-11-23 08.00")
	h.tick("2027-03-01 09.00")
	h.at("2026-11-23 08.00")
	id = h.submit()
	h.clarify(id)
	h.never("2026-12-11 16.29", "ditutup karena")
	h.says("2026-12-11 16.30", "A-1: "+string(id)+": permohonan ditutup", "front_office: ")
}

// TestPromiseIsShown: the holder's reminders wait, his superior reads the promise.
func TestPromiseIsShown(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	until, _ := h.cal.DayClose(h.now)
	h.do(id, "front_office", workflow.Promise{Until: until})
	h.says("2026-11-23 15.00")
	h.says("2026-11-24 07.30", "front_office: ⏰")
	h.says("2026-11-24 10.00", "kabid: ⏰", "pada Petugas CONTOH", "Dijanjikan selesai hari itu juga pada Senin 23 Nov 08.00")
	if got := h.morning("2026-11-25 08.00"); !strings.Contains(got, "dijanjikan pada Senin 23 Nov 08.00") {
		t.Errorf("the digest:\n%s", got)
	}
}

// TestStandIn: reminders and tasks go to the stand-in, and back when he ends.
func TestStandIn(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.hire("pengganti", "ksb_umum")
	id := h.submit()
	h.do(id, "front_office", workflow.Claim{})
	from := h.now.Add(time.Minute)
	h.commit(store.UnitOfWork{Delegations: []workflow.Delegation{{
		ID: "d1", Kind: "Plh.", Role: "front_office", Principal: "front_office", Deputy: "pengganti", From: from, To: from.AddDate(0, 0, 1),
	}}})
	h.says("2026-11-23 08.01", "pengganti: Tugas dikembalikan ke bagian", "sedang diwakili penggantinya", "kabid: Tugas kembali ke bagian")
	if c := h.load(id); c.Holder != nil {
		t.Errorf("held by %v", c.Holder.By)
	}
	got := h.tick("2026-11-23 09.30")
	if !strings.HasPrefix(got, "pengganti: ") || strings.Contains(got, "front_office: ") {
		t.Errorf("reminded:\n%s", got)
	}
	h.do(id, "front_office", workflow.Claim{})
	h.says("2026-11-23 10.00", "pengganti: ")
	h.tick("2026-11-24 08.10")
	h.says("2026-11-24 10.01", "kabid: ")
}

// TestAllTasksGoBack: however many an officer had, and in few messages.
func TestAllTasksGoBack(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	var ids []workflow.CaseID
	for range 25 {
		id := h.submit()
		h.do(id, "front_office", workflow.Claim{})
		ids = append(ids, id)
	}
	h.damage(ids[3])
	h.disable("front_office")
	h.run("2026-11-23 08.05")
	for i, id := range ids {
		if c, err := h.store.Case(t.Context(), id); i != 3 && (err != nil || c.Holder != nil) {
			t.Errorf("%s is held by %+v, %v", id, c.Holder, err)
		}
	}
	messages := 0
	for _, d := range h.sent {
		if d.Chat == "test:kabid" && strings.Contains(d.Message.Text, "Tugas kembali") {
			messages++
		}
	}
	if n := strings.Count(h.said(), "Tugas kembali ke bagian: LKS-"); n != 24 || messages != 2 {
		t.Errorf("the superior hears of %d tasks in %d messages", n, messages)
	}
}

func TestDisabledOfficer(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.do(id, "front_office", workflow.Claim{})
	h.disable("front_office")
	h.says("2026-11-23 08.05", "kabid: Tugas kembali ke bagian", "tidak aktif lagi")
	// Nobody is left in the role: its superior is reminded, and hears so every morning.
	h.says("2026-11-23 09.30", "kabid: "+string(id))
	if got := h.morning("2026-11-24 08.00"); !strings.Contains(got, "Tidak ada petugas untuk: Front Office") {
		t.Errorf("the digest:\n%s", got)
	}
	if n := strings.Count(h.log.String(), "role=front_office"); n != 1 || !strings.Contains(h.log.String(), "level=ERROR msg=\"nobody works in this role") {
		t.Errorf("logged %d times: %s", n, &h.log)
	}
}

// TestAddedButNotJoined: whoever has a code only has to join, until it ends.
func TestAddedButNotJoined(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.log.Reset()
	h.disable("front_office")
	_, officer, invitation, err := workflow.Invite(rand.Reader, workflow.Officer{ID: "o-baru", Name: "Baru CONTOH", Roles: []workflow.Role{"front_office"}}, h.now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.Commit(t.Context(), h.now, store.UnitOfWork{Officers: []workflow.Officer{officer}, Invitations: []workflow.Invitation{invitation}}); err != nil {
		t.Fatal(err)
	}
	shout := func(after time.Duration, want string) {
		t.Helper()
		h.log.Reset()
		for range 2 {
			if err := h.watch.Shout(t.Context(), h.now.Add(after)); err != nil {
				t.Fatal(err)
			}
		}
		said := h.log.String()
		if strings.Count(said, "level=") > 1 || !strings.Contains(said, want) || want == "" && said != "" {
			t.Errorf("after %v: %s, want %q", after, said, want)
		}
	}
	shout(0, `level=WARN msg="nobody works in this role yet: who was added has not joined" role=front_office code_ends="`)
	shout(time.Hour, "")
	shout(workflow.InvitationLife+time.Hour, `level=ERROR msg="nobody works in this role; add an officer or a stand-in" role=front_office`)
	officer.Version, officer.Person = 1, "p-baru"
	person := store.Person{ID: "p-baru", Name: "Baru CONTOH", Addresses: []bot.Address{"test:baru"}, Created: h.now}
	if _, err := h.store.Commit(t.Context(), h.now, store.UnitOfWork{Officers: []workflow.Officer{officer}, Persons: []store.Person{person}}); err != nil {
		t.Fatal(err)
	}
	shout(workflow.InvitationLife+2*time.Hour, `level=INFO msg="somebody works in this role again" role=front_office lasted=`)
}
