package watest

import (
	"context"
	"slices"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// account is the bot's account as the server knows it.
type account struct {
	device uint16   // the number that was last given to a linked client
	static [32]byte // its Noise key; zero if none is linked
	keys   deviceKeys

	conn   *conn
	active bool // the client has asked for its messages
	queue  []waBinary.Node
	taken  map[string]bool // messages from the client that were passed on
	logins int
}

// number is the account's phone number with the linked device.
func (s *Server) number() types.JID {
	jid := s.main.number()
	jid.Device = s.account.device
	return jid
}

func (s *Server) lid() types.JID {
	jid := s.main.lid()
	jid.Device = s.account.device
	return jid
}

// Logins counts the logins of the linked device.
func (s *Server) Logins() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account.logins
}

// Waiting counts the stanzas that the linked device has not acknowledged.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.account.queue)
}

// NewNumber gives the bot's account another phone, with another number, to which
// nothing is linked.
func (s *Server) NewNumber(number string) error {
	p, err := s.AddPhone(PhoneConfig{Number: number, Name: s.main.cfg.Name})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.main, s.account = p, account{device: s.account.device, taken: map[string]bool{}}
	return nil
}

// login lets the linked device in, or tells it why not.
func (s *Server) login(ctx context.Context, c *conn, h hello) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &s.account
	known := a.static != [32]byte{} && h.payload.GetDevice() == uint32(a.device) && h.static == a.static
	if failure := s.rules.failure(known, s.cfg.Now()); failure != nil {
		c.dismiss(ctx, *failure)
		return false
	}
	if a.conn != nil {
		a.conn.dismiss(ctx, replaced())
	}
	a.conn, a.active = c, false
	a.logins++
	return c.send(ctx, waBinary.Node{Tag: "success", Attrs: waBinary.Attrs{
		"t": s.seconds(), "lid": s.lid(),
	}}) == nil
}

// activate sends what the device missed and lets what comes go through.
func (s *Server) activate(ctx context.Context, c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account.conn != c || s.account.active {
		return
	}
	s.account.active = true
	backlog := waBinary.Attrs{"count": len(s.account.queue)}
	_ = c.send(ctx, waBinary.Node{Tag: "ib", Attrs: waBinary.Attrs{"from": types.ServerJID}, Content: []waBinary.Node{{Tag: "offline_preview", Attrs: backlog}}})
	for _, node := range s.account.queue {
		_ = c.send(ctx, node)
	}
	_ = c.send(ctx, waBinary.Node{Tag: "ib", Attrs: waBinary.Attrs{"from": types.ServerJID}, Content: []waBinary.Node{{Tag: "offline", Attrs: backlog}}})
}

// push sends a stanza to the linked device, now and after every login until it is
// acknowledged.
func (s *Server) push(node waBinary.Node) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account.queue = append(s.account.queue, node)
	if s.account.active && !s.rules.hold {
		_ = s.account.conn.send(s.ctx, node) // if it is lost, the queue has it
	}
}

// Inject sends any stanza to the linked device once, if it is there.
func (s *Server) Inject(node waBinary.Node) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account.active {
		_ = s.account.conn.send(s.ctx, node)
	}
}

// acknowledged takes what the device has acknowledged out of the queue. A message
// is acknowledged by a receipt too.
func (s *Server) acknowledged(node *waBinary.Node) {
	class, _ := node.Attrs["class"].(string)
	if node.Tag == "receipt" {
		class = "message"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.account.queue, func(q waBinary.Node) bool {
		return q.Tag == class && q.Attrs["id"] == node.Attrs["id"] && q.Attrs["from"] == node.Attrs["to"] && sameType(q, class, node)
	})
	if i >= 0 {
		s.account.queue = slices.Delete(s.account.queue, i, i+1)
	}
}

// sameType tells receipts of one message apart, of which there are several.
func sameType(q waBinary.Node, class string, ack *waBinary.Node) bool {
	return class != "receipt" || q.Attrs["type"] == ack.Attrs["type"]
}

// age is a duration in whole seconds, as stanzas carry it.
func age(d time.Duration) int { return int(d / time.Second) }
