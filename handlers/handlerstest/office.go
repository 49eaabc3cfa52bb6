package handlerstest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/handlers"
	"izinbot/handlers/session"
	"izinbot/notifications"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// Monday is Monday 2026-11-23 10.12 WIB, in working time.
func Monday() time.Time { return time.Date(2026, 11, 23, 10, 12, 0, 0, workflow.WIB()) }

// Office is the real thing without networks: store, rules, letters, texts.
type Office struct {
	T     testing.TB
	App   *handlers.App
	Store *sqlitestore.Store
	Path  string // of the database
	Files *bottest.Files
	Now   time.Time
	Count int
	Sent  map[bot.Address][]bot.Message // since the last message of anybody
}

// NewOffice opens an office that follows a procedure; nil for the embedded one.
func NewOffice(tb testing.TB, source []byte) *Office {
	tb.Helper()
	o := &Office{T: tb, Path: filepath.Join(tb.TempDir(), "izinbot.db"), Files: &bottest.Files{}, Now: Monday()}
	o.Open()
	if source == nil {
		var err error
		if _, source, err = sop.Default(); err != nil {
			tb.Fatal(err)
		}
	}
	o.Start(source)
	return o
}

// Open opens the database until the test ends.
func (o *Office) Open() {
	o.T.Helper()
	s, err := sqlitestore.Open(o.T.Context(), o.Path, sqlitestore.Options{})
	if err != nil {
		o.T.Fatal(err)
	}
	o.Store = s
	o.T.Cleanup(func() {
		if err := s.Close(); err != nil {
			o.T.Error(err)
		}
	})
}

// Start puts a program over the store, as after a restart.
func (o *Office) Start(source []byte) {
	o.T.Helper()
	must := func(err error) {
		if err != nil {
			o.T.Fatal(err)
		}
	}
	cal, err := calendar.Default()
	must(err)
	words, err := texts.Load()
	must(err)
	words.Report = func(key, fault string) { o.T.Errorf("text %s: %s", key, fault) }
	house, err := letters.DefaultOffice()
	must(err)
	library, err := casework.NewLibrary(o.T.Context(), o.Store, source, sop.Parse)
	must(err)
	desk := &casework.Desk{
		Store: o.Store, Library: library, Calendar: cal, Office: house, Files: o.Files,
		Letters: letters.New(house, letters.Config{Open: o.Files.Open, Calendar: cal}),
	}
	desk.Announcer = &notifications.Announcer{
		People: o.Store, Texts: words, Calendar: cal, Superior: house.Superior, Given: desk.Given, CommandIn: handlers.CommandIn,
	}
	o.App = handlers.New(session.Env{
		Store: o.Store, Desk: desk, Calendar: cal, Texts: words, Files: o.Files,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return o.Now },
		RecapText: notifications.RecapText, StaffPause: time.Hour, Sealer: Box{}, SetupLink: o.Codes().Link,
	}, &casework.Committer{Store: o.Store, Sender: o})
}

// Lease implements [casework.Sender].
func (o *Office) Lease(now time.Time) (string, time.Time) { return "test", now.Add(time.Minute) }

// Done implements [casework.Sender].
func (*Office) Done(time.Time) {}

// Push implements [casework.Sender]: it keeps what would be sent.
func (o *Office) Push(deliveries ...bot.Delivery) {
	for _, d := range deliveries {
		o.Sent[d.Chat] = append(o.Sent[d.Chat], d.Message)
	}
}

// Guest is somebody with a phone.
type Guest struct {
	*Office
	Chat bot.Address
}

// Guest gives somebody who writes from a chat.
func (o *Office) Guest(name string) *Guest { return &Guest{o, bot.MakeAddress("test", name)} }

// Tell sends a message and gives the answers as one text: the messages, then the
// choices of the last as numbered lines.
func (g *Guest) Tell(in bot.Inbound) string {
	g.T.Helper()
	g.Count++
	in.ID, in.Chat, in.Name, in.At = fmt.Sprintf("test:%d", g.Count), g.Chat, "Pemohon CONTOH", g.Now
	received, err := g.Store.Accept(g.T.Context(), g.Now, in)
	if err != nil || len(received) != 1 {
		g.T.Fatalf("accept: %d, %v", len(received), err)
	}
	g.Sent = map[bot.Address][]bot.Message{}
	if err := g.App.Handle(g.T.Context(), received[0]); err != nil {
		g.T.Fatalf("handle %q: %v", in.Text, err)
	}
	return Transcript(g.Sent[g.Chat])
}

// NextID is the id that the next message of anybody has.
func (o *Office) NextID() string { return fmt.Sprintf("test:%d", o.Count+1) }

// Transcript writes messages down: their texts, then the choices as numbered lines.
func Transcript(messages []bot.Message) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(m.Text + "\n")
		for i, c := range m.Choices {
			fmt.Fprintf(&b, "  %d %s\n", i+1, c.Label)
		}
	}
	return b.String()
}

// Say sends a text, and gives the answers.
func (g *Guest) Say(text string) string { g.T.Helper(); return g.Tell(bot.Inbound{Text: text}) }

// Send sends files, and gives the answers.
func (g *Guest) Send(files ...bot.InboundFile) string {
	g.T.Helper()
	return g.Tell(bot.Inbound{Files: files})
}

// Expect says something and wants each of the texts in the answer.
func (g *Guest) Expect(said string, want ...string) string {
	g.T.Helper()
	got := g.Say(said)
	g.Wants(got, want...)
	return got
}

// Wants fails the test unless each text is in the answer.
func (o *Office) Wants(got string, want ...string) {
	o.T.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			o.T.Fatalf("want %q in\n%s", w, got)
		}
	}
}

// Lacks fails the test if one of the texts is in the answer.
func (o *Office) Lacks(got string, unwanted ...string) {
	o.T.Helper()
	for _, w := range unwanted {
		if strings.Contains(got, w) {
			o.T.Errorf("unwanted %q in\n%s", w, got)
		}
	}
}

// State gives what is remembered of the chat.
func (g *Guest) State() session.State {
	g.T.Helper()
	conv, err := g.Store.Conversation(g.T.Context(), g.Chat)
	if err != nil {
		g.T.Fatal(err)
	}
	var s session.State
	if err := json.Unmarshal(conv.State, &s); err != nil {
		g.T.Fatal(err)
	}
	return s
}

// Open gives the open dialogue of the chat, with its answers.
func Open[D any](g *Guest) *D {
	g.T.Helper()
	d := new(D)
	open := g.State().Open
	if open == nil {
		g.T.Fatal("no dialogue is open")
	}
	if err := json.Unmarshal(open.State, d); err != nil {
		g.T.Fatal(err)
	}
	return d
}

// Answers gives what was said in the open dialogue, without the menu and the count that any
// message renews.
func (g *Guest) Answers() string {
	g.T.Helper()
	s := g.State()
	s.Menu, s.Usage, s.Meant = nil, nil, nil
	b, err := json.Marshal(s)
	if err != nil {
		g.T.Fatal(err)
	}
	return string(b)
}

// OnlyCase gives the only case that the person of the chat has.
func (g *Guest) OnlyCase() workflow.Case {
	g.T.Helper()
	rows, err := g.Store.ByApplicant(g.T.Context(), session.PersonAt(g.Chat), 2)
	if err != nil || len(rows) != 1 {
		g.T.Fatalf("%d cases, %v", len(rows), err)
	}
	c, err := g.Store.Case(g.T.Context(), rows[0].ID)
	if err != nil {
		g.T.Fatal(err)
	}
	return c
}

// Officer registers an officer who writes from a chat.
func (o *Office) Officer(name string, roles ...workflow.Role) *Guest {
	o.T.Helper()
	g := o.Guest(name)
	g.Say("halo")
	officer := workflow.Officer{
		ID: workflow.OfficerID("o-" + name), Person: session.PersonAt(g.Chat), Name: strings.ToUpper(name) + " CONTOH", Roles: roles,
	}
	_, err := o.Store.Commit(o.T.Context(), o.Now, UnitOf(officer))
	if err != nil {
		o.T.Fatal(err)
	}
	return g
}

// Act carries an officer's act to a case, past the conversations.
func (o *Office) Act(id workflow.CaseID, role workflow.Role, acts ...workflow.Act) workflow.Case {
	o.T.Helper()
	var c workflow.Case
	for _, act := range acts {
		o.Count++
		work := o.App.Desk.Begin(fmt.Sprintf("act:%d", o.Count), o.Now)
		actor := workflow.Actor{Officer: workflow.OfficerID("o-" + string(role)), Role: role, Name: "Petugas CONTOH"}
		r, err := work.Do(o.T.Context(), id, workflow.Command{Actor: actor, Act: act, Proof: workflow.ProofTOTP})
		if err != nil || r.Refused != nil {
			o.T.Fatalf("%s: %v %v", workflow.ActName(act), err, r.Refused)
		}
		o.Sent = map[bot.Address][]bot.Message{}
		sent, err := o.Store.Commit(o.T.Context(), o.Now, work.Unit())
		if err != nil {
			o.T.Fatal(err)
		}
		o.Push(sent...)
		c = r.Case
	}
	return c
}

// File puts bytes into the file store, as a channel does.
func (o *Office) File(name string, content []byte) bot.InboundFile {
	o.T.Helper()
	key, size, err := o.Files.Put(o.T.Context(), bytes.NewReader(content))
	if err != nil {
		o.T.Fatal(err)
	}
	return bot.InboundFile{Key: key, Name: name, Size: size, Photo: strings.HasSuffix(name, ".jpg")}
}

// PDF makes a PDF that says its own name on each page.
func (o *Office) PDF(name string, pages int) bot.InboundFile {
	o.T.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetFont("Helvetica", "", 12)
	for range pages {
		doc.AddPage()
		doc.Cell(100, 10, name)
	}
	var b bytes.Buffer
	if err := doc.Output(&b); err != nil {
		o.T.Fatal(err)
	}
	return o.File(name, b.Bytes())
}

// Photo makes a picture; shade tells it from others.
func (o *Office) Photo(name string, width, height int, shade uint8) bot.InboundFile {
	o.T.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	img.SetGray(0, 0, color.Gray{Y: shade})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		o.T.Fatal(err)
	}
	return o.File(name, append(b.Bytes(), shade))
}

// Invite gives the code by which Fitri joins as Front Office.
func (o *Office) Invite() string {
	o.T.Helper()
	fitri, err := o.Store.Officer(o.T.Context(), "o-1")
	if err != nil {
		fitri = workflow.Officer{ID: "o-1", Name: "Fitri CONTOH", Roles: []workflow.Role{"front_office"}}
	}
	code, fitri, invitation, err := workflow.Invite(rand.Reader, fitri, o.Now)
	if err != nil {
		o.T.Fatal(err)
	}
	unit := UnitOf(fitri)
	unit.Invitations = []workflow.Invitation{invitation}
	if _, err := o.Store.Commit(o.T.Context(), o.Now, unit); err != nil {
		o.T.Fatal(err)
	}
	return code
}

// UnitOf gives a unit of work that saves an officer.
func UnitOf(officer workflow.Officer) store.UnitOfWork {
	return store.UnitOfWork{Officers: []workflow.Officer{officer}}
}

// SOPSource gives the embedded procedure and its text.
func SOPSource() (*workflow.SOP, []byte, error) { return sop.Default() }

// OtherProcedure is the small procedure that the sop package tests with; the tests run in
// a folder below the handlers.
func OtherProcedure(t *testing.T) []byte {
	t.Helper()
	source, err := os.ReadFile("../../workflow/sop/testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// BenchApp has what it takes to word a status.
func BenchApp(b *testing.B) *session.Env {
	b.Helper()
	cal, err := calendar.Default()
	if err != nil {
		b.Fatal(err)
	}
	words, err := texts.Load()
	if err != nil {
		b.Fatal(err)
	}
	return &session.Env{Calendar: cal, Texts: words}
}

// Post has a message handled as the program does, its files fetched before.
func (g *Guest) Post(h bot.Handler, in bot.Inbound) string {
	g.T.Helper()
	g.Count++
	in.ID, in.Chat, in.At = fmt.Sprintf("test:%d", g.Count), g.Chat, g.Now
	received, err := g.Store.Accept(g.T.Context(), g.Now, in)
	if err != nil {
		g.T.Fatal(err)
	}
	g.Sent = map[bot.Address][]bot.Message{}
	if err := h.Handle(g.T.Context(), received[0]); err != nil {
		g.T.Fatalf("handle: %v", err)
	}
	return Transcript(g.Sent[g.Chat])
}
