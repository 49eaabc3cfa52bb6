package mongotest

import (
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Fate is the fate of a command at a gate.
type Fate int

// The fates.
const (
	Pass       Fate = iota // it is done, and answered
	DropBefore             // it never reaches the server; the gate closes for good
	DropAfter              // it is done, but not answered; the gate closes for good
	Wait                   // it is done once the gate is resumed; others are meanwhile
	Stale                  // it is a query, and answered as if its collection were empty yet
)

// Gate is a way to the server that lets one command through at a time, over all of
// its connections; before FerretDB over all gates of the test program, so that each is
// atomic. It can be closed between two commands, as the death of a process does.
type Gate struct {
	server Dial
	one    *sync.Mutex // held while the server does a command
	judge  func(verb string, cmd bson.Raw) Fate
	timed  atomic.Bool // answers carry the time of the operation

	listener net.Listener
	resumed  chan struct{}
	mu       sync.Mutex
	closed   bool
	conns    map[net.Conn]bool
}

// NewGate opens another gate to the server that [URI] gives. judge decides what
// becomes of each command, one at a time; nil: all pass.
func NewGate(tb testing.TB, judge func(verb string, cmd bson.Raw) Fate) *Gate {
	tb.Helper()
	if !Real() {
		needsFerret(tb)
	}
	g, err := another()
	if err != nil {
		tb.Fatal(err)
	}
	g.judge = judge
	tb.Cleanup(g.Close)
	return g
}

// another is a gate beside the first one before FerretDB, or one of its own before
// a server that is atomic by itself.
func another() (*Gate, error) {
	if Real() {
		server, err := upstream()
		if err != nil {
			return nil, err
		}
		return newGate(server, &sync.Mutex{})
	}
	first, err := shared()
	if err != nil {
		return nil, err
	}
	return newGate(first.server, first.one)
}

func newGate(server Dial, one *sync.Mutex) (*Gate, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it lives until Close
	if err != nil {
		return nil, fmt.Errorf("open gate: %w", err)
	}
	g := &Gate{server: server, one: one, listener: listener, resumed: make(chan struct{}), conns: map[net.Conn]bool{}}
	go g.serve()
	return g, nil
}

// Address is host:port of the gate.
func (g *Gate) Address() string { return g.listener.Addr().String() }

// Close cuts all connections and takes no more. A command that is under way is done
// first, whether or not it is answered; one that waits for Resume never is.
func (g *Gate) Close() {
	g.one.Lock()
	defer g.one.Unlock()
	g.cut()
}

func (g *Gate) cut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	_ = g.listener.Close()
	for c := range g.conns {
		_ = c.Close()
	}
}

func (g *Gate) serve() {
	for {
		client, err := g.listener.Accept()
		if err != nil {
			return
		}
		go g.carry(client)
	}
}

// carry serves a connection until either end closes it.
func (g *Gate) carry(client net.Conn) {
	server, err := g.server()
	if err != nil {
		_ = client.Close()
		return
	}
	defer g.forget(client, server)
	if !g.keep(client, server) {
		return
	}
	for {
		msg, err := readMessage(client)
		if err != nil || !g.pass(msg, client, server) {
			return
		}
	}
}

// pass has one message done and answered; false ends the connection.
func (g *Gate) pass(msg []byte, client, server net.Conn) bool {
	g.one.Lock()
	defer g.one.Unlock()
	if g.isClosed() {
		return false
	}
	fate := g.fate(msg)
	if fate == Wait {
		g.one.Unlock()
		<-g.resumed
		g.one.Lock()
	}
	if fate == Stale {
		msg = emptied(msg)
	}
	if g.timed.Load() {
		msg = withoutConcern(msg)
	}
	if fate == DropBefore {
		g.cut()
		return false
	}
	if _, err := server.Write(msg); err != nil {
		return false
	}
	answer, err := readMessage(server)
	if err != nil {
		return false
	}
	if fate == DropAfter {
		g.cut()
		return false
	}
	answer = unwatched(answer)
	if g.timed.Load() {
		answer = withTime(answer)
	}
	_, err = client.Write(answer)
	return err == nil
}

// TellTime has answers carry the time of the operation, as those of a replica set do.
func (g *Gate) TellTime() { g.timed.Store(true) }

// Resume lets the commands that wait be done. It may be called once.
func (g *Gate) Resume() { close(g.resumed) }

// Do runs f while no command is under way at any gate, so that it may change what
// judge looks at.
func (g *Gate) Do(f func()) {
	g.one.Lock()
	defer g.one.Unlock()
	f()
}

func (g *Gate) fate(msg []byte) Fate {
	cmd := command(msg)
	if g.judge == nil || cmd == nil {
		return Pass
	}
	return g.judge(verb(cmd), cmd)
}

func (g *Gate) isClosed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed
}

// keep remembers the connections, unless the gate is closed.
func (g *Gate) keep(conns ...net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range conns {
		g.conns[c] = true
	}
	return !g.closed
}

func (g *Gate) forget(conns ...net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range conns {
		delete(g.conns, c)
		_ = c.Close()
	}
}
