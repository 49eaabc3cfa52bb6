package telegramtest

import (
	"context"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow/filestore"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// valve is a way to a server that can be shut, which ends all connections, and
// opened again.
type valve struct {
	to mongotest.Dial
	ln net.Listener

	mu    sync.Mutex
	shut  bool
	conns map[net.Conn]bool
}

func newValve(t *testing.T, to mongotest.Dial) *valve {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it lives until the test ends
	if err != nil {
		t.Fatal(err)
	}
	v := &valve{to: to, ln: ln, conns: map[net.Conn]bool{}}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go v.join(c)
		}
	}()
	return v
}

func (v *valve) join(c net.Conn) {
	defer func() { _ = c.Close() }()
	s, err := v.to()
	if err != nil {
		return
	}
	defer func() { _ = s.Close() }()
	v.mu.Lock()
	if v.shut {
		v.mu.Unlock()
		return
	}
	v.conns[c] = true
	v.mu.Unlock()
	go func() {
		_, _ = io.Copy(s, c)
		_ = s.Close()
	}()
	_, _ = io.Copy(c, s)
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.conns, c)
}

func (v *valve) turn(shut bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.shut = shut
	for c := range v.conns {
		if shut {
			_ = c.Close()
		}
	}
}

// An office whose MongoDB goes away while messages wait: nobody is told anything
// untrue, and all are answered, in order, when it is back, without a restart.
func TestMongoDBThatGoesAwayAndComesBack(t *testing.T) {
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	uri := mongotest.URI(t)
	direct, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = direct.Close() }()
	way := newValve(t, mongotest.Upstream(t))
	shaky := mongotest.Through(way.ln.Addr().String(), uri)
	listen := freeAddress(t)
	o, err := office.Open(t.Context(), office.Config{
		App: app.Config{
			Dir: t.TempDir(), Now: testclock.Now, Log: slog.New(slog.DiscardHandler),
			Data: func(ctx context.Context, place storage.Config) (*storage.Data, error) {
				records, err := mongostore.Open(ctx, shaky, mongostore.Options{Timeout: 3 * time.Second})
				if err != nil {
					return nil, err
				}
				files, err := filestore.Open(filepath.Join(place.Dir, "files")) //nolint:contextcheck // it takes none
				return &storage.Data{Store: records, Files: files}, err
			},
		},
		Listen:   listen,
		Telegram: office.Telegram{Token: token, APIURL: server.URL(), WebhookURL: "http://" + listen, WebhookSecret: sharedSecret},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close(context.WithoutCancel(t.Context())) })
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	people := make([]talker, 10)
	for i := range people {
		people[i] = newTalker(server, i)
	}
	all := func(most int) {
		for range most {
			for i := range people {
				people[i].next()
			}
		}
	}
	all(6)
	if err := server.Drained(ctx); err != nil {
		t.Fatalf("%d updates wait", server.Waiting())
	}
	way.turn(true)
	told := func() (n int) {
		for _, p := range people {
			n += strings.Count(said(p.person), "sudah tersimpan dan akan dibalas")
		}
		return n
	}
	all(4)                  // Telegram keeps these
	time.Sleep(time.Second) // what is under way ends
	left, err := direct.Unhandled(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Until(ctx, func() bool { return told() > 0 || len(left) == 0 }); err != nil {
		t.Errorf("nobody was told that his message waits: %v", err)
	}
	time.Sleep(10 * time.Second) // all leases have lapsed
	if server.Waiting() != 4*len(people) {
		t.Errorf("%d updates wait at Telegram, want %d", server.Waiting(), 4*len(people))
	}
	if n := told(); n > len(people) {
		t.Errorf("%d persons were told %d times", len(people), n)
	}
	way.turn(false)
	all(20)
	again, done := context.WithTimeout(t.Context(), 3*time.Minute) // FerretDB takes a while
	defer done()
	if err := server.Until(again, func() bool {
		for _, p := range people {
			if !strings.Contains(said(p.person), "Dokumen 1 dari") {
				return false
			}
		}
		return true
	}); err != nil {
		t.Fatalf("not all are answered: %v; %d updates wait; one heard\n%s", err, server.Waiting(), said(people[0].person))
	}
	for _, p := range people {
		lines, _ := heard(p.person)
		lines = without(lines, "Sistem sedang gangguan")
		if !inOrder(lines) {
			t.Errorf("%s heard\n%s", p.name, strings.Join(lines, "\n"))
		}
	}
	t.Logf("%d messages waited in the store; %d of %d persons were told so", len(left), told(), len(people))
}

// without leaves out what begins so.
func without(lines []string, beginning string) (rest []string) {
	for _, line := range lines {
		if !strings.HasPrefix(line, beginning) {
			rest = append(rest, line)
		}
	}
	return rest
}
