package handlers

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
)

// keeper is a network that keeps files until they are fetched.
type keeper struct {
	files   bot.Files
	fetched int
}

func (*keeper) Name() string { return "test" }

func (*keeper) Send(context.Context, string, bot.Address, bot.Message) error { return nil }

func (k *keeper) Fetch(ctx context.Context, f bot.File) (bot.File, error) {
	k.fetched++
	var err error
	f.Key, f.Size, err = k.files.Put(ctx, strings.NewReader("isi "+f.Ref))
	f.Ref = ""
	return f, err
}

// post has a message handled as the program does, its files fetched before.
func (g *guest) post(h bot.Handler, in bot.Inbound) string {
	g.t.Helper()
	g.count++
	in.ID, in.Chat, in.At = fmt.Sprintf("test:%d", g.count), g.chat, g.now
	received, err := g.store.Accept(g.t.Context(), g.now, in)
	if err != nil {
		g.t.Fatal(err)
	}
	g.sent = map[bot.Address][]bot.Message{}
	if err := h.Handle(g.t.Context(), received[0]); err != nil {
		g.t.Fatalf("handle: %v", err)
	}
	return transcript(g.sent[g.chat])
}

func kept(size int64) bot.Inbound {
	return bot.Inbound{Files: []bot.File{{Ref: "r1", Name: "akta.pdf", Size: size}}}
}

// TestFilesAreFetchedOnlyWhereTheyAreAskedFor: what a stranger sends unasked is neither
// fetched nor stored.
func TestFilesAreFetchedOnlyWhereTheyAreAskedFor(t *testing.T) {
	o := newOffice(t, nil)
	k := &keeper{files: o.files}
	h := bot.Fetching(o.app, k)
	g := o.guest("stranger")
	for _, before := range []string{"", "mulai", "1", "1", "batal", "pengaduan"} { // no dialogue, consent, the form, words alone
		if before != "" {
			g.say(before)
		}
		said := g.post(h, kept(100))
		if k.fetched != 0 || o.files.Len() != 0 {
			t.Fatalf("after %q: fetched %d, stored %d", before, k.fetched, o.files.Len())
		}
		if said == "" {
			t.Errorf("after %q the sender is told nothing", before)
		}
	}
}

func TestFilesAreFetchedForAQuestion(t *testing.T) {
	g := newOffice(t, nil).guest("ayu")
	g.begin()
	g.fillForm(answersLKS()...)
	k := &keeper{files: g.files}
	h := bot.Fetching(g.app, k)
	if g.post(h, kept(100)); k.fetched != 1 {
		t.Fatalf("fetched %d files that were asked for", k.fetched)
	}
	g.app.Quotas.Files = 900
	before := g.files.Len()
	said := g.post(h, kept(950))
	again := g.post(h, kept(950))
	if k.fetched != 1 || g.files.Len() != before || !strings.Contains(said, "mencapai batas") || again != said {
		t.Errorf("over the quota: fetched %d, said %q, then %q", k.fetched, said, again)
	}
	if answer := g.say("bantuan"); answer == "" {
		t.Error("other commands are not answered")
	}
	g.now = g.now.Add(24 * time.Hour)
	if g.post(h, kept(850)); k.fetched != 2 {
		t.Errorf("the next day: fetched %d", k.fetched)
	}
}

// TestQuotasOfADay: a chat with too many messages is told once, of each refused complaint
// anew; the count begins anew at midnight WIB, and others notice nothing.
func TestQuotasOfADay(t *testing.T) {
	o := newOffice(t, nil)
	o.app.Quotas.Messages, o.app.Quotas.Complaints = 20, 2
	g := o.guest("flood")
	answered := 0
	for range 40 {
		if g.say("mulai") != "" {
			answered++
		}
	}
	if answered != 21 {
		t.Errorf("%d of 40 messages were answered, want 20 and one line", answered)
	}
	if o.guest("other").say("mulai") == "" {
		t.Error("another chat is not answered")
	}
	o.now = time.Date(2026, 11, 24, 0, 0, 1, 0, o.now.Location())
	for n := range 4 {
		said := g.say("pengaduan kantor CONTOH tutup lebih awal")
		if refused := strings.Contains(said, "mencapai batas"); refused != (n >= 2) {
			t.Errorf("complaint %d: %q", n+1, said)
		}
	}
}
