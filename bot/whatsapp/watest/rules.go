package watest

import (
	"maps"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// rules say how the server treats the account from now on.
type rules struct {
	refuse   int       // reason that logins are refused with; 0 for none
	banned   time.Time // with reason 402: the end of the ban
	messages int       // error that messages of the client are answered with; 0 for none
	silent   bool      // messages of the client are passed on but not answered
	mute     bool      // nothing of the client is answered
	hold     bool      // nothing is sent to the client before its next login

	forbidden map[*Phone]bool // phones that may not be written to (463): until a privacy token is issued, or lasting
	refused   int             // messages that were answered with 463
}

// failure is the answer to a login that is refused, or nil.
func (r rules) failure(known bool, now time.Time) *waBinary.Node {
	attrs := waBinary.Attrs{"reason": r.refuse, "location": "contoh"}
	switch {
	case r.refuse == 402:
		attrs["code"], attrs["expire"] = 101, 0
		if !r.banned.IsZero() {
			attrs["expire"] = age(r.banned.Sub(now))
		}
	case r.refuse == 0 && !known:
		attrs["reason"] = 401
	case r.refuse == 0:
		return nil
	}
	return &waBinary.Node{Tag: "failure", Attrs: attrs}
}

func replaced() waBinary.Node {
	return waBinary.Node{Tag: "stream:error", Content: []waBinary.Node{{Tag: "conflict", Attrs: waBinary.Attrs{"type": "replaced"}}}}
}

// Drop cuts the client's connection, as a lost network does.
func (s *Server) Drop() {
	s.mu.Lock()
	c := s.account.conn
	if s.pairing != nil {
		s.pairing.conn.close()
	}
	s.mu.Unlock()
	if c != nil {
		c.close()
	}
}

// Refuse refuses the next logins for a reason (401 logged out, 403, 405 outdated,
// 406 banned, 503), and cuts the connection. 0 lets logins in again.
func (s *Server) Refuse(reason int) {
	s.change(func(r *rules) { r.refuse = reason })
	s.Drop()
}

// Ban refuses logins until an instant; a zero one is not told.
func (s *Server) Ban(until time.Time) {
	s.change(func(r *rules) { r.refuse, r.banned = 402, until })
	s.Drop()
}

// FailMessages answers messages of the client with an error code instead of
// passing them on. 0 ends it.
func (s *Server) FailMessages(code int) { s.change(func(r *rules) { r.messages = code }) }

// Forbid answers messages to one phone with 463: lasting, or until the client has given the
// phone a privacy token.
func (s *Server) Forbid(p *Phone, lasting bool) {
	s.change(func(r *rules) {
		r.forbidden = maps.Clone(r.forbidden)
		if r.forbidden == nil {
			r.forbidden = map[*Phone]bool{}
		}
		r.forbidden[p] = lasting
	})
}

// Allow ends a Forbid.
func (s *Server) Allow(p *Phone) {
	s.change(func(r *rules) {
		r.forbidden = maps.Clone(r.forbidden)
		delete(r.forbidden, p)
	})
}

// Refused counts the messages that were answered with 463.
func (s *Server) Refused() int { return s.ruled().refused }

// forbids tells whether a message to a recipient is answered with 463.
func (s *Server) forbids(to types.JID) bool {
	p := s.find(to)
	_, forbidden := s.ruled().forbidden[p]
	if forbidden {
		s.change(func(r *rules) { r.refused++ })
	}
	return forbidden
}

// trust takes the privacy tokens that the client gives.
func (s *Server) trust(node *waBinary.Node) {
	tokens := node.GetChildByTag("tokens")
	for _, token := range tokens.GetChildren() {
		jid, _ := token.Attrs["jid"].(types.JID)
		if p := s.find(jid); p != nil && !s.ruled().forbidden[p] {
			s.Allow(p)
		}
	}
}

// Swallow passes the client's messages on without an answer to the client.
func (s *Server) Swallow(on bool) { s.change(func(r *rules) { r.silent = on }) }

// Mute answers nothing at all, on a connection that stays open.
func (s *Server) Mute(on bool) { s.change(func(r *rules) { r.mute = on }) }

// Hold keeps what is for the client until the first login after Hold(false).
func (s *Server) Hold(on bool) { s.change(func(r *rules) { r.hold = on }) }

func (s *Server) change(f func(*rules)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.rules)
}

// Unlink removes the linked device, as its owner can do on the phone.
func (s *Server) Unlink() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account.conn != nil {
		s.account.conn.dismiss(s.ctx, waBinary.Node{Tag: "stream:error", Attrs: waBinary.Attrs{"code": "401"}, Content: []waBinary.Node{
			{Tag: "conflict", Attrs: waBinary.Attrs{"type": "device_removed"}},
		}})
	}
	s.account = account{device: s.account.device, taken: map[string]bool{}}
}

// Replace ends the connection as if another client had logged in with its keys.
func (s *Server) Replace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account.conn != nil {
		s.account.conn.dismiss(s.ctx, replaced())
	}
}

// Timelock tells the client that until an instant it may not write to people who
// did not write to it first.
func (s *Server) Timelock(until time.Time) {
	update := `{"data":{"xwa2_notify_account_reachout_timelock":{"is_active":true,"enforcement_type":"BIZ_QUALITY","time_enforcement_ends":"` + unix(until) + `"}}}`
	s.push(waBinary.Node{Tag: "notification", Attrs: waBinary.Attrs{
		"from": types.ServerJID, "id": s.newID(), "type": "mex", "t": s.seconds(),
	}, Content: []waBinary.Node{{Tag: "update", Attrs: waBinary.Attrs{"op_name": "NotificationUserReachoutTimelockUpdate"}, Content: []byte(update)}}})
}
