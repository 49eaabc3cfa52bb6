package bot_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

func TestPause(t *testing.T) {
	for name, tt := range map[string]struct {
		pause, end, want time.Duration // end: when the context ends; 0: never
		goOn             bool
	}{
		"to its end":   {pause: time.Minute, want: time.Minute, goOn: true},
		"none":         {goOn: true},
		"less than 0":  {pause: -time.Minute, goOn: true},
		"cut short":    {pause: time.Minute, end: time.Second, want: time.Second},
		"over before":  {pause: time.Minute, end: time.Hour, want: time.Minute, goOn: true},
		"ended before": {pause: time.Minute, end: -1},
		"none, ended":  {end: -1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := t.Context()
				if tt.end != 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, tt.end)
					defer cancel()
				}
				start := time.Now()
				if got := bot.Pause(ctx, tt.pause); got != tt.goOn {
					t.Errorf("goes on: %t", got)
				}
				if took := time.Since(start); took != tt.want {
					t.Errorf("took %s, want %s", took, tt.want)
				}
			})
		})
	}
}
