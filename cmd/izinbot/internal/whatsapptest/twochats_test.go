package whatsapptest

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/cmd/izinbot/internal/telegramtest"
	"izinbot/cmd/izinbot/internal/testclock"
)

// twoNetworks has one phone of the demo talk over WhatsApp and all others over
// Telegram, with one program behind both.
type twoNetworks struct {
	*telegramtest.Carrier
	whatsapp *carrier
	phone    string // which is on WhatsApp
}

var _ demo.Carrier = twoNetworks{}

func (n twoNetworks) Connect(p *app.Program, phones *simulator.Network) ([]bot.Channel, error) {
	n.whatsapp.files = n.Files()
	one, err := n.Carrier.Connect(p, phones)
	two, err2 := n.whatsapp.Connect(p, phones)
	return append(one, two...), errors.Join(err, err2)
}

func (n twoNetworks) Idle(ctx context.Context) error {
	return errors.Join(n.Carrier.Idle(ctx), n.whatsapp.Idle(ctx))
}

func (n twoNetworks) of(phone string) demo.Carrier {
	if phone == n.phone {
		return n.whatsapp
	}
	return n.Carrier
}

func (n twoNetworks) Accept(ctx context.Context, in ...bot.Inbound) error {
	for _, m := range in {
		if err := n.of(m.Chat.Chat()).Accept(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (n twoNetworks) Address(phone string) bot.Address { return n.of(phone).Address(phone) }

// TestBegunOnWhatsAppEndedOnTelegram plays the story of an applicant who begins on
// WhatsApp, links his Telegram by a code, and goes on there to the permit.
func TestBegunOnWhatsAppEndedOnTelegram(t *testing.T) {
	var logged, transcript bottest.Log
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	n := twoNetworks{Carrier: telegramtest.NewCarrier(t, false, testclock.Now, log), whatsapp: newCarrier(t, log), phone: "pemohon1"}
	err := demo.Auto(t.Context(), demo.Config{Dir: t.TempDir(), Log: log, Carrier: n}, "sambung", t.TempDir(), &transcript)
	if err != nil {
		lines := strings.Split(transcript.String(), "\n")
		t.Fatalf("%v\n%s\n%s", err, strings.Join(lines[max(0, len(lines)-40):], "\n"), logged.String())
	}
	for _, want := range []string{
		"https://t.me/contoh_izin_bot?start=sambung-", "Sambungkan dengan chat WhatsApp", "Chat Telegram atas nama", `berakhir "terbit"`,
	} {
		if !strings.Contains(transcript.String(), want) {
			t.Errorf("the transcript lacks %q", want)
		}
	}
	if found := regexp.MustCompile(`.*(6200000[0-9]+|Kode sambung).*`).FindString(logged.String()); found != "" {
		t.Errorf("the log holds a phone number or a code: %s", found)
	}
}
