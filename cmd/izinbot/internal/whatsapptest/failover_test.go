package whatsapptest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/telegram/tgtest"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// file has an applicant hand in an application.
func (h *house) file(person workflow.PersonID) workflow.CaseID {
	h.t.Helper()
	desk := h.office.Program.Desk
	def := desk.Library.Current()
	h.n++
	work := desk.Begin(fmt.Sprint("file", h.n), h.now())
	cmd := workflow.Command{Actor: workflow.Actor{Person: person, Role: workflow.RoleApplicant, Name: "Pemohon CONTOH"}}
	r, err := work.Open(h.t.Context(), def, fmt.Sprint("draft", h.n), cmd, workflowtest.Application(def, h.now()))
	if err != nil || r.Refused != nil {
		h.t.Fatal(err, r.Refused)
	}
	h.commit(work.Unit())
	return r.Case.ID
}

// unreachable are the ways in which WhatsApp can be unable to reach a chat for good.
func unreachable() map[string]struct {
	shows  watest.Shows
	happen func(h *house, p *watest.Phone)
	words  string // how the one who is to call is told why
} {
	type way = struct {
		shows  watest.Shows
		happen func(h *house, p *watest.Phone)
		words  string
	}
	return map[string]way{
		"no inbound for 21 days": {watest.ShowsLID, func(h *house, _ *watest.Phone) { h.advance(22 * 24 * time.Hour) }, "belum mengizinkan kami menulis lebih dulu"},
		"timelock":               {watest.ShowsLID, func(h *house, _ *watest.Phone) { h.wa.FailMessages(463) }, "belum mengizinkan kami menulis lebih dulu"},
		"not on WhatsApp":        {watest.ShowsNumber, func(*house, *watest.Phone) {}, "tidak dikenal jaringan"},
	}
}

// TestNoticesThatWhatsAppDoesNotTakeGoAnotherWay: by the person's Telegram; without
// one Front Office calls an applicant, and the superior an officer.
func TestNoticesThatWhatsAppDoesNotTakeGoAnotherWay(t *testing.T) {
	t.Parallel()
	for name, way := range unreachable() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			var tg [4]*tgtest.Person
			for i := range tg {
				tg[i] = h.tg.Person(int64(71+i), "CONTOH")
			}
			h.knows("fo", []bot.Address{onTelegram(tg[0])}, "front_office")
			h.knows("kabid", []bot.Address{onTelegram(tg[1])}, "kabid")
			phone, there, both := h.phone(way.shows)
			h.knows(both, []bot.Address{there, onTelegram(tg[2])})
			way.happen(h, phone)
			h.notice(there, "Kabar untuk yang punya Telegram")
			h.told(tg[2], "Kabar untuk yang punya Telegram")
			if len(tg[0].Messages()) > 0 {
				t.Errorf("Front Office is bothered: %+v", tg[0].Messages())
			}
			h.knows(both, []bot.Address{there})
			id := h.file(both)
			h.notice(there, "Kabar untuk yang hanya punya WhatsApp")
			if h.told(tg[0], "tidak lagi bisa dihubungi lewat chat"); count(tg[0], way.words) != 1 || count(tg[0], string(id)) == 0 {
				t.Errorf("Front Office is told %+v", tg[0].Messages())
			}
			h.knows(both, []bot.Address{there}, "backoffice")
			h.notice(there, "Tugas untuk petugas")
			if h.told(tg[1], "padahal ada kabar tugas untuknya"); count(tg[1], way.words) != 1 {
				t.Errorf("the superior is told %+v", tg[1].Messages())
			}
			for _, m := range phone.Inbox() {
				if strings.Contains(m.Text, "untuk") && strings.HasPrefix(m.Text, "Kabar") {
					t.Errorf("the phone shows %q", m.Text)
				}
			}
		})
	}
}

// TestNoticesWaitForALinkOnlySoLong: while nothing is linked, a notice waits some
// hours; then it goes another way. The answer to what was said waits on.
func TestNoticesWaitForALinkOnlySoLong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	someone := h.tg.Person(71, "Ayu CONTOH")
	_, there, person := h.phone(watest.ShowsLID)
	h.knows(person, []bot.Address{there, onTelegram(someone)})
	h.wa.Unlink()
	for range 500 {
		if st, err := whatsapp.ReadStatus(t.Context(), h.session(), h.now()); err == nil && st.States[0].Code == whatsapp.StateLoggedOut {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	old := h.now().Add(-7 * time.Hour)
	h.commit(store.UnitOfWork{Deliveries: []bot.Delivery{
		{ID: "kabar/lama", Chat: there, Notice: true, Created: old, Message: bot.Message{Text: "Kabar lama"}},
		{ID: "jawaban/lama", Chat: there, Created: old, Message: bot.Message{Text: "Jawaban lama"}},
	}})
	h.told(someone, "Kabar lama")
	h.notice(there, "Kabar baru")
	time.Sleep(300 * time.Millisecond)
	if n := len(someone.Messages()); n != 1 {
		t.Errorf("by Telegram went %+v", someone.Messages())
	}
}
