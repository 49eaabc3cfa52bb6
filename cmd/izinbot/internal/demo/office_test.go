package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/sop"
)

// monday is Monday 2026-11-23 07.00 WIB, half an hour before the office opens.
func monday() time.Time { return time.Date(2026, 11, 23, 7, 0, 0, 0, workflow.WIB()) }

// colleagues are second holders of two roles.
func colleagues() []person {
	return []person{
		{phone: "fo2", name: "Ferdi CONTOH", line: "Front Office", roles: []workflow.Role{"front_office"}, nip: "CONTOH-0101", rank: "Pengatur (II/c)"},
		{phone: "kabid2", name: "Kornel CONTOH", line: "Kabid Pelayanan", roles: []workflow.Role{"kabid"}, nip: "CONTOH-0102", rank: "Pembina (IV/a)"},
	}
}

// office is the real program on simulated phones with a clock that stands still,
// and somebody who plays transcripts on it.
type office struct {
	*player
	t      *testing.T
	log    *bytes.Buffer // what was played
	wrongs []wrong       // what is sent where it does not belong
	sent   int           // how many of them
	close  func()        // ends the program before the test does
	shown  *recording    // what the gallery shows of it; nil: nothing
}

// newOffice opens the program in a directory of its own.
func newOffice(t *testing.T, source []byte) *office {
	t.Helper()
	return reopen(t, Config{Dir: t.TempDir(), SOP: source, extra: colleagues()}, monday())
}

func reopen(t *testing.T, cfg Config, now time.Time) *office {
	t.Helper()
	if cfg.SOP != nil {
		cfg.extra = nil
	}
	complaints := &complaints{t: t}
	cfg.Log = slog.New(slog.NewTextHandler(complaints, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d, err := open(t.Context(), cfg, stillClock(now), "http://127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	log := &bytes.Buffer{}
	o := &office{player: newPlayer(d, testSamples(t, d.Program.Desk.Library.Current()), log), t: t, log: log}
	o.close = sync.OnceFunc(func() {
		known := allCases(t, d.Program.Store)
		if err := d.Close(context.Background()); err != nil {
			t.Error(err)
		}
		untouched(t, cfg.Dir, known)
	})
	t.Cleanup(o.close)
	return o
}

// complaints fails the test for whatever the program warns of, but that a message takes
// long: that is the machine's doing.
type complaints struct{ t *testing.T }

func (c *complaints) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("message takes long")) {
		return len(b), nil
	}
	c.t.Errorf("the program complains: %s", b)
	return len(b), nil
}

// testSamples are the samples with photos that are quick to work with.
func testSamples(t *testing.T, def *workflow.SOP) []web.Sample {
	t.Helper()
	docs, err := documentSamples(def)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := sharedSamples()
	if err != nil {
		t.Fatal(err)
	}
	return append(docs, shared...)
}

var sharedSamples = sync.OnceValues(func() ([]web.Sample, error) {
	def, _, err := sop.Default()
	if err != nil {
		return nil, err
	}
	photos, err := photoSamples(200, 150)
	if err != nil {
		return nil, err
	}
	scan, err := samplePhoto(7, 1200, 300)
	if err != nil {
		return nil, err
	}
	bad, err := badSamples(def.Documents[0])
	photos = append(photos, web.Sample{Name: "pindaian.jpg", Photo: true, Data: scan})
	return append(photos, bad...), err
})

// play plays a transcript of testdata, or an embedded story.
func (o *office) play(name string) {
	o.t.Helper()
	s, err := loadTranscript(name)
	if err != nil {
		o.t.Fatal(err)
	}
	o.run(s)
}

// script plays lines.
func (o *office) script(lines string) {
	o.t.Helper()
	s, err := parseStory("line", lines, loadTranscript)
	if err != nil {
		o.t.Fatal(err)
	}
	o.run(s)
}

func (o *office) run(s story) {
	o.t.Helper()
	for _, l := range s.lines {
		before := o.seen
		if err := o.line(o.t.Context(), l); err != nil {
			o.t.Fatalf("%s: %v\n\nbefore:\n%s", l.at, err, tail(o.log.String(), 2500))
		}
		o.shown.messages(o, before)
	}
}

func loadTranscript(name string) (story, error) {
	source, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if os.IsNotExist(err) {
		return loadStory(name)
	}
	if err != nil {
		return story{}, err
	}
	return parseStory(name, string(source), loadTranscript)
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// workflowCase gives the n-th case of what was played.
func (o *office) workflowCase(n int) workflow.Case {
	o.t.Helper()
	c, err := o.d.Program.Store.Case(o.t.Context(), o.theCase(n))
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// begun readies the office for what is played.
func (o *office) begun() {
	o.t.Helper()
	if err := o.begin(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// stored gives the JSON of a case as a store keeps it.
func stored(t *testing.T, c workflow.Case) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// mustDefault gives the embedded procedure.
func mustDefault(t *testing.T) *workflow.SOP {
	t.Helper()
	def, _, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	return def
}
