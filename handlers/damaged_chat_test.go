package handlers_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/mycases"
	"izinbot/workflow/store"
)

// TestDamagedChatHidesNoOtherOfItsPerson: a chat whose state cannot be read, or one of whose
// dialogues cannot, leaves the person's other chat as it was.
func TestDamagedChatHidesNoOtherOfItsPerson(t *testing.T) {
	for _, state := range []string{"?", `{"drafts":[{"name":"` + mycases.Application + `","key":"a","state":7}]}`} {
		o := handlerstest.NewOffice(t, nil)
		wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
		wa.Say("mulai")
		tg.Link(wa)
		conv, err := o.Store.Conversation(t.Context(), wa.Chat)
		if err != nil {
			t.Fatal(err)
		}
		conv.State = []byte(state)
		if _, err := o.Store.Commit(t.Context(), o.Now, store.UnitOfWork{Conversation: &conv}); err != nil {
			t.Fatal(err)
		}
		tg.Expect("mulai", "Selamat datang", "Ajukan izin")
		tg.Expect("lanjutkan", "Tidak ada permohonan yang tersimpan")
	}
}
