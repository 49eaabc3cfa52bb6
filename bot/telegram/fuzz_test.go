package telegram_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

// FuzzReceive reads the body of a webhook's request, which is an update as the long poll
// gets it too. Whatever it is, Telegram must not send it again, and what is heard of it can
// be stored and answered.
func FuzzReceive(f *testing.F) {
	for _, sample := range sampleUpdates() {
		f.Add([]byte(`{"update_id":7,` + sample[1:]))
	}
	for _, odd := range []string{
		"", "null", "[]", "{}", `{"update_id":0}`, `{"update_id":-1,"message":null}`, `{"update_id":1e99}`, `{"update_id":"7"}`,
		`{"update_id":7,"message":{"date":9223372036854775807,"chat":{"id":71,"type":"private"},"from":{"id":71},"text":"x"}}`,
		`{"update_id":7,"message":{"date":1,"chat":{"id":71,"type":"private"},"from":{"id":71},"text":"\ud800 \u0000"}}`,
		`{"update_id":7,"callback_query":{"id":"5","from":{"id":71},"data":"/status 1:2:3"}}`,
	} {
		f.Add([]byte(odd))
	}
	_, w := newStub(f, func(_ *tgtest.Config, cfg *telegram.Config) {
		cfg.Webhook = &telegram.Webhook{URL: "https://izin.contoh.example/telegram", Secret: "CONTOH"}
	})
	heard := 0
	f.Fuzz(func(t *testing.T, body []byte) {
		if status := w.channel.Receive(t.Context(), "CONTOH", body); status != http.StatusOK && len(body) <= telegram.MaxUpdate {
			t.Fatalf("status %d", status)
		}
		all := w.all()
		for _, in := range all[heard:] {
			if in.ID == "" || !strings.HasPrefix(string(in.Chat), "telegram:") || in.Chat == "telegram:0" || in.At.IsZero() {
				t.Errorf("heard %+v", in)
			}
			stored, ok := in.Storable(w.cfg.Now())
			if _, err := json.Marshal(stored); err != nil || !ok {
				t.Errorf("not to be stored: %v, %+v", err, in)
			}
		}
		heard = len(all)
	})
}
