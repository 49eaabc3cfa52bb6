package whatsapptest

import (
	"crypto/rand"
	"strings"
	"testing"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"izinbot/bot"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// says has a phone do something and gives the answer that it shows next.
func (h *house) says(p *watest.Phone, do func() (string, error)) watest.Received {
	h.t.Helper()
	before := len(p.Inbox())
	if _, err := do(); err != nil {
		h.t.Fatal(err)
	}
	answer, err := p.WaitText(h.t.Context(), before, "")
	if err != nil {
		h.t.Fatal(err)
	}
	return answer
}

func (h *house) types(p *watest.Phone, text string) watest.Received {
	h.t.Helper()
	return h.says(p, func() (string, error) { return p.Text(text) })
}

func (h *house) wants(got watest.Received, texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		if !strings.Contains(got.Text, text) {
			h.t.Errorf("no %q in %q", text, got.Text)
		}
	}
}

// TestNumbersOfMenus: a number belongs to the menu that it quotes, or to the newest.
func TestNumbersOfMenus(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, _, _ := h.phone(watest.ShowsLIDAndNumber)
	terms := h.types(p, "1")
	h.wants(terms, "*1* Setuju dan lanjut", "*3* Batal")
	id, err := p.Text("setuju dan lanjut")
	if err != nil {
		t.Fatal(err)
	}
	h.shows(p, "Nama lembaga")
	asked, err := p.WaitText(t.Context(), 0, "Nama lembaga")
	if err != nil || asked.Quoted != id {
		t.Errorf("the question quotes %q, not %q (%v)", asked.Quoted, id, err)
	}
	for _, text := range []string{"3", "tiga", "Setuju dan lanjut", "7"} {
		stale := h.says(p, func() (string, error) { return p.Reply(terms.ID, text) })
		h.wants(stale, "Pilihan itu dari pertanyaan yang sudah lewat", "Nama lembaga")
	}
	h.wants(h.types(p, "batal"), "LANJUTKAN")
	h.wants(h.types(p, "mulai"), "*1* Lanjutkan permohonan")
	if got := h.types(p, "9"); !strings.Contains(got.Text, "belum kami pahami") || !strings.Contains(got.Text, "*1* ") {
		t.Errorf("a number of no menu is answered with %q", got.Text)
	}
}

// TestWhatCannotBeReadIsAnswered: each kind has its friendly line, and the talk goes
// on.
func TestWhatCannotBeReadIsAnswered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, _, _ := h.phone(watest.ShowsLID)
	seen := &waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{Message: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{}}}}
	for words, m := range map[string]*waE2E.Message{
		"belum bisa kami baca": {StickerMessage: &waE2E.StickerMessage{}},
		"Pesan suara":          {AudioMessage: &waE2E.AudioMessage{PTT: new(true)}},
		"Foto sekali lihat":    seen,
	} {
		h.wants(h.says(p, func() (string, error) { return p.Send(m) }), words)
	}
	if _, err := p.Send(&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Text: new("👍")}}); err != nil {
		t.Fatal(err)
	}
	h.wants(h.types(p, "status"), "Belum ada permohonan")
}

// TestEnglishSpeakersReadEnglish: what the channel adds speaks the person's language.
func TestEnglishSpeakersReadEnglish(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, there, person := h.phone(watest.ShowsLID)
	h.wants(h.types(p, "english"), "We now speak English")
	id := h.file(person)
	h.commit(store.UnitOfWork{Deliveries: []bot.Delivery{{
		ID: "kabar/inggris", Chat: there, Notice: true, Created: h.now(),
		Message: bot.Message{Text: "News.", Lang: "en", Choices: []bot.Choice{{ID: "/lengkapi " + string(id), Label: "Complete now"}}},
	}}})
	h.shows(p, "Complete now: type *LENGKAPI "+string(id)+"*")
}

// TestOfficersJoinByCodeAlone: neither number nor name makes an officer.
func TestOfficersJoinByCodeAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, _, _ := h.phone(watest.ShowsNumberAndLID)
	fitri := workflow.Officer{ID: "fitri", Name: "Fitri CONTOH", Roles: []workflow.Role{"front_office"}}
	code, fitri, invitation, err := workflow.Invite(rand.Reader, fitri, testclock.Now())
	if err != nil {
		t.Fatal(err)
	}
	h.commit(store.UnitOfWork{
		Officers:    []workflow.Officer{fitri},
		Invitations: []workflow.Invitation{invitation},
	})
	h.wants(h.types(p, "tugas"), "hanya untuk petugas")
	h.wants(h.types(p, "gabung "+code), "Fitri CONTOH")
	p.Show(watest.ShowsLID) // his number is hidden from now on
	h.wants(h.types(p, "/tugas"), "tugas")
	other, _, _ := h.phone(watest.ShowsLID)
	h.wants(h.types(other, "gabung "+code), "sudah")
}
