package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow/filestore"
	"izinbot/workflow/lease"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// quick are the times of the lease, ten times as fast as in life.
func quick() lease.Timing {
	return lease.Timing{
		Look: 100 * time.Millisecond, Beat: 300 * time.Millisecond, Lapse: 600 * time.Millisecond,
		Stale: 750 * time.Millisecond, Call: 200 * time.Millisecond,
	}
}

// town is a network that several programs speak on; it notes who said what.
type town struct {
	mu    sync.Mutex
	name  string // of its channel
	heard map[bot.Address][]string
	ids   map[string]int
}

type mouth struct {
	*town
	name string
}

func (m mouth) Name() string { return m.name }

func (m mouth) Send(_ context.Context, id string, to bot.Address, said bot.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.heard[to] = append(m.heard[to], said.Text)
	m.ids[id]++
	return nil
}

func (t *town) answers() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.ids)
}

// node is a program that shares its store.
type node struct {
	*Program
	way *workflowtest.FaultStore
}

// shop is a store that several nodes share.
type shop struct {
	t     *testing.T
	store *sqlitestore.Store
	dir   string
	town  *town
	said  map[bot.Address]int
}

func newShop(t *testing.T) *shop {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := filestore.Open(filepath.Join(dir, "files")); err != nil {
		t.Fatal(err)
	}
	return &shop{
		t: t, store: s, dir: dir, said: map[bot.Address]int{},
		town: &town{name: "test", heard: map[bot.Address][]string{}, ids: map[string]int{}},
	}
}

// keys names the key file that all nodes of an office have.
func (s *shop) keys() string { return filepath.Join(s.dir, "files", filestore.KeyFile) }

func (s *shop) node(shared bool) *node {
	s.t.Helper()
	n := &node{way: workflowtest.NewFaultStore(s.store, shared)}
	cfg := config(s.t.TempDir(), nil)
	cfg.Lease, cfg.Now, cfg.KeyFile = quick(), testclock.Now, s.keys()
	cfg.Channels = func(*Program) ([]bot.Channel, error) { return []bot.Channel{mouth{s.town, s.town.name}}, nil }
	cfg.Data = func(_ context.Context, place storage.Config) (*storage.Data, error) {
		files, err := filestore.Open(filepath.Join(place.Dir, "files")) //nolint:contextcheck // it takes none
		return &storage.Data{Store: n.way, Files: files}, err
	}
	n.Program = open(s.t, cfg)
	if err := n.Start(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// say has a person say the next thing, which a node takes in: an answer that
// repeats its number would show that a message was lost, doubled or overtaken.
func (s *shop) say(n *node, person int) {
	s.t.Helper()
	chat := bot.MakeAddress("test", strconv.Itoa(person))
	s.said[chat]++
	in := bot.Inbound{ID: fmt.Sprintf("%s/%d", chat, s.said[chat]), Chat: chat, Name: "CONTOH", At: testclock.Now(), Text: script(s.said[chat])}
	if err := n.Accept(s.t.Context(), in); err != nil {
		s.t.Fatal(err)
	}
}

// script gives the i-th message of everybody: a form that is begun and filled in, question by
// question.
func script(i int) string {
	steps := []string{"/mulai", "Ajukan izin", "Setuju dan lanjut", "Yayasan CONTOH", "Belanda"}
	if i <= len(steps) {
		return steps[i-1]
	}
	return "/mulai"
}

// settled waits until everything that was said is answered.
func (s *shop) settled(within time.Duration) {
	s.t.Helper()
	total := 0
	for _, n := range s.said {
		total += n
	}
	for end := time.Now().Add(within); s.town.answers() < total; {
		if time.Now().After(end) {
			s.t.Fatalf("%d of %d answers after %v", s.town.answers(), total, within)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// same checks that everybody heard the same in the same order, each answer once but
// for those that may have been on their way when a node was stopped hard.
func (s *shop) same(doubled int) {
	s.t.Helper()
	s.town.mu.Lock()
	defer s.town.mu.Unlock()
	twice := 0
	for id, n := range s.town.ids {
		if n > 1 {
			twice += n - 1
			s.t.Logf("%s went out %d times", id, n)
		}
	}
	if twice > doubled {
		s.t.Errorf("%d answers went out again, at most %d may", twice, doubled)
	}
	first := s.town.heard["test:0"]
	for chat, heard := range s.town.heard {
		if got, want := slices.Compact(slices.Clone(heard)), slices.Compact(slices.Clone(first)); !slices.Equal(got, want) {
			s.t.Errorf("%s heard\n%s\nwant\n%s", chat, strings.Join(got, "\n--\n"), strings.Join(want, "\n--\n"))
		}
	}
}

func until(t *testing.T, what string, within time.Duration, is func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !is() {
		if time.Since(began) > within {
			t.Fatalf("%s: not within %v", what, within)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(began)
}

// Two programs on one store: one is active and answers what either takes in. It is cut off
// from the store, and the other one takes over; it comes back and stands by.
func TestTwoProgramsOnOneStore(t *testing.T) {
	s := newShop(t)
	a, b := s.node(true), s.node(true)
	if !a.Active() || b.Active() {
		t.Errorf("the first is active %v, the second %v", a.Active(), b.Active())
	}
	const persons = 40
	for i := range persons { // each message by the other door
		s.say([]*node{a, b}[i%2], i)
		s.say([]*node{b, a}[i%2], i)
	}
	s.settled(20 * time.Second)

	a.way.Break()
	took := until(t, "take-over", 3*time.Second, b.Active)
	t.Logf("taken over after %v, ten times as fast as in life", took)
	for i := range persons {
		s.say(b, i)
	}
	s.settled(20 * time.Second)
	a.way.Mend()
	until(t, "a standby", 3*time.Second, a.node.Standby)
	for i := range persons {
		s.say(a, i)
	}
	s.settled(20 * time.Second)
	if a.Active() || !b.Active() {
		t.Errorf("in the end the first is active %v, the second %v", a.Active(), b.Active())
	}
	s.same(0)
}

// A program that stood still with work under way writes nothing when it wakes up,
// for its term is over.
func TestWokenProgramWritesNothing(t *testing.T) {
	s := newShop(t)
	a, b := s.node(true), s.node(true)
	const persons = 20
	for i := range persons {
		s.say(a, i)
	}
	s.settled(20 * time.Second)
	for i := range persons {
		s.say(a, i)
	}
	a.way.Halt()
	for i := range persons {
		s.say(b, i)
	}
	until(t, "take-over", 3*time.Second, b.Active)
	if a.Active() {
		t.Error("a, which stands still, thinks that it is active")
	}
	s.settled(20 * time.Second)
	a.way.Resume()
	until(t, "a standby", 3*time.Second, a.node.Standby)
	for i := range persons {
		s.say(a, i)
	}
	s.settled(20 * time.Second)
	s.same(persons) // what a had sent and could not record
}

// A program that is closed finishes what it has begun and hands over at once.
func TestClosedProgramHandsOver(t *testing.T) {
	s := newShop(t)
	a, b := s.node(true), s.node(true)
	const persons = 20
	for i := range persons {
		s.say(a, i)
		s.say(b, i)
	}
	if err := a.Close(t.Context()); err != nil {
		t.Error(err)
	}
	took := until(t, "hand-over", time.Second, b.Active)
	t.Logf("handed over after %v", took)
	s.settled(20 * time.Second)
	s.same(0)
}

// A program with WhatsApp takes over from one without, for no other can be connected.
func TestProgramWithWhatsAppIsPreferred(t *testing.T) {
	s := newShop(t)
	a := s.node(true)
	s.say(a, 0)
	s.settled(20 * time.Second)
	s.town.name = whatsApp
	b := s.node(true)
	until(t, "take-over", 5*time.Second, b.Active)
	if a.Active() {
		t.Error("both are active")
	}
}

// A program that has its store alone takes no lease and waits for nobody.
func TestProgramAloneTakesNoLease(t *testing.T) {
	s := newShop(t)
	n := s.node(false)
	s.say(n, 0)
	if err := n.Idle(t.Context()); err != nil || s.town.answers() != 1 {
		t.Errorf("%v; %d answers", err, s.town.answers())
	}
	if l, err := s.store.Lease(t.Context()); err != nil || l != (store.Lease{}) || n.role() != nil || !n.Active() {
		t.Errorf("%v, %v, %v", l, n.role(), err)
	}
}
