package handlers

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

// monday is Monday 2026-11-23 10.12 WIB, in working time.
func monday() time.Time { return time.Date(2026, 11, 23, 10, 12, 0, 0, workflow.WIB()) }

// office is the real thing without networks: store, rules, letters, texts.
type office struct {
	t     testing.TB
	app   *App
	store *sqlitestore.Store
	path  string // of the database
	files *bottest.Files
	now   time.Time
	count int
	sent  map[bot.Address][]bot.Message // since the last message of anybody
}

// newOffice opens an office that follows a procedure; nil for the embedded one.
func newOffice(tb testing.TB, source []byte) *office {
	tb.Helper()
	o := &office{t: tb, path: filepath.Join(tb.TempDir(), "izinbot.db"), files: &bottest.Files{}, now: monday()}
	o.open()
	if source == nil {
		var err error
		if _, source, err = sop.Default(); err != nil {
			tb.Fatal(err)
		}
	}
	o.start(source)
	return o
}

// open opens the database until the test ends.
func (o *office) open() {
	o.t.Helper()
	s, err := sqlitestore.Open(o.t.Context(), o.path, sqlitestore.Options{})
	if err != nil {
		o.t.Fatal(err)
	}
	o.store = s
	o.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			o.t.Error(err)
		}
	})
}

// start puts a program over the store, as after a restart.
func (o *office) start(source []byte) {
	o.t.Helper()
	must := func(err error) {
		if err != nil {
			o.t.Fatal(err)
		}
	}
	cal, err := calendar.Default()
	must(err)
	words, err := texts.Load()
	must(err)
	words.Report = func(key, fault string) { o.t.Errorf("text %s: %s", key, fault) }
	house, err := letters.DefaultOffice()
	must(err)
	library, err := casework.NewLibrary(o.t.Context(), o.store, source, sop.Parse)
	must(err)
	desk := &casework.Desk{
		Store: o.store, Library: library, Calendar: cal, Office: house, Files: o.files,
		Letters:   letters.New(house, letters.Config{Open: o.files.Open}),
		Announcer: &notifications.Announcer{People: o.store, Texts: words, CommandIn: CommandIn},
	}
	o.app = New(session.Env{
		Store: o.store, Desk: desk, Calendar: cal, Texts: words, Files: o.files,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return o.now },
		RecapText: notifications.RecapText,
	}, o)
}

func (o *office) Lease(now time.Time) (string, time.Time) { return "test", now.Add(time.Minute) }

func (*office) Done(time.Time) {}

func (o *office) Push(deliveries ...bot.Delivery) {
	for _, d := range deliveries {
		o.sent[d.Chat] = append(o.sent[d.Chat], d.Message)
	}
}

// guest is somebody with a phone.
type guest struct {
	*office
	chat bot.Address
}

func (o *office) guest(name string) *guest { return &guest{o, bot.MakeAddress("test", name)} }

// tell sends a message and gives the answers as one text: the messages, then the
// choices of the last as numbered lines.
func (g *guest) tell(in bot.Inbound) string {
	g.t.Helper()
	g.count++
	in.ID, in.Chat, in.Name, in.At = fmt.Sprintf("test:%d", g.count), g.chat, "Pemohon CONTOH", g.now
	received, err := g.store.Accept(g.t.Context(), g.now, in)
	if err != nil || len(received) != 1 {
		g.t.Fatalf("accept: %d, %v", len(received), err)
	}
	g.sent = map[bot.Address][]bot.Message{}
	if err := g.app.Handle(g.t.Context(), received[0]); err != nil {
		g.t.Fatalf("handle %q: %v", in.Text, err)
	}
	return transcript(g.sent[g.chat])
}

func transcript(messages []bot.Message) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(m.Text + "\n")
		for i, c := range m.Choices {
			fmt.Fprintf(&b, "  %d %s\n", i+1, c.Label)
		}
	}
	return b.String()
}

func (g *guest) say(text string) string { g.t.Helper(); return g.tell(bot.Inbound{Text: text}) }

func (g *guest) send(files ...bot.File) string {
	g.t.Helper()
	return g.tell(bot.Inbound{Files: files})
}

// expect says something and wants each of the texts in the answer.
func (g *guest) expect(said string, want ...string) string {
	g.t.Helper()
	got := g.say(said)
	g.wants(got, want...)
	return got
}

func (o *office) wants(got string, want ...string) {
	o.t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			o.t.Fatalf("want %q in\n%s", w, got)
		}
	}
}

func (o *office) lacks(got string, unwanted ...string) {
	o.t.Helper()
	for _, w := range unwanted {
		if strings.Contains(got, w) {
			o.t.Errorf("unwanted %q in\n%s", w, got)
		}
	}
}

// state gives what is remembered of the chat.
func (g *guest) state() session.State {
	g.t.Helper()
	conv, err := g.store.Conversation(g.t.Context(), g.chat)
	if err != nil {
		g.t.Fatal(err)
	}
	var s session.State
	if err := json.Unmarshal(conv.State, &s); err != nil {
		g.t.Fatal(err)
	}
	return s
}

// answers gives what was said in the open dialogue, without the menu and the count that any
// message renews.
func (g *guest) answers() string {
	g.t.Helper()
	s := g.state()
	s.Menu, s.Usage = nil, nil
	b, err := json.Marshal(s)
	if err != nil {
		g.t.Fatal(err)
	}
	return string(b)
}

// onlyCase gives the only case that the person of the chat has.
func (g *guest) onlyCase() workflow.Case {
	g.t.Helper()
	rows, err := g.store.ByApplicant(g.t.Context(), session.PersonAt(g.chat), 2)
	if err != nil || len(rows) != 1 {
		g.t.Fatalf("%d cases, %v", len(rows), err)
	}
	c, err := g.store.Case(g.t.Context(), rows[0].ID)
	if err != nil {
		g.t.Fatal(err)
	}
	return c
}

// officer registers an officer who writes from a chat.
func (o *office) officer(name string, roles ...workflow.Role) *guest {
	o.t.Helper()
	g := o.guest(name)
	g.say("halo")
	officer := workflow.Officer{
		ID: workflow.OfficerID("o-" + name), Person: session.PersonAt(g.chat), Name: strings.ToUpper(name) + " CONTOH", Roles: roles,
	}
	_, err := o.store.Commit(o.t.Context(), o.now, turnOf(officer))
	if err != nil {
		o.t.Fatal(err)
	}
	return g
}

// act carries an officer's act to a case, past the conversations.
func (o *office) act(id workflow.CaseID, role workflow.Role, acts ...workflow.Act) workflow.Case {
	o.t.Helper()
	var c workflow.Case
	for _, act := range acts {
		o.count++
		work := o.app.Desk.Begin(fmt.Sprintf("act:%d", o.count), o.now)
		actor := workflow.Actor{Officer: workflow.OfficerID("o-" + string(role)), Role: role, Name: "Petugas CONTOH"}
		r, err := work.Do(o.t.Context(), id, workflow.Command{Actor: actor, Act: act, Proof: workflow.ProofTOTP})
		if err != nil || r.Refused != nil {
			o.t.Fatalf("%s: %v %v", workflow.ActName(act), err, r.Refused)
		}
		o.sent = map[bot.Address][]bot.Message{}
		sent, err := o.store.Commit(o.t.Context(), o.now, work.Unit())
		if err != nil {
			o.t.Fatal(err)
		}
		o.Push(sent...)
		c = r.Case
	}
	return c
}

// file puts bytes into the file store, as a channel does.
func (o *office) file(name string, content []byte) bot.File {
	o.t.Helper()
	key, size, err := o.files.Put(o.t.Context(), bytes.NewReader(content))
	if err != nil {
		o.t.Fatal(err)
	}
	return bot.File{Key: key, Name: name, Size: size, Photo: strings.HasSuffix(name, ".jpg")}
}

// pdf makes a PDF that says its own name on each page.
func (o *office) pdf(name string, pages int) bot.File {
	o.t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetFont("Helvetica", "", 12)
	for range pages {
		doc.AddPage()
		doc.Cell(100, 10, name)
	}
	var b bytes.Buffer
	if err := doc.Output(&b); err != nil {
		o.t.Fatal(err)
	}
	return o.file(name, b.Bytes())
}

// photo makes a picture; shade tells it from others.
func (o *office) photo(name string, width, height int, shade uint8) bot.File {
	o.t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	img.SetGray(0, 0, color.Gray{Y: shade})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		o.t.Fatal(err)
	}
	return o.file(name, append(b.Bytes(), shade))
}

// invite gives the code by which Fitri joins as Front Office.
func (o *office) invite() string {
	o.t.Helper()
	fitri, err := o.store.Officer(o.t.Context(), "o-1")
	if err != nil {
		fitri = workflow.Officer{ID: "o-1", Name: "Fitri CONTOH", Roles: []workflow.Role{"front_office"}}
	}
	code, fitri, invitation, err := workflow.Invite(rand.Reader, fitri, o.now)
	if err != nil {
		o.t.Fatal(err)
	}
	turn := turnOf(fitri)
	turn.Invitations = []workflow.Invitation{invitation}
	if _, err := o.store.Commit(o.t.Context(), o.now, turn); err != nil {
		o.t.Fatal(err)
	}
	return code
}

func turnOf(officer workflow.Officer) store.UnitOfWork {
	return store.UnitOfWork{Officers: []workflow.Officer{officer}}
}

func sopSource() (*workflow.SOP, []byte, error) { return sop.Default() }

// otherProcedure is the small procedure that the sop package tests with.
func otherProcedure(t *testing.T) []byte {
	t.Helper()
	source, err := os.ReadFile("../workflow/sop/testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// benchApp has what it takes to word a status.
func benchApp(b *testing.B) *session.Env {
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
