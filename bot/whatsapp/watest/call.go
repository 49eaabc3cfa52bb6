package watest

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Call rings the bot, and gives the call's id.
func (p *Phone) Call() string {
	id := p.server.newID()
	p.server.push(waBinary.Node{
		Tag:   "call",
		Attrs: waBinary.Attrs{"from": p.lid(), "id": p.server.newID(), "t": p.server.seconds(), "platform": "android", "version": "2"},
		Content: []waBinary.Node{{Tag: "offer", Attrs: waBinary.Attrs{
			"call-id": id, "call-creator": p.lid(), "caller_pn": p.number(),
		}}},
	})
	return id
}

// Rejected gives the ids of the calls that the bot has rejected.
func (p *Phone) Rejected() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.rejected...)
}

func (s *Server) handleCall(node *waBinary.Node) {
	to, _ := node.Attrs["to"].(types.JID)
	reject := node.GetChildByTag("reject")
	p := s.find(to)
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	id, _ := reject.Attrs["call-id"].(string)
	p.rejected = append(p.rejected, id)
	p.happened()
}

// WriteTo has somebody write to a person on this phone, which must be the account's own.
func (p *Phone) WriteTo(to *Phone, text string) error {
	m := &waE2E.Message{Conversation: &text}
	if _, err := proto.Marshal(m); err != nil {
		return err
	}
	_, err := p.send(&waE2E.Message{DeviceSentMessage: &waE2E.DeviceSentMessage{
		DestinationJID: new(to.lid().String()), Message: m,
	}}, waBinary.Attrs{"type": "text", "recipient": to.lid()})
	return err
}
