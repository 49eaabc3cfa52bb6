package whatsapptest

import (
	"bytes"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"

	"izinbot/cmd/izinbot/internal/demo"
)

// TestStories plays the whole procedure through WhatsApp.
func TestStories(t *testing.T) {
	var logged, transcript safeBuffer
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

// safeBuffer is a buffer that goroutines may write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
