package app

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/web"
	"izinbot/workflow"
)

const gangguan = "Sistem sedang gangguan"

// heardBy gives what was said in a chat.
func (t *town) heardBy(chat bot.Address) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.heard[chat], "\n--\n")
}

// forget has same not look at a chat.
func (t *town) forget(chat bot.Address) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.heard, chat)
}

// A program whose database goes away while messages wait says so once a chat, tells
// nothing untrue, and goes on by itself when it is back: in order, nothing doubled.
func TestLostDatabase(t *testing.T) {
	s := newShop(t)
	n := s.node(false)
	for i := range 3 {
		s.say(n, i)
	}
	s.settled(10 * time.Second)

	n.way.Break("Conversation", "Commit", "UnhandledOf", "Claim", "Settle") // what is stored is stored
	for range 2 {
		for i := range 3 {
			s.say(n, i)
		}
	}
	until(t, "word of the outage", 10*time.Second, func() bool { return strings.Contains(s.town.heardBy("test:2"), gangguan) })
	n.way.Break()
	if err := n.Accept(t.Context(), bot.Inbound{ID: "lost", Chat: "test:9", Text: "/mulai"}); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("accepted without a database: %v", err)
	}
	until(t, "word to one whose message was not stored", 20*time.Second, func() bool {
		return strings.Contains(s.town.heardBy("test:9"), "belum tersimpan")
	})
	if said := s.town.heardBy("test:9"); strings.Contains(said, "sudah tersimpan") {
		t.Errorf("one whose message was not stored was told %q", said)
	}
	s.town.forget("test:9")
	n.way.Mend()
	until(t, "answers after the outage", 15*time.Second, func() bool { return s.town.answers() == 9+4 }) // 4 words of the outage
	for i := range 3 {
		s.say(n, i)
	}
	until(t, "answers as before", 5*time.Second, func() bool { return s.town.answers() == 12+4 })
	if said := s.town.heardBy("test:0"); strings.Count(said, gangguan) != 1 || !strings.Contains(said, "sudah tersimpan") {
		t.Errorf("told\n%s", said)
	}
	s.same(0)
}

// Writes whose answers are lost on the way were made all the same: nobody waits for
// what this program does not know that it has, and nothing is sent twice.
func TestAnswersOfTheDatabaseThatAreLost(t *testing.T) {
	for name, shared := range map[string]bool{"alone": false, "one of several": true} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			n := s.node(shared)
			const persons = 5
			for _, method := range []string{"Commit", "Claim", "Settle"} {
				n.way.Mute(method)
				for i := range persons {
					s.say(n, i)
				}
				time.Sleep(700 * time.Millisecond) // several tries
				n.way.Mend()
				s.settled(10 * time.Second)
			}
			s.same(0)
		})
	}
}

func TestPagesOfALostDatabase(t *testing.T) {
	s := newShop(t)
	n := s.node(false)
	pages := n.Web()
	pages.Listen = "127.0.0.1:0"
	server, err := web.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	n.way.Break()
	for path, word := range map[string]string{
		"/healthz": "unhealthy", "/s/LKS-2026-00042-7": gangguan, "/v/LKS-2026-00042-7/L1": gangguan,
	} {
		if status, body := get(t, server.URL()+path); status != http.StatusServiceUnavailable || !strings.Contains(body, word) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	n.way.Mend()
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/s/LKS-2026-00042-7": http.StatusNotFound} {
		if status, body := get(t, server.URL()+path); status != want {
			t.Errorf("%s after the outage: %d %s", path, status, body)
		}
	}
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(content)
}
