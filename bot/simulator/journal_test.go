package simulator_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"izinbot/bot/simulator"
)

func TestTornLastLineIsDropped(t *testing.T) {
	for name, tail := range map[string]string{
		"half a line":        `{"n":99,"kind":"mess`,
		"garbage with break": "\x00\x00\x00\n",
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			must(t, b.write(t.Context(), "budi", "utuh"))
			appendTo(t, b.path, tail)
			b.reopen(t)
			must(t, b.write(t.Context(), "budi", "sesudah"))
			b.reopen(t)
			if m := b.messages(t, "budi"); len(m) != 2 || m[1].Text != "sesudah" || !m[1].Sent {
				t.Errorf("on the phone: %+v", m)
			}
		})
	}
}

func TestDamageInTheMiddleIsNamed(t *testing.T) {
	b := open(t)
	must(t, b.write(t.Context(), "budi", "utuh"))
	appendTo(t, b.path, "rusak\n{}\n")
	_, err := simulator.Open(b.path, config(b))
	if err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("got %v, want the line named", err)
	}
}

func TestUnsentMessageGoesOutAfterRestartWithItsOldID(t *testing.T) {
	b := open(t)
	b.inbox.Refuse(errors.New("killed"))
	_ = b.write(t.Context(), "budi", "satu")
	n := b.messages(t, "budi")[0].N
	b.inbox.Refuse(nil)
	b.reopen(t)
	must(t, b.Resend(t.Context()))
	must(t, b.Resend(t.Context()))
	if len(b.inbox.All()) != 1 || b.inbox.All()[0].ID != fmt.Sprintf("sim:%d", n) {
		t.Errorf("inbox has %+v, want message %d once", b.inbox.All(), n)
	}
}

// After a loss of power written but unsynced lines are gone, though the inbox may
// have their messages.
func TestIDIsNeverGivenTwiceThoughLinesAreLost(t *testing.T) {
	b := open(t)
	seen := map[string]bool{}
	for range 3 {
		for range 700 {
			must(t, b.write(t.Context(), "budi", "x"))
		}
		keepReservations(t, b.path)
		b.reopen(t)
	}
	for _, in := range b.inbox.All() {
		if seen[in.ID] {
			t.Fatalf("%s was given twice", in.ID)
		}
		seen[in.ID] = true
	}
}

func TestClosedNetworkSaysSo(t *testing.T) {
	b := open(t)
	must(t, b.Close())
	must(t, b.Close())
	if err := b.write(t.Context(), "budi", "x"); !errors.Is(err, simulator.ErrClosed) {
		t.Errorf("type: %v", err)
	}
}

func TestNetworkWithoutAFile(t *testing.T) {
	b := open(t)
	n, err := simulator.Open("", config(b))
	must(t, err)
	_, err = n.Say(t.Context(), "budi", simulator.Say{Text: "x"})
	must(t, err)
	must(t, n.Close())
}

func TestOpenRefuses(t *testing.T) {
	b := open(t)
	if _, err := simulator.Open("", simulator.Config{}); err == nil {
		t.Error("no clock, no files, no inbox: taken")
	}
	twice := config(b)
	twice.Phones = append(twice.Phones, simulator.Phone{ID: "budi"})
	if _, err := simulator.Open("", twice); err == nil {
		t.Error("a phone id used twice: taken")
	}
	if _, err := simulator.Open(t.TempDir(), config(b)); err == nil {
		t.Error("a directory as the journal: taken")
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	must(t, err)
	_, err = f.WriteString(text)
	must(t, errors.Join(err, f.Close()))
}

func keepReservations(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	var kept strings.Builder
	for line := range strings.Lines(string(b)) {
		if strings.Contains(line, `"kind":"reserve"`) {
			kept.WriteString(line)
		}
	}
	must(t, os.WriteFile(path, []byte(kept.String()), 0o600))
}
