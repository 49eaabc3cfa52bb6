package sandbox

import (
	"bytes"
	"testing"
	"time"

	"izinbot/workflow/inspect"
	"izinbot/workflow/inspect/inspecttest"
)

// TestBombsEndInAVerdict sends every bomb; some do no harm to a reader that is lazy. What
// the office's own process holds meanwhile is measured in package telegramtest.
func TestBombsEndInAVerdict(t *testing.T) {
	p, _ := pool(t, "real")
	p.limit = time.Second // so that the test is short; the office waits for verdictTime
	for name, content := range inspecttest.Bombs(t) {
		began := time.Now()
		r, err := p.Inspect(t.Context(), bytes.NewReader(content))
		if err != nil {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		t.Logf("%-15s %8d kB %-12q %v", name, len(content)>>10, r.Problem, time.Since(began).Round(time.Millisecond))
	}
	if r, err := p.Inspect(t.Context(), bytes.NewReader(ordinary(t))); err != nil || r.Problem != inspect.Fine {
		t.Errorf("an ordinary file afterwards: %+v, %v", r, err)
	}
}
