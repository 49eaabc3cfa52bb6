package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"izinbot/bot/whatsapp"
	"izinbot/cmd/izinbot/internal/config"
	"izinbot/cmd/izinbot/internal/office"
)

// The names of WhatsApp's settings.
const (
	keyWhatsApp        = "WHATSAPP"
	keyWhatsAppSession = "WHATSAPP_SESSION"
	keyWhatsAppPause   = "WHATSAPP_PAUSE"
	keyWhatsAppHourly  = "WHATSAPP_HOURLY"
	keyWhatsAppDaily   = "WHATSAPP_DAILY"
	keyWhatsAppWindow  = "WHATSAPP_WINDOW_DAYS"
	keyWhatsAppStaff   = "WHATSAPP_STAFF_MINUTES"
)

func whatsappKeys() []config.Key {
	return []config.Key{
		{Name: keyWhatsApp, Default: string(office.UseAuto), Check: isUse, Help: "apakah WhatsApp berjalan; auto: bila ada nomor yang tertaut"},
		{Name: keyWhatsAppSession, Help: "berkas sesi; bawaan whatsapp.db di IZINBOT_DATA"},
		{Name: keyWhatsAppPause, Default: "2-6", Check: isPause, Help: "detik di antara dua kabar, diacak setiap kali; jawaban tidak menunggu"},
		{Name: keyWhatsAppHourly, Default: "60", Check: config.IsCount(1, 1000), Help: "kabar per jam paling banyak"},
		{Name: keyWhatsAppDaily, Default: "400", Check: config.IsCount(1, 10_000), Help: "kabar per hari paling banyak"},
		{Name: keyWhatsAppWindow, Default: "21", Check: config.IsDays(1, 60), Help: "berapa hari sesudah menulis sebuah chat boleh dikabari"},
		{Name: keyWhatsAppStaff, Default: "60", Check: config.IsCount(0, 1440), Help: "berapa menit bot diam di chat tempat petugas menulis sendiri dari ponsel kantor; 0: tidak diam"},
	}
}

// whatsappConfig reads settings that were checked before.
func whatsappConfig(set *config.Set) office.WhatsApp {
	least, most, err := pause(set.Get(keyWhatsAppPause))
	if err != nil {
		least, most = 0, 0 // the channel's defaults
	}
	return office.WhatsApp{
		Use: office.Use(set.Get(keyWhatsApp)), Path: set.Get(keyWhatsAppSession),
		Pace: whatsapp.Pace{
			Min: least, Max: most,
			Hourly: count(set.Get(keyWhatsAppHourly)), Daily: count(set.Get(keyWhatsAppDaily)),
		},
		Window: time.Duration(count(set.Get(keyWhatsAppWindow))) * 24 * time.Hour,
	}
}

// count reads a whole number; 0, the default, if it is none.
func count(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return n
}

func isUse(value string) error {
	if value == string(office.UseOn) && !whatsapp.Built {
		return whatsapp.ErrLeftOut
	}
	return config.IsOneOf(string(office.UseAuto), string(office.UseOn), string(office.UseOff))(value)
}

func isPause(value string) error {
	_, _, err := pause(value)
	return err
}

// pause reads a span of seconds such as "2-6".
func pause(value string) (least, most time.Duration, err error) {
	wrong := errors.New("bukan selang detik seperti 2-6, dari 1 sampai 600")
	low, high, _ := strings.Cut(value, "-")
	var span [2]int
	for i, text := range []string{low, high} {
		if span[i], err = strconv.Atoi(strings.TrimSpace(text)); err != nil || span[i] < 1 || span[i] > 600 {
			return 0, 0, wrong
		}
	}
	if span[0] > span[1] {
		return 0, 0, wrong
	}
	return time.Duration(span[0]) * time.Second, time.Duration(span[1]) * time.Second, nil
}

// noChannel says what to do about an office that nobody could write to.
func noChannel() error {
	return fmt.Errorf("belum ada jaringan chat; lakukan salah satu atau keduanya:\n"+
		"  %s: isi token bot dari BotFather (lihat docs/telegram.md)\n"+
		"  %s: tautkan nomor dengan \"izinbot whatsapp pair\", atau isi \"on\" lalu tautkan dari peramban (lihat docs/whatsapp.md)",
		keyToken, keyWhatsApp)
}
