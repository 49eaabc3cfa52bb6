package telegramtest

import (
	"log/slog"
	"strings"
	"testing"

	"izinbot/bot/bottest"
	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/cmd/izinbot/internal/testclock"
)

// TestStories plays the whole procedure through Telegram.
func TestStories(t *testing.T) {
	for name, webhook := range map[string]bool{"polling": false, "webhook": true} {
		t.Run(name, func(t *testing.T) {
			var logged, transcript bottest.Log
			log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
			c := NewCarrier(t, webhook, testclock.Now, log)
			err := demo.Auto(t.Context(), demo.Config{Dir: t.TempDir(), Log: log, Carrier: c}, "semua", t.TempDir(), &transcript)
			if err != nil {
				lines := strings.Split(transcript.String(), "\n")
				t.Fatalf("%v\n%s\n%s", err, strings.Join(lines[max(0, len(lines)-40):], "\n"), logged.String())
			}
			if webhook != (c.server.Calls("getUpdates") == 0) {
				t.Errorf("getUpdates was called %d times", c.server.Calls("getUpdates"))
			}
			silent(t, logged.String())
		})
	}
}

// silent fails if a log holds what it must not.
func silent(t *testing.T, log string) {
	t.Helper()
	_, secret, _ := strings.Cut(token, ":")
	for what, sign := range map[string]string{
		"the token": secret, "a phone number": "6280000000000", "a file URL": "/file/bot", "a file's path": "documents/",
	} {
		if at := strings.Index(log, sign); at >= 0 {
			t.Errorf("the log holds %s: %s", what, log[max(0, at-200):min(len(log), at+100)])
		}
	}
}
