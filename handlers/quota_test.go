package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
)

// keeper is a network that keeps files until they are fetched.
type keeper struct {
	files   bot.Files
	fetched int
}

func (*keeper) Name() string { return "test" }

func (*keeper) Send(context.Context, string, bot.Address, bot.Message) error { return nil }

func (k *keeper) Fetch(ctx context.Context, f bot.InboundFile) (bot.InboundFile, error) {
	k.fetched++
	var err error
	f.Key, f.Size, err = k.files.Put(ctx, strings.NewReader("isi "+f.Ref))
	f.Ref = ""
	return f, err
}

func kept(size int64) bot.Inbound {
	return bot.Inbound{Files: []bot.InboundFile{{Ref: "r1", Name: "akta.pdf", Size: size}}}
}

// TestFilesAreFetchedOnlyWhereTheyAreAskedFor: what a stranger sends unasked is neither
// fetched nor stored.
func TestFilesAreFetchedOnlyWhereTheyAreAskedFor(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	k := &keeper{files: o.Files}
	h := bot.Fetching(o.App, k)
	g := o.Guest("stranger")
	for _, before := range []string{"", "mulai", "1", "1", "batal"} { // no dialogue, consent, the form
		if before != "" {
			g.Say(before)
		}
		said := g.Post(h, kept(100))
		if k.fetched != 0 || o.Files.Len() != 0 {
			t.Fatalf("after %q: fetched %d, stored %d", before, k.fetched, o.Files.Len())
		}
		if said == "" {
			t.Errorf("after %q the sender is told nothing", before)
		}
	}
}

func TestFilesAreFetchedForAQuestion(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ayu")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	k := &keeper{files: g.Files}
	h := bot.Fetching(g.App, k)
	if g.Post(h, kept(100)); k.fetched != 1 {
		t.Fatalf("fetched %d files that were asked for", k.fetched)
	}
	g.App.Quotas.Files = 900
	before := g.Files.Len()
	said := g.Post(h, kept(950))
	again := g.Post(h, kept(950))
	if k.fetched != 1 || g.Files.Len() != before || !strings.Contains(said, "mencapai batas") || again != said {
		t.Errorf("over the quota: fetched %d, said %q, then %q", k.fetched, said, again)
	}
	if answer := g.Say("bantuan"); answer == "" {
		t.Error("other commands are not answered")
	}
	g.Now = g.Now.Add(24 * time.Hour)
	if g.Post(h, kept(850)); k.fetched != 2 {
		t.Errorf("the next day: fetched %d", k.fetched)
	}
}

// TestQuotasOfADay: a chat with too many messages is told once, of each refused complaint
// anew; the count begins anew at midnight WIB, and others notice nothing.
func TestQuotasOfADay(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	o.App.Quotas.Messages, o.App.Quotas.Complaints = 20, 2
	g := o.Guest("flood")
	answered := 0
	for range 40 {
		if g.Say("mulai") != "" {
			answered++
		}
	}
	if answered != 21 {
		t.Errorf("%d of 40 messages were answered, want 20 and one line", answered)
	}
	if o.Guest("other").Say("mulai") == "" {
		t.Error("another chat is not answered")
	}
	o.Now = time.Date(2026, 11, 24, 0, 0, 1, 0, o.Now.Location())
	for n := range 4 {
		g.Say("pengaduan kantor CONTOH tutup lebih awal")
		said := g.Say("kirim")
		if refused := strings.Contains(said, "mencapai batas"); refused != (n >= 2) {
			t.Errorf("complaint %d: %q", n+1, said)
		}
	}
}
