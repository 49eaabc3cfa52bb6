package telegramtest

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// TestNodesCrashes has two nodes, in processes of their own, share one database
// while many persons fill in forms without waiting for answers; a balancer brings their
// messages to either. The active node is killed, and comes back; later the other one, which
// is active by then, stands still for a while, and goes on; then the active one is stopped.
// A message
// that was lost, handled twice or overtaken would put a wrong answer to some
// question. An answer may be sent again whose outcome a dying node could not record;
// those are counted.
//
// The default run is a small one; make soak has 2,000 updates and a pause of 30
// seconds.
func TestNodesCrashes(t *testing.T) {
	persons, pause := 15, 16*time.Second
	if os.Getenv("IZINBOT_SOAK") != "" {
		persons, pause = 100, 30*time.Second
	}
	n := startNodes(t)
	people := make([]talker, persons)
	for i := range people {
		people[i] = newTalker(n.server, i)
	}
	say := func(rounds int) {
		for range rounds {
			for i := range people {
				if i%5 == 0 {
					n.breathe(t, 15)
				}
				people[i].next()
			}
		}
	}
	burst := func() {
		for i := range min(persons, 30) {
			people[i].next()
		}
	}

	say(4)
	burst()
	_, first := waitActive(t, n.store, "")
	began := time.Now()
	n.a.kill()
	_, second := waitActive(t, n.store, first.Holder)
	took := time.Since(began)
	t.Logf("the active node was killed; the other one took over after %v", took.Round(100*time.Millisecond))
	if took > 10*time.Second {
		t.Errorf("taken over after %v, more than 10 s", took)
	}
	say(3)
	n.a.start()

	say(4)
	n.wokenCannotWrite(t, second, pause, burst)
	say(4)
	n.breathe(t, 5)
	_, third := waitActive(t, n.store, "")
	began = time.Now()
	n.a.stop()
	stopped := time.Since(began)
	took, _ = waitActive(t, n.store, third.Holder)
	t.Logf("the active node ended after %v; the other one took over %v later", stopped.Round(100*time.Millisecond), took.Round(100*time.Millisecond))
	if took > 5*time.Second { // with a quick store it is a second
		t.Errorf("taken over %v after a stop, more than 5 s", took)
	}
	n.a.start()
	say(20)
	n.settled(t)
	n.verify(t, people)
}

// nodes are two of them, with what they share.
type nodes struct {
	server *tgtest.Server
	store  *mongostore.Store
	a, b   *child
}

func startNodes(t *testing.T) *nodes {
	t.Helper()
	one, two := freeAddress(t), freeAddress(t)
	uri := mongotest.URI(t)
	n := &nodes{server: tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})}
	if err := n.server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.server.Close() })
	var err error
	if n.store, err = mongostore.Open(t.Context(), uri, mongostore.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.store.Close() })
	hook := startBalancer(t, one, two)
	for at, c := range map[string]**child{one: &n.a, two: &n.b} {
		*c = newChild(t, t.TempDir(), n.server.URL())
		(*c).env = append((*c).env, envMongo+"="+uri, envListen+"="+at, envHook+"="+hook)
	}
	n.a.start()
	waitActive(t, n.store, "")
	n.b.start()
	t.Cleanup(func() { n.a.kill(); n.b.kill() })
	return n
}

// wokenCannotWrite has the active node, b, stand still for a while and checks that its term
// is over.
func (n *nodes) wokenCannotWrite(t *testing.T, before store.Lease, pause time.Duration, meanwhile func()) {
	t.Helper()
	began := time.Now()
	if err := n.b.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	meanwhile()
	_, after := waitActive(t, n.store, before.Holder)
	took := time.Since(began)
	t.Logf("the active node stood still; the other one took over after %v", took.Round(100*time.Millisecond))
	if took > 10*time.Second {
		t.Errorf("taken over after %v, more than 10 s", took)
	}
	time.Sleep(pause - time.Since(began))
	if err := n.b.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	_, err := n.store.Commit(t.Context(), testclock.Now(), store.UnitOfWork{Term: before.Term, Claims: []string{"woken"}})
	if workflow.CodeOf(err) != workflow.CodeFenced || after.Term <= before.Term {
		t.Errorf("a write under term %d after term %d: %v", before.Term, after.Term, err)
	}
	for end := time.Now().Add(10 * time.Second); !strings.Contains(n.b.logged(), "lease is lost"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the woken node does not know that it was replaced\n%s", n.b.tail())
		}
	}
}

// breathe waits until no more than so many messages wait: a store that is flooded
// answers heartbeats late, and FerretDB is by a few a second.
func (n *nodes) breathe(t *testing.T, most int) {
	t.Helper()
	for {
		left, err := n.store.Unhandled(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(left)+n.server.Waiting() <= most {
			return
		}
		time.Sleep(250 * time.Millisecond)
	}
}

// settled waits until everything is taken in, handled and answered.
func (n *nodes) settled(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	if err := n.server.Drained(ctx); err != nil {
		t.Fatalf("%d updates wait: %v", n.server.Waiting(), err)
	}
	for quiet, last := 0, 0; quiet < 8; time.Sleep(500 * time.Millisecond) {
		left, err := n.store.Unhandled(ctx)
		if err != nil {
			t.Fatal(err)
		}
		sent := n.server.Calls("sendMessage")
		if quiet++; len(left) > 0 || sent != last {
			quiet, last = 0, sent
		}
	}
}

func (n *nodes) verify(t *testing.T, people []talker) {
	t.Helper()
	again, wrong := 0, 0
	for _, p := range people {
		lines, twice := heard(p.person)
		again += twice
		if !inOrder(lines) {
			if wrong++; wrong <= 3 {
				t.Errorf("%s heard\n%s", p.name, strings.Join(lines, "\n"))
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d conversations went wrong", wrong, len(people))
	}
	t.Logf("%d answers went out a second time, because a node that died or stood still could not record that they were sent", again)
	if most := 4 * len(people); again > most { // the slower the store, the more are not recorded yet
		t.Errorf("that is more than %d", most)
	}
	for _, c := range []*child{n.a, n.b} {
		silent(t, c.logged())
	}
}

// talker is one person who fills in a form.
type talker struct {
	script
	person *tgtest.Person
}

func newTalker(server *tgtest.Server, i int) talker {
	p := server.Person(int64(9_000_000+i), "CONTOH")
	t := talker{person: p, script: script{name: fmt.Sprintf("Yayasan CONTOH nomor %d", i)}}
	for _, text := range append([]string{"/start", "Ajukan izin", "Setuju dan lanjut", t.name}, answers()...) {
		t.steps = append(t.steps, func() { p.Type(text) })
	}
	return t
}
