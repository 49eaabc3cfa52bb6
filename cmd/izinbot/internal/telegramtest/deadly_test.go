package telegramtest

import (
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// A file at which the office dies twice is set aside at the third start: its sender and an
// admin are told, and his next message is answered as anybody else's is. The office is
// killed while it holds the file, each time.
func TestFileThatKillsTheOfficeTwice(t *testing.T) {
	dir := t.TempDir()
	var deadly atomic.Bool
	fetching, released := make(chan struct{}, 100), make(chan struct{})
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now, Fault: func(method string) tgtest.Fault {
		if method == "getFile" && deadly.Load() {
			fetching <- struct{}{}
			<-released // the office dies before
		}
		return tgtest.FaultNone
	}})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { close(released); _ = server.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := newChild(t, dir, server.URL())
	until := func(what string, is func() bool) {
		t.Helper()
		if err := server.Until(ctx, is); err != nil {
			t.Fatalf("%s: %v\n%s", what, err, c.tail())
		}
	}
	c.start()
	admin, sender, neighbour := server.Person(5100, "Admin CONTOH"), server.Person(5101, "CONTOH"), server.Person(5102, "CONTOH")
	sender.Type("/start")
	until("a welcome", func() bool { return len(sender.Messages()) == 1 })
	c.stop()
	c.appoint("telegram:5100")
	c.start()
	for _, text := range append([]string{"Ajukan izin", "Setuju dan lanjut", "Yayasan CONTOH"}, answers()...) {
		sender.Type(text)
	}
	until("the question for a document", func() bool { return strings.Contains(said(sender), "Dokumen 1 dari") })

	deadly.Store(true)
	sender.SendDocument("akta.pdf", pdf("akta"), 0, "")
	for death := range 2 {
		select {
		case <-fetching:
		case <-ctx.Done():
			t.Fatalf("the file is not tried again after %d deaths\n%s", death, c.tail())
		}
		before := len(neighbour.Messages())
		neighbour.Type("status")
		until("the neighbour's answer beside the file", func() bool { return len(neighbour.Messages()) > before })
		c.kill()
		c.start()
	}
	until("the sender's line", func() bool { return strings.Contains(said(sender), "dua kali membuat sistem berhenti") })
	until("the admin's news", func() bool { return strings.Contains(said(admin), "dua kali membuat program berhenti") })
	deadly.Store(false)
	sender.SendDocument("akta2.pdf", pdf("akta2"), 0, "")
	until("the next document", func() bool { return strings.Contains(said(sender), "18/19 Nomor surat permohonan") })
	c.stop()
	if n := strings.Count(said(sender), "dua kali membuat sistem berhenti"); n != 1 {
		t.Errorf("the sender was told %d times", n)
	}
	if log := c.logged(); !strings.Contains(log, "level=ERROR msg=\"message given up\"") {
		t.Errorf("no error in the log:\n%s", c.tail())
	}
}

// appoint makes whoever writes from an address an admin, while the office stands still.
func (c *child) appoint(address bot.Address) {
	c.t.Helper()
	s, err := sqlitestore.Open(c.t.Context(), filepath.Join(c.dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	_, err = s.Commit(c.t.Context(), testclock.Now(), store.UnitOfWork{
		Persons:  []store.Person{{ID: "admin", Lang: workflow.Indonesian, Addresses: []bot.Address{address}}},
		Officers: []workflow.Officer{{ID: "admin", Person: "admin", Name: "Admin CONTOH", Roles: []workflow.Role{workflow.RoleAdmin}}},
	})
	if err != nil {
		c.t.Fatal(err)
	}
}
