package whatsapptest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/workflow"
)

// TestAdminsAreToldWhatAilsWhatsApp: every state of the account is told over Telegram
// within a minute, once, with what to do, and never over WhatsApp.
func TestAdminsAreToldWhatAilsWhatsApp(t *testing.T) {
	t.Parallel()
	hour := func(h *house) time.Time { return h.now().Add(time.Hour) }
	tests := map[string]struct {
		happen func(h *house)
		want   [2]string // what is the matter, what to do
		mend   func(h *house)
		clear  string // what is told then
	}{
		"logged out": {happen: func(h *house) { h.wa.Unlink() }, want: [2]string{"Perangkat dikeluarkan", "admin mengetik WHATSAPP"}},
		"locked":     {happen: func(h *house) { h.wa.Refuse(403) }, want: [2]string{"terkunci", "ikuti petunjuknya"}},
		"banned":     {happen: func(h *house) { h.wa.Refuse(406) }, want: [2]string{"memblokir nomor kantor", "Ajukan banding"}},
		"outdated":   {happen: func(h *house) { h.wa.Refuse(405) }, want: [2]string{"sudah usang", "Perbarui izinbot"}},
		"replaced":   {happen: func(h *house) { h.wa.Replace() }, want: [2]string{"Program lain memakai sesi", "Hentikan program"}},
		"refused": {
			happen: func(h *house) { h.wa.Refuse(418) }, want: [2]string{"menolak sambungan (kode 418)", "dicoba lagi"},
			mend: func(h *house) { h.wa.Refuse(0); h.advance(4 * time.Minute) }, clear: "tersambung lagi",
		},
		"temporarily banned": {
			happen: func(h *house) { h.wa.Ban(hour(h)) }, want: [2]string{"memblokir nomor ini sampai", "Jangan memulai ulang"},
			mend: func(h *house) { h.wa.Refuse(0); h.advance(61 * time.Minute) }, clear: "tersambung lagi",
		},
		"timelock": {
			happen: func(h *house) { h.wa.Timelock(hour(h)) }, want: [2]string{"melarang nomor ini memulai percakapan sampai", "tetap dijawab"},
			mend: func(h *house) { h.advance(61 * time.Minute) }, clear: "boleh memulai percakapan lagi",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			admin := h.tg.Person(71, "Admin CONTOH")
			phone, address, person := h.phone(watest.ShowsLID)
			h.knows(person, []bot.Address{address, onTelegram(admin)}, workflow.RoleAdmin)
			tt.happen(h)
			if n := h.told(admin, tt.want[0]); n != 1 || count(admin, tt.want[1]) != 1 {
				t.Errorf("told %d times: %+v", n, admin.Messages())
			}
			if tt.mend != nil {
				tt.mend(h)
				h.told(admin, tt.clear)
			}
			h.restart()
			if n := count(admin, tt.want[0]); n != 1 && tt.want[0] != "sudah usang" {
				t.Errorf("after a restart it was told %d times", n)
			}
			for _, m := range phone.Inbox() {
				if strings.Contains(m.Text, tt.want[0]) {
					t.Errorf("told over WhatsApp: %q", m.Text)
				}
			}
		})
	}
}

// restart closes the office and opens it again, and gives it time to tell what it
// would tell.
func (h *house) restart() {
	h.t.Helper()
	h.close()
	h.open()
	time.Sleep(200 * time.Millisecond)
	if err := h.office.Program.Idle(h.t.Context()); err != nil {
		h.t.Error(err)
	}
}

func TestAdminsAreToldThatThePhoneIsAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.tg.Person(71, "Admin CONTOH")
	h.knows("admin", []bot.Address{onTelegram(admin)}, workflow.RoleAdmin)
	for _, days := range []string{"10", "12"} {
		h.advance(map[string]time.Duration{"10": 10 * 24 * time.Hour, "12": 49 * time.Hour}[days])
		h.told(admin, "sudah "+days+" hari tidak terlihat")
		h.restart()
		if n := count(admin, "sudah "+days+" hari"); n != 1 {
			t.Errorf("%s days were told %d times", days, n)
		}
	}
	if _, err := h.wa.Main().Text("dari ponsel kantor"); err != nil {
		t.Fatal(err)
	}
	h.told(admin, "terlihat lagi")
}

func TestRestartNeedsNoNewPairingAndASecondOfficeIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	phone, _, _ := h.phone(watest.ShowsLIDAndNumber)
	other := h.config()
	other.App.Dir, other.WhatsApp.Path = t.TempDir(), h.session()
	if _, err := office.Open(t.Context(), other); !errors.Is(err, whatsapp.ErrInUse) || !strings.Contains(err.Error(), h.session()) {
		t.Errorf("a second office on the session: %v", err)
	}
	h.close()
	if _, err := phone.Text("status"); err != nil {
		t.Fatal(err)
	}
	h.open()
	h.shows(phone, "Belum ada permohonan atas nama")
	if found := strings.Contains(h.log.String(), "62000000"); found {
		t.Error("the log holds a phone number")
	}
}
