package telegramtest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow/inspect/inspecttest"
)

const (
	maxPeak = 150 // MB of the office's own process, whatever files it gets
	maxWait = time.Second
	askedBy = 1_000 // questions of one neighbour: well below the quota of a day
)

// TestBombsAndTheNeighbour has 16 chats send every bomb at once, and reads how much memory
// the office's process ever took, and how long somebody else waits meanwhile.
func TestBombsAndTheNeighbour(t *testing.T) {
	if raceEnabled() {
		t.Skip("the race detector takes several times the memory")
	}
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c := newChild(t, t.TempDir(), server.URL())
	c.env = []string{envInspect + "=office"}
	c.start()
	t.Cleanup(c.kill)

	bombs := inspecttest.Bombs(t)
	var senders []*sender
	for name := range bombs {
		senders = append(senders, newSender(server, len(senders), name))
	}
	for len(senders) < 16 {
		senders = append(senders, newSender(server, len(senders), inspecttest.CrossReference))
	}
	waitFor(t, server, c, "the forms", func() bool {
		return !slices.ContainsFunc(senders, func(s *sender) bool { return !strings.Contains(s.last(), "Dokumen 1 dari 14") })
	})
	for _, s := range senders {
		s.before = len(s.person.Messages())
		s.person.SendDocument("akta.pdf", bombs[s.bomb], 0, "")
	}
	longest, asked := time.Duration(0), 0
	for slices.ContainsFunc(senders, func(s *sender) bool { return !s.answered() }) && asked < 100_000 {
		neighbour := server.Person(int64(8_000_000+asked/askedBy), "Ayu CONTOH")
		said := len(neighbour.Messages())
		began := time.Now()
		neighbour.Type("status")
		waitFor(t, server, c, "the neighbour", func() bool { return len(neighbour.Messages()) > said })
		longest, asked = max(longest, time.Since(began)), asked+1
	}
	for _, s := range senders {
		if !s.answered() {
			t.Errorf("%s: no answer", s.bomb)
		}
	}
	peak := c.memory("VmHWM")
	t.Logf("peak %d MB; a neighbour asked %d times and waited %v at most", peak, asked, longest.Round(time.Millisecond))
	if peak > maxPeak {
		t.Errorf("the office took %d MB, more than %d", peak, maxPeak)
	}
	if longest > maxWait {
		t.Errorf("a neighbour waited %v", longest)
	}
	c.stop()
}

// sender fills in the form and then sends a bomb as the first document.
type sender struct {
	person *tgtest.Person
	bomb   string
	texts  []string
	before int // messages that it had got before the bomb
}

func newSender(server *tgtest.Server, n int, bomb string) *sender {
	s := &sender{person: server.Person(int64(8_100_000+n), "CONTOH"), bomb: bomb}
	s.texts = append([]string{"/start", "Ajukan izin", "Setuju dan lanjut", fmt.Sprintf("Yayasan CONTOH nomor %d", n)}, answers()...)
	for _, text := range s.texts {
		s.person.Type(text)
	}
	return s
}

// last gives the text of the newest message.
func (s *sender) last() string {
	m := s.person.Messages()
	if len(m) == 0 {
		return ""
	}
	return m[len(m)-1].Text
}

// answered tells whether the bomb was: not only that its file waits.
func (s *sender) answered() bool {
	return len(s.person.Messages()) > s.before && !strings.HasPrefix(s.last(), "Berkas Anda belum selesai")
}

func waitFor(t *testing.T, server *tgtest.Server, c *child, what string, reached func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := server.Until(ctx, reached); err != nil {
		t.Fatalf("%s: %v\n%s", what, err, c.tail())
	}
}

// memory reads a figure of the office's own process, in MB (proc(5), status).
func (c *child) memory(which string) int {
	c.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		c.t.Skip("this system does not tell a process's memory")
	}
	for line := range bytes.Lines(status) {
		var kb int
		if n, _ := fmt.Sscanf(string(line), which+": %d kB", &kb); n == 1 {
			return kb >> 10
		}
	}
	c.t.Fatalf("no %s in\n%s", which, status)
	return 0
}
