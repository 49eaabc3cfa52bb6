package office_test

import (
	"math"
	"runtime/debug"
	"testing"

	"izinbot/cmd/izinbot/internal/office"
)

func TestEaseCollector(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	settings := func() (int, int64) { return debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64) }
	tests := []struct {
		env     map[string]string
		percent int
		limit   int64
	}{
		{nil, 400, 1 << 29},
		{map[string]string{"GOGC": "50"}, 100, 1 << 29},
		{map[string]string{"GOMEMLIMIT": "2GiB"}, 400, math.MaxInt64},
	}
	for _, tt := range tests {
		office.EaseCollector(func(name string) string { return tt.env[name] })
		if percent, limit := settings(); percent != tt.percent || limit != tt.limit {
			t.Errorf("%v: %d %%, %d bytes", tt.env, percent, limit)
		}
	}
}
