//go:build !nowhatsapp

package office

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/supervise"
)

// A part that panics is begun again, and the admin hears of it once. One that goes on
// to fail ends the office, with the reason.
func TestAdminsHearOfAPartThatEnds(t *testing.T) {
	h := newHouseWith(t, supervise.Config{Pause: time.Millisecond, MaxPause: time.Millisecond, Most: 3})
	again := make(chan struct{})
	runs := 0
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go h.Program.Supervise(ctx, "contoh", func(ctx context.Context) error {
		if runs++; runs <= 3 {
			panic("CONTOH")
		}
		close(again)
		<-ctx.Done()
		return nil
	})
	<-again
	h.told(h.admin, "“contoh” berhenti karena gangguan dan sedang dijalankan lagi")
	if err := h.Err(); err != nil {
		t.Fatalf("the office cannot go on: %v", err)
	}

	go h.Program.Supervise(ctx, "contoh-2", func(context.Context) error { return errors.New("rusak (CONTOH)") })
	<-h.Failed()
	h.told(h.admin, "“contoh-2” tidak dapat dijalankan lagi")
	if err := h.Err(); err == nil || !strings.Contains(err.Error(), "contoh-2") || !strings.Contains(err.Error(), "rusak (CONTOH)") {
		t.Errorf("the office ends with %v", err)
	}
}
