package handlers

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow/store"
)

// courier is a network that keeps these contents, by their reference.
type courier struct {
	files    bot.Files
	contents map[string][]byte
}

func (*courier) Name() string { return "test" }

func (*courier) Send(context.Context, string, bot.Address, bot.Message) error { return nil }

func (c *courier) Fetch(ctx context.Context, f bot.File) (bot.File, error) {
	var err error
	f.Key, f.Size, err = c.files.Put(ctx, bytes.NewReader(c.contents[f.Ref]))
	f.Ref = ""
	return f, err
}

func sent(refs ...string) (in bot.Inbound) {
	for _, ref := range refs {
		in.Files = append(in.Files, bot.File{Ref: ref, Name: ref + ".pdf", Size: 100})
	}
	return in
}

// unsure is a store whose next Commit ends with an error: done or not.
type unsure struct {
	session.Store
	fails, done bool
}

var errUnsure = errors.New("the answer was lost")

func (u *unsure) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	if !u.fails {
		return u.Store.Commit(ctx, now, t)
	}
	u.fails = false
	if u.done {
		if _, err := u.Store.Commit(ctx, now, t); err != nil {
			return nil, err
		}
	}
	return nil, errUnsure
}

// TestRefusedFilesAreRemovedAtOnce: what a session does not name goes once it is committed,
// never before, and never what anybody else has sent too.
func TestRefusedFilesAreRemovedAtOnce(t *testing.T) {
	o := newOffice(t, nil)
	good := o.files.Content(o.pdf("akta.pdf", 1).Key)
	o.files.Forget()
	c := &courier{files: o.files, contents: map[string][]byte{"baik": good, "rusak": []byte("MZ CONTOH"), "sampah": []byte("x CONTOH")}}
	h := bot.Fetching(o.app, c)
	g := o.guest("ayu")
	g.begin()
	g.fillForm(answersLKS()...)
	stored := func(what string, want int) {
		t.Helper()
		if n := o.files.Len(); n != want {
			t.Errorf("%s: %d files are stored, want %d", what, n, want)
		}
	}
	said := g.post(h, sent("rusak"))
	g.wants(said, "PDF")
	stored("refused", 0)
	g.post(h, sent("rusak", "sampah"))
	stored("two refused", 0)
	g.post(h, sent("baik", "rusak"))
	stored("one of two taken", 1)
	g.post(h, sent("baik"))
	stored("sent again", 1)

	failing := &unsure{Store: o.app.Store, fails: true}
	o.app.Store = failing
	in := sent("rusak")
	in.ID, in.Chat, in.At = "test:lost", g.chat, g.now
	received, err := g.store.Accept(t.Context(), g.now, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Handle(t.Context(), received[0]); !errors.Is(err, errUnsure) {
		t.Fatal(err)
	}
	stored("not committed", 2)
	if err := h.Handle(t.Context(), received[0]); err != nil {
		t.Fatal(err)
	}
	stored("put by two tries: left to the sweep", 2)
}

// TestTakenFilesStayAfterALostAnswer: a session was committed and nobody knows; the next try
// removes nothing of it.
func TestTakenFilesStayAfterALostAnswer(t *testing.T) {
	o := newOffice(t, nil)
	pdf := o.pdf("akta.pdf", 1)
	c := &courier{files: o.files, contents: map[string][]byte{"baik": o.files.Content(pdf.Key)}}
	o.files.Forget()
	h := bot.Fetching(o.app, c)
	g := o.guest("ayu")
	g.begin()
	g.fillForm(answersLKS()...)
	o.app.Store = &unsure{Store: o.app.Store, fails: true, done: true}
	in := sent("baik")
	in.ID, in.Chat, in.At = "test:lost", g.chat, g.now
	received, err := g.store.Accept(t.Context(), g.now, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Handle(t.Context(), received[0]); !errors.Is(err, errUnsure) {
		t.Fatal(err)
	}
	if err := h.Handle(t.Context(), received[0]); err != nil {
		t.Fatal(err)
	}
	if o.files.Content(pdf.Key) == nil {
		t.Error("the file is gone that the chat's state names")
	}
}

// TestFilesOfTwoChats: the same content, refused in one chat and taken in the other.
func TestFilesOfTwoChats(t *testing.T) {
	o := newOffice(t, nil)
	pdf := o.pdf("akta.pdf", 1)
	c := &courier{files: o.files, contents: map[string][]byte{"baik": o.files.Content(pdf.Key)}}
	o.files.Forget()
	h := bot.Fetching(o.app, c)
	ayu, bona := o.guest("ayu"), o.guest("bona")
	for _, g := range []*guest{ayu, bona} {
		g.begin()
		g.fillForm(answersLKS()...)
	}
	ayu.post(h, sent("baik"))
	for range 2 { // taken, then refused as the same again
		bona.post(h, sent("baik"))
	}
	if o.files.Content(pdf.Key) == nil || o.files.Len() != 1 {
		t.Errorf("%d files are stored", o.files.Len())
	}
}
