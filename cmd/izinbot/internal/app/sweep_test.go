package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// depot is a network that keeps files; a file's reference is its content in base64.
type depot struct {
	wire
	files bot.Files
}

func (d *depot) Fetch(ctx context.Context, f bot.InboundFile) (bot.InboundFile, error) {
	content, err := base64.StdEncoding.DecodeString(f.Ref)
	if err != nil {
		return f, err
	}
	f.Key, f.Size, err = d.files.Put(ctx, bytes.NewReader(content))
	f.Ref = ""
	return f, err
}

// days is an office over some days, with a clock that the test sets.
type days struct {
	t   *testing.T
	cfg Config
	p   *Program
	log bottest.Log
	n   int
	setClock
}

// newDays opens an office on SQLite, or in the database of a MongoDB; it is not started.
func newDays(t *testing.T, mongo string) *days {
	t.Helper()
	d := &days{t: t, setClock: setClock{now: time.Date(2026, 11, 23, 10, 0, 0, 0, workflow.WIB())}}
	d.cfg = config(t.TempDir(), nil)
	d.cfg.MongoURI, d.cfg.Now = mongo, d.Now
	d.cfg.Log = slog.New(slog.NewTextHandler(&d.log, nil))
	d.cfg.Channels = func(p *Program) ([]bot.Channel, error) { return []bot.Channel{&depot{files: p.Files}}, nil }
	d.p = open(t, d.cfg)
	return d
}

func (d *days) start() *days {
	d.t.Helper()
	if err := d.p.Start(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	return d
}

func (d *days) post(chat string, in bot.Inbound) {
	d.t.Helper()
	d.n++
	in.ID, in.Chat, in.At = fmt.Sprintf("test:%d", d.n), bot.MakeAddress("test", chat), d.Now()
	if err := d.p.Accept(d.t.Context(), in); err != nil {
		d.t.Fatal(err)
	}
	if err := d.p.Idle(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *days) say(chat string, texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		d.post(chat, bot.Inbound{Text: text})
	}
}

// send sends a file and gives its key, stored or not.
func (d *days) send(chat, content string) string {
	d.t.Helper()
	d.post(chat, bot.Inbound{Files: []bot.InboundFile{{Ref: base64.StdEncoding.EncodeToString([]byte(content)), Name: "akta.pdf", Size: int64(len(content))}}})
	return sumOf(content)
}

// apply answers all questions of an application up to the documents.
func (d *days) apply(chat string) {
	d.t.Helper()
	d.say(chat, "/mulai", "1", "1", "Yayasan Contoh", "Belanda", "yayasan", "Contoh Pimpinan", "2", "X0000000",
		"Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+62 800 0000 0000", "Jl. Contoh No. 2", "Sidikalang",
		"Desa Contoh", "2.74,98.32", "Anak", "LKS Contoh Dairi", "Januari 2027 – Desember 2027", "lewati")
}

func (d *days) has(key string) bool {
	d.t.Helper()
	r, err := d.p.Files.Open(d.t.Context(), key)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err != nil {
		d.t.Fatal(err)
	}
	_ = r.Close()
	return true
}

func pdfOf(t *testing.T, text string) string {
	t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetFont("Helvetica", "", 12)
	doc.AddPage()
	doc.Cell(100, 10, text+" CONTOH")
	var b bytes.Buffer
	if err := doc.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOfficeOverTwoDays: what strangers send unasked is never stored, what is refused goes
// at once, what a given-up application left behind goes after a day, and all that
// anything refers to is there.
func TestOfficeOverTwoDays(t *testing.T) {
	t.Parallel()
	for name, mongo := range map[string]func(testing.TB) string{
		"SQLite": func(testing.TB) string { return "" }, "MongoDB": mongotest.URI,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			overTwoDays(t, newDays(t, mongo(t)).start())
		})
	}
}

func overTwoDays(t *testing.T, d *days) {
	t.Helper()
	stranger := d.send("stranger", pdfOf(t, "unasked"))
	d.apply("ayu")
	d.apply("bona")
	refused := d.send("ayu", "MZ CONTOH")
	both := pdfOf(t, "both") // it bears the time at which it was made
	open, shared, givenUp := d.send("ayu", pdfOf(t, "ayu")), d.send("ayu", both), d.send("bona", pdfOf(t, "bona"))
	d.send("bona", both)
	letter, _, err := d.p.Files.Put(t.Context(), strings.NewReader("surat CONTOH"))
	if err != nil {
		t.Fatal(err)
	}
	later := bot.Delivery{
		ID: "later", Chat: "test:ayu", Notice: true, Created: d.Now(), NotBefore: d.Now().Add(72 * time.Hour),
		Message: bot.Message{Text: "Surat.", Files: []bot.Attachment{{Key: letter, Name: "surat.pdf", Type: "application/pdf"}}},
	}
	if _, err := d.p.Store.Commit(t.Context(), d.Now(), store.UnitOfWork{Deliveries: []bot.Delivery{later}}); err != nil {
		t.Fatal(err)
	}
	if d.has(stranger) || d.has(refused) {
		t.Error("what was not taken is stored")
	}
	d.say("bona", "batal", "/ajukan baru") // from the beginning
	look(t, d.p)
	if !d.has(givenUp) {
		t.Error("a file is gone on the day on which it was sent")
	}
	for _, by := range []time.Duration{14 * time.Hour, 12 * time.Hour, 14 * time.Hour} { // midnight, noon, two at night
		d.advance(by)
		look(t, d.p)
	}
	d.advance(3 * time.Hour) // five in the morning
	look(t, d.p)
	if d.has(givenUp) {
		t.Error("what a given-up application left behind is there after two days")
	}
	for what, key := range map[string]string{"an open application": open, "one of two applications": shared, "a delivery that waits": letter} {
		if !d.has(key) {
			t.Errorf("the file of %s is gone", what)
		}
	}
	_, wanted, err := audit.Records(t.Context(), d.p.data.Store)
	if err != nil || len(wanted) < 3 {
		t.Fatal(len(wanted), err)
	}
	for key, uses := range wanted {
		if !d.has(key) {
			t.Errorf("gone: %v", uses)
		}
	}
	logged := d.log.String()
	if strings.Count(logged, "files that nothing refers to are removed") != 1 || !strings.Contains(logged, "files=1 bytes=") || strings.Contains(logged, givenUp) {
		t.Errorf("logged\n%s", logged)
	}
}

// TestSweepThatFails removes nothing, says so, and is not tried every minute.
func TestSweepThatFails(t *testing.T) {
	t.Parallel()
	d := newDays(t, "")
	key, _, err := d.p.Files.Put(t.Context(), strings.NewReader("CONTOH"))
	if err != nil {
		t.Fatal(err)
	}
	d.advance(48 * time.Hour)
	data := d.p.data
	broken := &damagedRecords{Portable: data.Store.(store.Portable), broken: true} //nolint:errcheck // both stores are
	d.p.data = &storage.Data{Store: broken, Files: data.Files}
	t.Cleanup(func() { d.p.data = data })
	if err := d.p.sweep(t.Context(), d.Now()); err == nil || !d.has(key) {
		t.Errorf("%v", err)
	}
	d.advance(time.Minute)
	if err := d.p.sweep(t.Context(), d.Now()); err != nil || broken.asked != 1 || !d.has(key) {
		t.Errorf("a minute later: %v, asked %d times", err, broken.asked)
	}
	broken.broken = false
	d.advance(time.Hour)
	if err := d.p.sweep(t.Context(), d.Now()); err != nil || d.has(key) {
		t.Errorf("an hour later: %v", err)
	}
}

type damagedRecords struct {
	store.Portable
	broken bool
	asked  int
}

func (d *damagedRecords) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	if d.broken {
		d.asked++
		return store.Page{}, workflow.Refuse(workflow.CodeDamaged, "record")
	}
	return d.Portable.Records(ctx, kind, from, limit)
}

// TestSweptOnceADay: neither a restart nor another node reads everything again.
func TestSweptOnceADay(t *testing.T) {
	t.Parallel()
	d := newDays(t, "").start()
	look(t, d.p)
	shut(t, d.p)
	p, err := Open(t.Context(), d.cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, p) })
	counting := &damagedRecords{Portable: p.data.Store.(store.Portable), broken: true} //nolint:errcheck // both stores are
	p.data = &storage.Data{Store: counting, Files: p.data.Files}
	key, _, err := p.Files.Put(t.Context(), strings.NewReader("CONTOH"))
	if err != nil || key == "" {
		t.Fatal(err)
	}
	if err := p.sweep(t.Context(), d.Now().Add(time.Hour)); err != nil || counting.asked != 0 {
		t.Errorf("%v, asked %d times", err, counting.asked)
	}
	if err := p.sweep(t.Context(), d.Now().Add(49*time.Hour)); err == nil || counting.asked != 1 {
		t.Errorf("two days later: %v, asked %d times", err, counting.asked)
	}
}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}
