package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/event"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/filestore"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// meter counts the commands that a program sends to MongoDB.
type meter struct {
	mu   sync.Mutex
	seen []string // "verb collection"
	beat chan time.Time
}

func (m *meter) monitor() *event.CommandMonitor {
	return &event.CommandMonitor{Started: func(_ context.Context, e *event.CommandStartedEvent) {
		table := ""
		if first, err := e.Command.IndexErr(0); err == nil {
			table, _ = first.Value().StringValueOK()
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.seen = append(m.seen, e.CommandName+" "+table)
		if e.CommandName == "update" && table == "leases" {
			select {
			case m.beat <- time.Now():
			default:
			}
		}
	}}
}

// take gives what was sent since the last call.
func (m *meter) take() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := m.seen
	m.seen = nil
	return seen
}

// counts tells how often each command was sent.
func counts(seen []string) string {
	n := tally(seen)
	lines := make([]string, 0, len(n))
	for s, times := range n {
		lines = append(lines, fmt.Sprintf("%d %s", times, s))
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}

func tally(seen []string) map[string]int {
	n := map[string]int{}
	for _, s := range seen {
		n[s]++
	}
	return n
}

// metered is an office on MongoDB whose commands are counted.
type metered struct {
	*testing.T
	*meter
	p    *Program
	wire *wire
	said int
}

func newMetered(t *testing.T, idle bool) *metered {
	t.Helper()
	m := &metered{T: t, meter: &meter{beat: make(chan time.Time, 100)}, wire: &wire{}}
	uri := mongotest.URI(t)
	cfg := config(t.TempDir(), m.wire)
	if !idle { // what is counted is caused by updates alone
		cfg.Lease.Look, cfg.Lease.Beat, cfg.Lease.Lapse, cfg.Lease.Stale = time.Hour, time.Hour, 2*time.Hour, 3*time.Hour
	}
	cfg.Data = func(ctx context.Context, place storage.Config) (*storage.Data, error) {
		records, err := mongostore.Open(ctx, uri, mongostore.Options{Monitor: m.monitor()})
		if err != nil {
			return nil, err
		}
		files, err := filestore.Open(filepath.Join(place.Dir, "files")) //nolint:contextcheck // it takes none
		return &storage.Data{Store: records, Files: files}, err
	}
	m.p = open(t, cfg)
	if err := m.p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m
}

// say has a chat say something, and waits until it is answered and the answer settled.
func (m *metered) say(chat, text string) (sent []string) {
	m.Helper()
	m.said++
	m.take()
	in := bot.Inbound{ID: fmt.Sprintf("test:%d", m.said), Chat: bot.MakeAddress("test", chat), Name: "CONTOH", At: m.p.cfg.Now(), Text: text}
	if err := m.p.Accept(m.Context(), in); err != nil {
		m.Fatal(err)
	}
	until(m.T, "an answer", 30*time.Second, func() bool { return m.wire.messages() >= m.said })
	if err := m.p.Idle(m.Context()); err != nil {
		m.Fatal(err)
	}
	return m.take()
}

// least gives the fewest commands that one of some updates took: what an idle program
// sends may come on top.
func (m *metered) least(chat string, texts ...string) (n int) {
	m.Helper()
	for i, text := range texts {
		seen := m.say(chat, text)
		if i == 0 || len(seen) < n {
			n = len(seen)
		}
		m.Logf("%s: %d commands: %s", text, len(seen), counts(seen))
	}
	return n
}

// TestCommandsOfMongoDB counts the commands of an update on its whole way: stored,
// handled, answered, the answer sent and settled. What was handled and settled is
// archived with two more after every sixteenth answer.
func TestCommandsOfMongoDB(t *testing.T) {
	t.Parallel()
	m := newMetered(t, false)
	m.say("ayu", "mulai") // makes the person and the chat
	if n := m.least("ayu", slices.Repeat([]string{"bantuan"}, 5)...); n > 6 {
		t.Errorf("an answer takes %d commands, want 6", n)
	}
	if n := m.least("ayu", slices.Repeat([]string{"status"}, 5)...); n > 7 {
		t.Errorf("an answer with one look-up takes %d commands, want 7", n)
	}
	var ids []workflow.CaseID
	for i := range 5 {
		ids = append(ids, m.open(i+1))
	}
	m.say("tim", "mulai")
	fewest := 99
	for _, id := range ids {
		m.say("tim", "buka "+string(id))
		fewest = min(fewest, m.least("tim", "CONTOH")) // the first accepted answer claims the task
	}
	if fewest > 10 {
		t.Errorf("a move of a case takes %d commands, want 10", fewest)
	}
	for _, row := range must(m.p.Store.Tasks(t.Context(), store.TaskQuery{Roles: []workflow.Role{"front_office"}, Holder: "O-tim", Limit: 9})) {
		if row.Holder != "O-tim" {
			t.Errorf("%s did not move", row.ID)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// open stores a case that nobody holds yet.
func (m *metered) open(n int) workflow.CaseID {
	m.Helper()
	now, def := m.p.cfg.Now(), m.p.Desk.Library.Current()
	c := workflowtest.Case(workflow.MakeCaseID(def.Code, 2026, n), now)
	c.SOP, c.Step, c.Holder = def.Ref, 4, nil
	c.StepClock = workflow.Clock{Start: now, Budget: workflow.Budget{N: 2, Unit: workflow.Hour}}
	c.ServiceClock, c.ReplyClock = workflow.Clock{}, workflow.Clock{}
	change, err := workflowtest.Change(c.Derive(m.p.Calendar), now, "open")
	if err != nil {
		m.Fatal(err)
	}
	unit := store.UnitOfWork{Cases: []store.CaseChange{change}}
	if n == 1 {
		unit.Persons = []store.Person{
			{ID: "P-tim", Lang: workflow.Indonesian, Addresses: []bot.Address{"test:tim"}},
			{ID: "P-adi", Lang: workflow.Indonesian, Addresses: []bot.Address{"test:adi"}},
			{ID: "A-1", Lang: workflow.Indonesian, Addresses: []bot.Address{"test:pemohon"}},
		}
		unit.Officers = []workflow.Officer{
			{ID: "O-tim", Person: "P-tim", Name: "Tim CONTOH", Roles: []workflow.Role{"front_office"}},
			{ID: "O-adi", Person: "P-adi", Name: "Adi CONTOH", Roles: []workflow.Role{"front_office"}},
		}
	}
	if _, err := m.p.Store.Commit(m.Context(), now, unit); err != nil {
		m.Fatal(err)
	}
	return c.ID
}

func TestIdleCommandsOfMongoDB(t *testing.T) {
	t.Parallel()
	m := newMetered(t, true)
	var first, last time.Time
	for i := range 4 {
		at := <-m.beat
		if i == 0 {
			m.take()
			first = at
		}
		last = at
	}
	seen := m.take()
	often := 0
	for _, n := range tally(seen) {
		if n > 1 { // once in these seconds is the minute's work, or rarer still
			often += n
		}
	}
	rate := float64(often) / last.Sub(first).Seconds()
	t.Logf("%.2f commands a second: %s", rate, counts(seen))
	if rate > 1.3 {
		t.Errorf("%.2f commands a second", rate)
	}
}
