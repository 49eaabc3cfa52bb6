package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// TestOnlyTheLastCodeIsGood: inviting again voids every earlier code for good, and
// nothing brings one back.
func TestOnlyTheLastCodeIsGood(t *testing.T) {
	o := newOffice(t, nil)
	first, second := o.invite(), o.invite()
	stranger := o.guest("asing")
	stranger.expect("gabung "+first, "tidak berlaku lagi")
	fitri := o.guest("fitri")
	fitri.expect("gabung "+second, "Selamat datang")
	stranger.expect("gabung "+second, "sudah dipakai")
	stranger.expect("gabung "+first, "tidak berlaku lagi")
	third := o.invite()
	fitri.expect("tugas", "hanya untuk petugas")
	o.disable("o-1")
	stranger.expect("gabung "+third, "tidak berlaku lagi")
	o.enable("o-1")
	stranger.expect("gabung "+third, "tidak berlaku lagi")
	late := o.invite()
	o.now = o.now.Add(workflow.InvitationLife)
	stranger.expect("gabung "+late, "lewat masanya")
	stranger.expect("gabung "+first, "tidak berlaku lagi")
}

func (o *office) disable(id workflow.OfficerID) {
	o.t.Helper()
	officer, err := o.store.Officer(o.t.Context(), id)
	if err == nil {
		err = o.app.Disable(o.t.Context(), officer.ID)
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) enable(id workflow.OfficerID) {
	o.t.Helper()
	officer, err := o.store.Officer(o.t.Context(), id)
	if err == nil {
		_, err = o.store.Commit(o.t.Context(), o.now, turnOf(officer.Enable()))
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// TestTwoInvitationsAtOnce: of two that were made side by side one is written.
func TestTwoInvitationsAtOnce(t *testing.T) {
	o := newOffice(t, nil)
	o.invite()
	before, err := o.store.Officer(t.Context(), "o-1")
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for i := range 2 {
		_, invited, inv, err := workflow.Invite(strings.NewReader(fmt.Sprintf("CONTOH-%d", i)), before, o.now)
		if err != nil {
			t.Fatal(err)
		}
		turn := turnOf(invited)
		turn.Invitations = []workflow.Invitation{inv}
		if _, err := o.store.Commit(t.Context(), o.now, turn); err == nil {
			written++
		}
	}
	if written != 1 {
		t.Errorf("%d were written", written)
	}
}

func TestWrongCodesAreLimited(t *testing.T) {
	o := newOffice(t, nil)
	code := o.invite()
	g := o.guest("asing")
	for i := range session.JoinTries {
		g.expect(fmt.Sprintf("gabung AAAA%c-2222B", 'A'+i), "tidak dikenal", fmt.Sprintf("%d kesempatan", session.JoinTries-1-i))
	}
	g.expect("gabung "+code, "sudah terlalu banyak", "11.12")
	o.start(mustSource(t)) // a restart forgets nothing of it
	o.now = o.now.Add(time.Hour - time.Second)
	g.expect("gabung "+code, "sudah terlalu banyak")
	o.now = o.now.Add(time.Second)
	g.expect("gabung "+code, "Selamat datang")
}

func mustSource(t *testing.T) []byte {
	t.Helper()
	_, source, err := sopSource()
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// TestGuessingFromManyChats: the admins hear of it once, each chat has one try left, and
// whoever has the right code joins all the same.
func TestGuessingFromManyChats(t *testing.T) {
	o := newOffice(t, nil)
	admin := o.officer("adam", workflow.RoleAdmin)
	code := o.invite()
	told := 0
	for i := range session.OfficeTries + 3 {
		o.guest(fmt.Sprint("asing", i)).say(fmt.Sprintf("gabung AAAA%c-2222%c", 'A'+i%26, 'A'+i/26))
		told += strings.Count(transcript(o.sent[admin.chat]), "mencoba-coba kode undangan")
	}
	if told != 1 {
		t.Errorf("the admin was told %d times", told)
	}
	o.guest("asing0").expect("gabung AAAAA-33333", "sudah terlalu banyak")
	o.guest("fitri").expect("gabung "+code, "Selamat datang")
}

// TestTypedCodesAreMasked: the inbox keeps none, whether it was understood or not.
func TestTypedCodesAreMasked(t *testing.T) {
	o := newOffice(t, nil)
	code := o.invite()
	g := o.guest("asing")
	g.say("ajukan")
	fitri := o.guest("fitri")
	fitri.say("gabung " + code)
	g.say("kode saya " + code)
	g.say("/start " + code[:5] + " " + code[5:])
	g.say("sambung 7K2M-9QXB")
	g.say("mulai sambung-7K2M9QXB")
	fitri.say("123 456")
	page, err := o.store.Records(t.Context(), store.KindMessage, "", 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Records {
		var m store.PortableMessage
		var in bot.Inbound
		if err := json.Unmarshal(r.Doc, &m); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(m.Message, &in); err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{code, code[:5], code[6:], "9QXB", "123 456"} {
			if strings.Contains(in.Text, secret) {
				t.Errorf("the inbox keeps %q", in.Text)
			}
		}
	}
}

func TestMaskCodesLeavesWordsAlone(t *testing.T) {
	for _, text := range []string{"", "permohonan izin", "mulai", "halo semuanya", "status LKS-2026-00001-3", "081234567890", "gabung"} {
		if got := maskCodes(text, commandTable()); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestJoiningIsToldAndUndone: the superior and the admins hear of it, may undo it once,
// and a button of an older joining undoes no newer one.
func TestJoiningIsToldAndUndone(t *testing.T) {
	o := newOffice(t, nil)
	admin, kabid := o.officer("adam", workflow.RoleAdmin), o.officer("karina", "kabid")
	backoffice := o.officer("bona", "backoffice")
	thief := o.guest("pencuri")
	thief.expect("gabung "+o.invite(), "Selamat datang")
	var button string
	for _, g := range []*guest{admin, kabid} {
		news := o.sent[g.chat]
		if len(news) != 1 || len(news[0].Choices) != 1 || !strings.Contains(news[0].Text, "Fitri CONTOH (Front Office) baru saja bergabung") {
			t.Fatalf("told %+v", news)
		}
		button = news[0].Choices[0].ID
	}
	if len(button) > 64 || len(o.sent[backoffice.chat]) > 0 {
		t.Errorf("button %q, others are told %v", button, o.sent[backoffice.chat])
	}
	press := func(g *guest) string { return g.tell(bot.Inbound{Choice: button}) }
	o.wants(press(backoffice), "hanya untuk petugas")
	o.wants(press(thief), "hanya untuk petugas")
	o.wants(press(kabid), "Batalkan bergabungnya Fitri CONTOH")
	kabid.expect("1", "dibatalkan")
	o.wants(transcript(o.sent[admin.chat]), "dibatalkan oleh KARINA CONTOH")
	thief.expect("tugas", "hanya untuk petugas")
	if p, err := o.store.Person(t.Context(), session.PersonAt(thief.chat)); err != nil || !p.Barred.Equal(o.now) {
		t.Errorf("what waits for him is not void: %+v, %v", p, err)
	}
	o.wants(press(admin), "Tidak ada yang perlu dibatalkan")
	o.wants(admin.tell(bot.Inbound{Choice: "/petugas o-1 enable"}), "belum punya chat")
	o.now = o.now.Add(time.Minute)
	o.guest("fitri").expect("gabung "+o.invite(), "Selamat datang")
	o.wants(press(admin), "Tidak ada yang perlu dibatalkan")
}

// TestStolenChat: an admin disables the officer from his phone, and nothing works in that
// chat any more: no command, no button, no dialogue, no link, no stand-in.
func TestStolenChat(t *testing.T) {
	o := newOffice(t, nil)
	admin, stolen := o.officer("adam", workflow.RoleAdmin), o.officer("bona", "backoffice", workflow.RoleAdmin)
	deputy := o.officer("tigor", "tim_teknis")
	o.app.SetupLink = account.OTPSetup{Store: o.store, Sealer: box{}, Now: func() time.Time { return o.now }}.Link
	bona, err := o.store.Officer(t.Context(), "o-bona")
	if err != nil {
		t.Fatal(err)
	}
	otpLink, err := o.app.SetupLink(t.Context(), bona)
	if err != nil {
		t.Fatal(err)
	}
	pairing := account.Pairing{Store: o.store, Sealer: box{}, Now: func() time.Time { return o.now }, BaseURL: "https://izin.contoh.example"}
	phone := o.tokenOf(pairing.Link(bona))
	for _, d := range []workflow.Delegation{
		{ID: "d1", Kind: "Plh.", Role: "backoffice", Principal: "o-bona", Deputy: "o-tigor", From: o.now, To: o.now.AddDate(0, 0, 9)},
		{ID: "d2", Kind: "Plh.", Role: "tim_teknis", Principal: "o-tigor", Deputy: "o-bona", From: o.now, To: o.now.AddDate(0, 0, 9)},
	} {
		if _, err := o.store.Commit(t.Context(), o.now, store.UnitOfWork{Delegations: []workflow.Delegation{d}}); err != nil {
			t.Fatal(err)
		}
	}
	stolen.say("plh") // a dialogue that is half-way
	o.now = o.now.Add(time.Second)
	admin.expect("petugas", "BONA CONTOH", "bergabung")
	admin.tell(bot.Inbound{Choice: "/petugas o-bona"})
	o.wants(admin.tell(bot.Inbound{Choice: "/petugas o-bona disable"}), "Nonaktifkan BONA CONTOH")
	admin.expect("ya, nonaktifkan", "dinonaktifkan")

	stolen.expect("1", "hanya untuk petugas")
	for _, said := range []string{"/tugas", "/petugas", "/whatsapp", "/cari contoh", "/batalgabung o-adam 0", "/riwayat LKS-2026-00001-5"} {
		stolen.expect(said, "hanya untuk petugas")
		o.wants(stolen.tell(bot.Inbound{Choice: said}), "hanya untuk petugas")
	}
	deputy.say("tugas")
	if list, err := o.store.Delegations(t.Context(), o.now); err != nil || len(list) != 0 {
		t.Errorf("stand-ins that go on: %+v, %v", list, err)
	}
	for range 2 { // nor do they work again after he was enabled
		setup := account.OTPSetup{Store: o.store, Sealer: box{}, Now: func() time.Time { return o.now }}
		if _, _, _, err := setup.Open(t.Context(), otpLink[len("/otp/"):]); workflow.CodeOf(err) != workflow.CodeNotFound {
			t.Errorf("the link to set up codes: %v", err)
		}
		if _, err := pairing.Open(t.Context(), phone); workflow.CodeOf(err) != workflow.CodeNotFound {
			t.Errorf("the link to pair the phone: %v", err)
		}
		o.enable("o-bona")
	}
	admin.tell(bot.Inbound{Choice: "/petugas o-bona disable"})
	admin.say("1")
	admin.tell(bot.Inbound{Choice: "/petugas o-adam disable"})
	o.wants(admin.tell(bot.Inbound{Choice: "/petugas o-adam disable"}), "admin terakhir")
}

// TestDialogueEndsWithTheRights: one that was half-way stays void after he was enabled.
func TestDialogueEndsWithTheRights(t *testing.T) {
	o := newOffice(t, nil)
	bona := o.officer("bona", "backoffice")
	bona.say("plh")
	o.now = o.now.Add(time.Second)
	o.disable("o-bona")
	o.enable("o-bona")
	bona.expect("1", "mulai lagi dari TUGAS")
}

// racing is a store in which somebody else is faster, some times.
type racing struct {
	session.Store
	lost int
}

func (r *racing) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	if r.lost > 0 {
		r.lost--
		return nil, workflow.Refuse(workflow.CodeConflict, "officer")
	}
	return r.Store.Commit(ctx, now, t)
}

// TestDisablingIsRetried: a conflict is no reason to leave a stolen chat its rights; one
// that never ends is told.
func TestDisablingIsRetried(t *testing.T) {
	o := newOffice(t, nil)
	o.officer("eka", "kabid")
	o.officer("adi", workflow.RoleAdmin)
	race := &racing{Store: o.app.Store, lost: 1000}
	o.app.Store = race
	if err := o.app.Disable(t.Context(), "o-eka"); workflow.CodeOf(err) != workflow.CodeConflict || race.lost > 990 {
		t.Errorf("%v after %d tries", err, 1000-race.lost)
	}
	race.lost = 5
	o.sent = map[bot.Address][]bot.Message{}
	if err := o.app.Disable(t.Context(), "o-eka"); err != nil {
		t.Fatal(err)
	}
	after, err := o.store.Officer(t.Context(), "o-eka")
	if err != nil || !after.Disabled {
		t.Errorf("%+v, %v", after, err)
	}
	if told := o.sent["test:adi"]; len(told) != 1 || !strings.Contains(told[0].Text, "EKA CONTOH dinonaktifkan") {
		t.Errorf("the admin was told %+v", told)
	}
}
