package whatsapptest

import (
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"izinbot/bot/bottest"
	"izinbot/cmd/izinbot/internal/demo"
)

// TestStories plays the whole procedure through WhatsApp.
func TestStories(t *testing.T) {
	var logged, transcript bottest.Log
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c := newCarrier(t, log)
	err := demo.Auto(t.Context(), demo.Config{Dir: t.TempDir(), Log: log, Carrier: c}, "semua", t.TempDir(), &transcript)
	if err != nil {
		lines := strings.Split(transcript.String(), "\n")
		t.Fatalf("%v\n%s\n%s", err, strings.Join(lines[max(0, len(lines)-40):], "\n"), logged.String())
	}
	if found := regexp.MustCompile(`.*6200000[0-9]+.*`).FindString(logged.String()); found != "" {
		t.Errorf("the log holds a phone number: %s", found)
	}
}
