package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow/store"
)

// courier is a network that keeps these contents, by their reference.
type courier struct {
	files    bot.Files
	contents map[string][]byte
}

func (*courier) Name() string { return "test" }

func (*courier) Send(context.Context, string, bot.Address, bot.Message) error { return nil }

func (c *courier) Fetch(ctx context.Context, f bot.InboundFile) (bot.InboundFile, error) {
	var err error
	f.Key, f.Size, err = c.files.Put(ctx, bytes.NewReader(c.contents[f.Ref]))
	f.Ref = ""
	return f, err
}

func sent(refs ...string) (in bot.Inbound) {
	for _, ref := range refs {
		in.Files = append(in.Files, bot.InboundFile{Ref: ref, Name: ref + ".pdf", Size: 100})
	}
	return in
}

// unsure is a store whose next Commit ends with an error: done or not.
type unsure struct {
	store.Store
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

// TestRefusedFilesAreRemovedAtOnce: what a unit of work does not name goes once that is committed,
// never before, and never what anybody else has sent too.
func TestRefusedFilesAreRemovedAtOnce(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	good := o.Files.Content(o.PDF("akta.pdf", 1).Key)
	o.Files.Forget()
	c := &courier{files: o.Files, contents: map[string][]byte{"baik": good, "rusak": []byte("MZ CONTOH"), "sampah": []byte("x CONTOH")}}
	h := bot.Fetching(o.App, c)
	g := o.Guest("ayu")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	stored := func(what string, want int) {
		t.Helper()
		if n := o.Files.Len(); n != want {
			t.Errorf("%s: %d files are stored, want %d", what, n, want)
		}
	}
	said := g.Post(h, sent("rusak"))
	g.Wants(said, "PDF")
	stored("refused", 0)
	g.Post(h, sent("rusak", "sampah"))
	stored("two refused", 0)
	g.Post(h, sent("baik", "rusak"))
	stored("one of two taken", 1)
	g.Post(h, sent("baik"))
	stored("sent again", 1)

	failing := &unsure{Store: o.Store, fails: true}
	o.App.Commits.Store = failing
	in := sent("rusak")
	in.ID, in.Chat, in.At = "test:lost", g.Chat, g.Now
	received, err := g.Store.Accept(t.Context(), g.Now, in)
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

// TestTakenFilesStayAfterALostAnswer: a unit of work was committed and nobody knows; the next try
// removes nothing of it.
func TestTakenFilesStayAfterALostAnswer(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	pdf := o.PDF("akta.pdf", 1)
	c := &courier{files: o.Files, contents: map[string][]byte{"baik": o.Files.Content(pdf.Key)}}
	o.Files.Forget()
	h := bot.Fetching(o.App, c)
	g := o.Guest("ayu")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	o.App.Commits.Store = &unsure{Store: o.Store, fails: true, done: true}
	in := sent("baik")
	in.ID, in.Chat, in.At = "test:lost", g.Chat, g.Now
	received, err := g.Store.Accept(t.Context(), g.Now, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Handle(t.Context(), received[0]); !errors.Is(err, errUnsure) {
		t.Fatal(err)
	}
	if err := h.Handle(t.Context(), received[0]); err != nil {
		t.Fatal(err)
	}
	if o.Files.Content(pdf.Key) == nil {
		t.Error("the file is gone that the chat's state names")
	}
}

// TestFilesOfTwoChats: the same content, refused in one chat and taken in the other.
func TestFilesOfTwoChats(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	pdf := o.PDF("akta.pdf", 1)
	c := &courier{files: o.Files, contents: map[string][]byte{"baik": o.Files.Content(pdf.Key)}}
	o.Files.Forget()
	h := bot.Fetching(o.App, c)
	ayu, bona := o.Guest("ayu"), o.Guest("bona")
	for _, g := range []*handlerstest.Guest{ayu, bona} {
		g.Begin()
		g.FillForm(handlerstest.AnswersLKS()...)
	}
	ayu.Post(h, sent("baik"))
	for range 2 { // taken, then refused as the same again
		bona.Post(h, sent("baik"))
	}
	if o.Files.Content(pdf.Key) == nil || o.Files.Len() != 1 {
		t.Errorf("%d files are stored", o.Files.Len())
	}
}
