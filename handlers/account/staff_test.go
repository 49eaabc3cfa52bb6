package account_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// TestOnlyTheLastCodeIsGood: inviting again voids every earlier code for good, and
// nothing brings one back.
func TestOnlyTheLastCodeIsGood(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	first, second := o.Invite(), o.Invite()
	stranger := o.Guest("asing")
	stranger.Expect("gabung "+first, "tidak berlaku lagi")
	fitri := o.Guest("fitri")
	fitri.Expect("gabung "+second, "Selamat datang")
	stranger.Expect("gabung "+second, "sudah dipakai")
	stranger.Expect("gabung "+first, "tidak berlaku lagi")
	third := o.Invite()
	fitri.Expect("tugas", "hanya untuk petugas")
	o.Disable("o-1")
	stranger.Expect("gabung "+third, "tidak berlaku lagi")
	o.Enable("o-1")
	stranger.Expect("gabung "+third, "tidak berlaku lagi")
	late := o.Invite()
	o.Now = o.Now.Add(workflow.InvitationLife)
	stranger.Expect("gabung "+late, "lewat masanya")
	stranger.Expect("gabung "+first, "tidak berlaku lagi")
}

// TestTwoInvitationsAtOnce: of two that were made side by side one is written.
func TestTwoInvitationsAtOnce(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	o.Invite()
	before, err := o.Store.Officer(t.Context(), "o-1")
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for i := range 2 {
		_, invited, inv, err := workflow.Invite(strings.NewReader(fmt.Sprintf("CONTOH-%d", i)), before, o.Now)
		if err != nil {
			t.Fatal(err)
		}
		unit := handlerstest.UnitOf(invited)
		unit.Invitations = []workflow.Invitation{inv}
		if _, err := o.Store.Commit(t.Context(), o.Now, unit); err == nil {
			written++
		}
	}
	if written != 1 {
		t.Errorf("%d were written", written)
	}
}

func TestWrongCodesAreLimited(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	code := o.Invite()
	g := o.Guest("asing")
	for i := range session.JoinTries {
		g.Expect(fmt.Sprintf("gabung AAAA%c-2222B", 'A'+i), "tidak dikenal", fmt.Sprintf("%d kesempatan", session.JoinTries-1-i))
	}
	g.Expect("gabung "+code, "sudah terlalu banyak", "11.12")
	o.Start(mustSource(t)) // a restart forgets nothing of it
	o.Now = o.Now.Add(time.Hour - time.Second)
	g.Expect("gabung "+code, "sudah terlalu banyak")
	o.Now = o.Now.Add(time.Second)
	g.Expect("gabung "+code, "Selamat datang")
}

func mustSource(t *testing.T) []byte {
	t.Helper()
	_, source, err := handlerstest.SOPSource()
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// TestGuessingFromManyChats: the admins hear of it once, each chat has one try left, and
// whoever has the right code joins all the same.
func TestGuessingFromManyChats(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	admin := o.Officer("adam", workflow.RoleAdmin)
	code := o.Invite()
	told := 0
	for i := range session.OfficeTries + 3 {
		o.Guest(fmt.Sprint("asing", i)).Say(fmt.Sprintf("gabung AAAA%c-2222%c", 'A'+i%26, 'A'+i/26))
		told += strings.Count(handlerstest.Transcript(o.Sent[admin.Chat]), "mencoba-coba kode undangan")
	}
	if told != 1 {
		t.Errorf("the admin was told %d times", told)
	}
	o.Guest("asing0").Expect("gabung AAAAA-33333", "sudah terlalu banyak")
	o.Guest("fitri").Expect("gabung "+code, "Selamat datang")
}

// TestTypedCodesAreMasked: the inbox keeps none, whether it was understood or not.
func TestTypedCodesAreMasked(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	code := o.Invite()
	g := o.Guest("asing")
	g.Say("ajukan")
	fitri := o.Guest("fitri")
	fitri.Say("gabung " + code)
	g.Say("kode saya " + code)
	g.Say("/start " + code[:5] + " " + code[5:])
	g.Say("sambung 7K2M-9QXB")
	g.Say("mulai sambung-7K2M9QXB")
	fitri.Say("123 456")
	page, err := o.Store.Records(t.Context(), store.KindMessage, "", 20)
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

// TestJoiningIsToldAndUndone: the superior and the admins hear of it, may undo it once,
// and a button of an older joining undoes no newer one.
func TestJoiningIsToldAndUndone(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	admin, kabid := o.Officer("adam", workflow.RoleAdmin), o.Officer("karina", "kabid")
	backoffice := o.Officer("bona", "backoffice")
	thief := o.Guest("pencuri")
	thief.Expect("gabung "+o.Invite(), "Selamat datang")
	var button string
	for _, g := range []*handlerstest.Guest{admin, kabid} {
		news := o.Sent[g.Chat]
		if len(news) != 1 || len(news[0].Choices) != 1 || !strings.Contains(news[0].Text, "Fitri CONTOH (Front Office) baru saja bergabung") {
			t.Fatalf("told %+v", news)
		}
		button = news[0].Choices[0].ID
	}
	if len(button) > 64 || len(o.Sent[backoffice.Chat]) > 0 {
		t.Errorf("button %q, others are told %v", button, o.Sent[backoffice.Chat])
	}
	press := func(g *handlerstest.Guest) string { return g.Tell(bot.Inbound{Choice: button}) }
	o.Wants(press(backoffice), "hanya untuk petugas")
	o.Wants(press(thief), "hanya untuk petugas")
	o.Wants(press(kabid), "Batalkan bergabungnya Fitri CONTOH")
	kabid.Expect("1", "dibatalkan")
	o.Wants(handlerstest.Transcript(o.Sent[admin.Chat]), "dibatalkan oleh KARINA CONTOH")
	thief.Expect("tugas", "hanya untuk petugas")
	if p, err := o.Store.Person(t.Context(), session.PersonAt(thief.Chat)); err != nil || !p.Barred.Equal(o.Now) {
		t.Errorf("what waits for him is not void: %+v, %v", p, err)
	}
	o.Wants(press(admin), "Tidak ada yang perlu dibatalkan")
	o.Wants(admin.Tell(bot.Inbound{Choice: "/petugas o-1 enable"}), "belum punya chat")
	o.Now = o.Now.Add(time.Minute)
	o.Guest("fitri").Expect("gabung "+o.Invite(), "Selamat datang")
	o.Wants(press(admin), "Tidak ada yang perlu dibatalkan")
}

// TestStolenChat: an admin disables the officer from his phone, and nothing works in that
// chat any more: no command, no button, no dialogue, no link, no stand-in.
func TestStolenChat(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	admin, stolen := o.Officer("adam", workflow.RoleAdmin), o.Officer("bona", "backoffice", workflow.RoleAdmin)
	deputy := o.Officer("tigor", "tim_teknis")
	o.App.SetupLink = account.OTPSetup{Store: o.Store, Sealer: handlerstest.Box{}, Now: func() time.Time { return o.Now }}.Link
	bona, err := o.Store.Officer(t.Context(), "o-bona")
	if err != nil {
		t.Fatal(err)
	}
	otpLink, err := o.App.SetupLink(t.Context(), bona)
	if err != nil {
		t.Fatal(err)
	}
	pairing := account.Pairing{Store: o.Store, Sealer: handlerstest.Box{}, Now: func() time.Time { return o.Now }, BaseURL: "https://izin.contoh.example"}
	phone := o.TokenOf(pairing.Link(bona))
	for _, d := range []workflow.Delegation{
		{ID: "d1", Kind: "Plh.", Role: "backoffice", Principal: "o-bona", Deputy: "o-tigor", From: o.Now, To: o.Now.AddDate(0, 0, 9)},
		{ID: "d2", Kind: "Plh.", Role: "tim_teknis", Principal: "o-tigor", Deputy: "o-bona", From: o.Now, To: o.Now.AddDate(0, 0, 9)},
	} {
		if _, err := o.Store.Commit(t.Context(), o.Now, store.UnitOfWork{Delegations: []workflow.Delegation{d}}); err != nil {
			t.Fatal(err)
		}
	}
	stolen.Say("plh") // a dialogue that is half-way
	o.Now = o.Now.Add(time.Second)
	admin.Expect("petugas", "BONA CONTOH", "bergabung")
	admin.Tell(bot.Inbound{Choice: "/petugas o-bona"})
	o.Wants(admin.Tell(bot.Inbound{Choice: "/petugas o-bona disable"}), "Nonaktifkan BONA CONTOH")
	admin.Expect("ya, nonaktifkan", "dinonaktifkan")

	stolen.Expect("1", "hanya untuk petugas")
	for _, said := range []string{"/tugas", "/petugas", "/whatsapp", "/cari contoh", "/batalgabung o-adam 0", "/riwayat LKS-2026-00001-5"} {
		stolen.Expect(said, "hanya untuk petugas")
		o.Wants(stolen.Tell(bot.Inbound{Choice: said}), "hanya untuk petugas")
	}
	deputy.Say("tugas")
	if list, err := o.Store.Delegations(t.Context(), o.Now); err != nil || len(list) != 0 {
		t.Errorf("stand-ins that go on: %+v, %v", list, err)
	}
	for range 2 { // nor do they work again after he was enabled
		setup := account.OTPSetup{Store: o.Store, Sealer: handlerstest.Box{}, Now: func() time.Time { return o.Now }}
		if _, _, _, err := setup.Open(t.Context(), otpLink[len("/otp/"):]); workflow.CodeOf(err) != workflow.CodeNotFound {
			t.Errorf("the link to set up codes: %v", err)
		}
		if _, err := pairing.Open(t.Context(), phone); workflow.CodeOf(err) != workflow.CodeNotFound {
			t.Errorf("the link to pair the phone: %v", err)
		}
		o.Enable("o-bona")
	}
	admin.Tell(bot.Inbound{Choice: "/petugas o-bona disable"})
	admin.Say("1")
	admin.Tell(bot.Inbound{Choice: "/petugas o-adam disable"})
	o.Wants(admin.Tell(bot.Inbound{Choice: "/petugas o-adam disable"}), "admin terakhir")
}

// TestDialogueEndsWithTheRights: one that was half-way stays void after he was enabled.
func TestDialogueEndsWithTheRights(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	bona := o.Officer("bona", "backoffice")
	bona.Say("plh")
	o.Now = o.Now.Add(time.Second)
	o.Disable("o-bona")
	o.Enable("o-bona")
	bona.Expect("1", "mulai lagi dari TUGAS")
}

// racing is a store in which somebody else is faster, some times.
type racing struct {
	store.Store
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
	o := handlerstest.NewOffice(t, nil)
	o.Officer("eka", "kabid")
	o.Officer("adi", workflow.RoleAdmin)
	race := &racing{Store: o.Store, lost: 1000}
	o.App.Commits.Store = race
	if err := o.App.Disable(t.Context(), "o-eka"); workflow.CodeOf(err) != workflow.CodeConflict || race.lost > 990 {
		t.Errorf("%v after %d tries", err, 1000-race.lost)
	}
	race.lost = 5
	o.Sent = map[bot.Address][]bot.Message{}
	if err := o.App.Disable(t.Context(), "o-eka"); err != nil {
		t.Fatal(err)
	}
	after, err := o.Store.Officer(t.Context(), "o-eka")
	if err != nil || !after.Disabled {
		t.Errorf("%+v, %v", after, err)
	}
	if told := o.Sent["test:adi"]; len(told) != 1 || !strings.Contains(told[0].Text, "EKA CONTOH dinonaktifkan") {
		t.Errorf("the admin was told %+v", told)
	}
}
