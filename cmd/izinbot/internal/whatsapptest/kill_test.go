package whatsapptest

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp/watest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow/sqlitestore"
)

// load is the size of the test.
type load struct{ phones, each, kills, drops int }

// loadOf is the everyday load, or the one of a long test.
func loadOf() load {
	if os.Getenv("IZINBOT_SOAK") != "" {
		return load{phones: 50, each: 40, kills: 10, drops: 20}
	}
	return load{phones: 8, each: 8, kills: 2, drops: 3}
}

// TestKillsAndDropsLoseAndDoubleNothing has many phones write while the process is
// killed and the connection drops. Every message must have its effect once, in the
// order of its chat, and every answer must be on its phone once.
func TestKillsAndDropsLoseAndDoubleNothing(t *testing.T) {
	l := loadOf()
	p := newParent(t)
	phones := p.phones(l)
	p.start()
	total := l.phones * l.each
	kill, drop := spread(total, l.kills), spread(total, l.drops)
	for i := range total {
		if _, err := phones[i%l.phones].Text(strconv.Itoa(i / l.phones)); err != nil {
			t.Fatal(err)
		}
		if kill[i] {
			p.kill()
			p.start()
		}
		if drop[i] {
			p.server.Drop()
		}
		time.Sleep(2 * time.Millisecond)
	}
	begin := time.Now()
	for _, phone := range phones {
		p.answers(phone, l.each)
	}
	t.Logf("%d messages; the last answer came %v after the last message; %d logins", total, time.Since(begin).Round(time.Millisecond), p.server.Logins())
	p.stop()
	p.effects(l)
}

// spread picks n of total, evenly.
func spread(total, n int) map[int]bool {
	out := map[int]bool{}
	for i := range n {
		out[(i+1)*total/(n+1)] = true
	}
	return out
}

// parent runs the child.
type parent struct {
	t      *testing.T
	server *watest.Server
	dir    string
	cmd    *exec.Cmd
	input  io.WriteCloser
}

func newParent(t *testing.T) *parent {
	t.Helper()
	server, err := watest.Start(watest.Config{Now: testclock.Now, Root: root, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	p := &parent{t: t, server: server, dir: t.TempDir()}
	t.Cleanup(func() {
		if err := server.Faults(); err != nil {
			t.Errorf("the server complains: %v", err)
		}
		if p.cmd != nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
		server.Close()
	})
	return p
}

func (p *parent) phones(l load) []*watest.Phone {
	p.t.Helper()
	var out []*watest.Phone
	for i := range l.phones {
		shows := []watest.Shows{watest.ShowsLIDAndNumber, watest.ShowsLID, watest.ShowsNumberAndLID, watest.ShowsNumber}[i%4]
		phone, err := p.server.AddPhone(watest.PhoneConfig{Number: fmt.Sprintf("6200000002%02d", i), Name: "CONTOH", Shows: shows})
		if err != nil {
			p.t.Fatal(err)
		}
		out = append(out, phone)
	}
	return out
}

// start starts the child and waits until it is at work.
func (p *parent) start() {
	p.t.Helper()
	public := p.server.Root()
	p.cmd = exec.CommandContext(p.t.Context(), os.Args[0], "-test.run=^$")
	p.cmd.Env = append(os.Environ(), testclock.Env(), envDir+"="+p.dir, envAddress+"="+p.server.Address(),
		envCert+"="+string(p.server.Certificate()), envRoot+"="+hex.EncodeToString(public[:]))
	log, err := os.OpenFile(filepath.Join(p.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if p.input, err = p.cmd.StdinPipe(); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	_ = log.Close()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if code, ok := strings.CutPrefix(lines.Text(), "QR "); ok {
			if err := p.server.Scan(p.t.Context(), code); err != nil {
				p.t.Fatal(err)
			}
		}
		if lines.Text() == "ready" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	p.t.Fatalf("the child does not start: %s", p.log())
}

func (p *parent) log() string {
	data, _ := os.ReadFile(filepath.Join(p.dir, "log"))
	return string(data[max(0, len(data)-2000):])
}

// kill kills the child: SIGKILL, without a chance to tidy up.
func (p *parent) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	_ = p.cmd.Wait()
}

func (p *parent) stop() {
	p.t.Helper()
	_ = p.input.Close()
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("the child ends with %v: %s", err, p.log())
	}
	p.cmd = nil
}

// answers waits for a phone's answers and checks them.
func (p *parent) answers(phone *watest.Phone, want int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 2*time.Minute)
	defer cancel()
	if err := phone.Wait(ctx, func() bool { return len(phone.Inbox()) >= want }); err != nil {
		p.t.Fatalf("%v: %d of %d answers: %s", err, len(phone.Inbox()), want, p.log())
	}
	for n, got := range phone.Inbox() {
		if text := fmt.Sprintf("terima %d: %d", n+1, n); got.Text != text {
			p.t.Fatalf("answer %d is %q, not %q", n, got.Text, text)
		}
	}
}

// effects checks what is kept of each chat.
func (p *parent) effects(l load) {
	p.t.Helper()
	s, err := sqlitestore.Open(p.t.Context(), filepath.Join(p.dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var want []string
	for n := range l.each {
		want = append(want, strconv.Itoa(n))
	}
	for i := range l.phones {
		chat := bot.Address(fmt.Sprintf("whatsapp:96200000002%02d@lid", i))
		if i%4 >= 2 {
			chat = bot.Address(fmt.Sprintf("whatsapp:6200000002%02d@s.whatsapp.net", i))
		}
		conv, err := s.Conversation(p.t.Context(), chat)
		if err != nil {
			p.t.Fatal(err)
		}
		var got []string
		if err := json.Unmarshal(conv.State, &got); err != nil || !slices.Equal(got, want) {
			p.t.Errorf("the chat of phone %d holds %v (%v)", i, got, err)
		}
	}
}
