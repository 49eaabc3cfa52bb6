package watest

import (
	"context"
	"strconv"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

func unix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// handleIQ answers a query.
func (s *Server) handleIQ(ctx context.Context, c *conn, node *waBinary.Node) {
	if s.ruled().mute {
		return
	}
	if node.Attrs["type"] == "result" || node.Attrs["type"] == "error" {
		if _, ok := node.GetOptionalChildByTag("pair-device-sign"); ok {
			s.confirmed(ctx, c)
		}
		return
	}
	space, _ := node.Attrs["xmlns"].(string)
	var content []waBinary.Node
	switch space {
	case "w:p":
	case "passive":
		defer s.afterPassive(ctx, c, node)
	case "encrypt":
		content = s.answerKeys(node)
	case "usync":
		content = s.answerUsers(node)
	case "privacy":
		s.trust(node)
		content = answerPrivacy(node)
	case "w:m":
		content = answerMedia()
	case "md":
		content = s.answerDevices(ctx, c, node)
	default:
		s.fault("the client queried %q, which is not known", space)
	}
	_ = c.send(ctx, answer(node, content...))
}

func (s *Server) ruled() rules {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rules
}

func (s *Server) afterPassive(ctx context.Context, c *conn, node *waBinary.Node) {
	if _, active := node.GetOptionalChildByTag("active"); active {
		s.activate(ctx, c)
	}
}

// answerKeys counts, takes or gives the keys that sessions begin with.
func (s *Server) answerKeys(node *waBinary.Node) []waBinary.Node {
	if wanted, ok := node.GetOptionalChildByTag("key"); ok {
		return s.giveKeys(wanted)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := node.GetOptionalChildByTag("count"); ok {
		count := len(s.account.keys.once)
		if count == 0 && s.cfg.Quick {
			count = 1
		}
		return []waBinary.Node{{Tag: "count", Attrs: waBinary.Attrs{"value": count}}}
	}
	if err := s.account.keys.upload(node); err != nil {
		s.faults = append(s.faults, err)
	}
	return nil
}

func (s *Server) giveKeys(wanted waBinary.Node) []waBinary.Node {
	var users []waBinary.Node
	for _, user := range wanted.GetChildren() {
		jid, _ := user.Attrs["jid"].(types.JID)
		p := s.find(jid)
		if p == nil {
			s.fault("the client wants the keys of a phone that is not there")
			continue
		}
		users = append(users, waBinary.Node{Tag: "user", Attrs: waBinary.Attrs{"jid": jid}, Content: p.bundleNodes()})
	}
	return []waBinary.Node{{Tag: "list", Content: users}}
}

// answerUsers says which devices users have, and their LID.
func (s *Server) answerUsers(node *waBinary.Node) []waBinary.Node {
	asked := node.GetChildByTag("usync", "list")
	var users []waBinary.Node
	for _, user := range asked.GetChildren() {
		jid, _ := user.Attrs["jid"].(types.JID)
		p := s.find(jid)
		if p == nil || !p.listed() {
			continue
		}
		devices := []waBinary.Node{{Tag: "device", Attrs: waBinary.Attrs{"id": "0"}}}
		if p == s.main {
			s.mu.Lock()
			devices = append(devices, waBinary.Node{Tag: "device", Attrs: waBinary.Attrs{"id": strconv.Itoa(int(s.account.device))}})
			s.mu.Unlock()
		}
		users = append(users, waBinary.Node{Tag: "user", Attrs: waBinary.Attrs{"jid": jid}, Content: []waBinary.Node{
			{Tag: "devices", Content: []waBinary.Node{{Tag: "device-list", Content: devices}}},
			{Tag: "lid", Attrs: waBinary.Attrs{"val": p.lid()}},
		}})
	}
	return []waBinary.Node{{Tag: "usync", Content: []waBinary.Node{{Tag: "list", Content: users}}}}
}

// answerPrivacy gives the settings of an account whose owner has changed none.
func answerPrivacy(node *waBinary.Node) []waBinary.Node {
	if node.Attrs["type"] != "get" {
		return nil
	}
	return []waBinary.Node{{Tag: "privacy", Content: []waBinary.Node{
		{Tag: "category", Attrs: waBinary.Attrs{"name": "readreceipts", "value": "all"}},
	}}}
}

// answerDevices unlinks the device, or goes on with a pairing by code.
func (s *Server) answerDevices(ctx context.Context, c *conn, node *waBinary.Node) []waBinary.Node {
	if reg, ok := node.GetOptionalChildByTag("link_code_companion_reg"); ok {
		return s.answerLinking(ctx, c, reg)
	}
	if _, ok := node.GetOptionalChildByTag("remove-companion-device"); ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.account.static = [32]byte{}
	}
	return nil
}

// Linked says whether the account has a linked device.
func (s *Server) Linked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account.static != [32]byte{}
}
