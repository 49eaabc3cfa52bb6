package watest

import (
	"context"
	"encoding/binary"
	"fmt"

	"go.mau.fi/libsignal/keys/prekey"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// handleMessage takes a message of the client to its recipients' phones.
func (s *Server) handleMessage(ctx context.Context, c *conn, node *waBinary.Node) {
	id, _ := node.Attrs["id"].(string)
	r := s.ruled()
	if r.messages != 0 {
		s.answerMessage(ctx, c, node, r.messages)
		return
	}
	if to, _ := node.Attrs["to"].(types.JID); s.forbids(to) {
		s.answerMessage(ctx, c, node, 463)
		return
	}
	s.mu.Lock()
	_, again := node.Attrs["device_fanout"] // sent again because the phone asked for it
	passed := s.account.taken[id] && !again
	s.account.taken[id] = true
	s.mu.Unlock()
	if !passed {
		s.deliver(id, node)
	}
	if !r.silent && !r.mute {
		s.answerMessage(ctx, c, node, 0)
	}
}

func (s *Server) answerMessage(ctx context.Context, c *conn, node *waBinary.Node, code int) {
	attrs := waBinary.Attrs{"class": "message", "id": node.Attrs["id"], "from": node.Attrs["to"], "t": s.seconds()}
	if code != 0 {
		attrs["error"] = code
	}
	_ = c.send(ctx, waBinary.Node{Tag: "ack", Attrs: attrs})
}

// deliver gives each recipient his part of the message.
func (s *Server) deliver(id string, node *waBinary.Node) {
	if enc, ok := node.GetOptionalChildByTag("enc"); ok {
		jid, _ := node.Attrs["to"].(types.JID)
		s.hand(id, jid, enc)
		return
	}
	all := node.GetChildByTag("participants")
	for _, to := range all.GetChildren() {
		jid, _ := to.Attrs["jid"].(types.JID)
		s.hand(id, jid, to.GetChildByTag("enc"))
	}
}

func (s *Server) hand(id string, to types.JID, enc waBinary.Node) {
	p := s.find(to)
	if p == nil {
		s.fault("the client wrote to a phone that is not there")
		return
	}
	if err := p.hear(id, enc); err != nil {
		s.fault("phone: %w", err)
	}
}

// hear decrypts a message and shows it, once.
func (p *Phone) hear(id string, enc waBinary.Node) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen[id] {
		return nil
	}
	kind, _ := enc.Attrs["type"].(string)
	sealed, _ := enc.Content.([]byte)
	plain, err := p.keys.decrypt(p.server.ctx, kind, sealed)
	if err != nil {
		p.unread++
		p.askAgain(id)
		return nil // a phone that cannot read a message asks for it again
	}
	m := &waE2E.Message{}
	if err := proto.Unmarshal(plain, m); err != nil {
		return fmt.Errorf("decode message: %w", err)
	}
	p.seen[id] = true
	if p == p.server.main {
		return p.hearOwn(m)
	}
	r, err := p.read(id, m)
	if err != nil {
		return err
	}
	p.received = append(p.received, r)
	if p.cfg.Shown != nil {
		p.cfg.Shown(r)
	}
	p.happened()
	if !p.quiet {
		p.tell(id, "")
	}
	return nil
}

// read makes of a message what the phone shows, its file downloaded.
func (p *Phone) read(id string, m *waE2E.Message) (Received, error) {
	r := Received{ID: id, At: p.server.cfg.Now(), Raw: m, Text: m.GetConversation()}
	info := m.GetExtendedTextMessage().GetContextInfo()
	if x := m.GetExtendedTextMessage(); x != nil {
		r.Text = x.GetText()
	}
	if inner := m.GetDocumentWithCaptionMessage().GetMessage(); inner != nil {
		m = inner
	}
	if d := m.GetDocumentMessage(); d != nil {
		r.Text, info = d.GetCaption(), d.GetContextInfo()
		data, err := p.server.download(kindDocument, d.GetDirectPath(), d.GetMediaKey())
		if err != nil {
			return r, err
		}
		r.File = &File{Name: d.GetFileName(), Type: d.GetMimetype(), Data: data}
	}
	r.Quoted = info.GetStanzaID()
	return r, nil
}

// askAgain asks the bot to encrypt a message anew, with fresh keys.
func (p *Phone) askAgain(id string) {
	once, err := p.keys.offer(p.server.ctx)
	if err != nil {
		p.server.fault("phone: %w", err)
		return
	}
	identity := p.keys.GetIdentityKeyPair().PublicKey().PublicKey().PublicKey()
	signed := publicKey{id: p.keys.signedKey.ID(), value: p.keys.signedKey.KeyPair().PublicKey().PublicKey(), signature: p.keys.signedKey.Signature()}
	p.tell(id, "retry",
		waBinary.Node{Tag: "retry", Attrs: waBinary.Attrs{"count": "1", "id": id, "t": p.server.seconds(), "v": "1"}},
		waBinary.Node{Tag: "registration", Content: binary.BigEndian.AppendUint32(nil, p.keys.GetLocalRegistrationID())},
		waBinary.Node{Tag: "keys", Content: []waBinary.Node{
			{Tag: "type", Content: []byte{5}},
			{Tag: "identity", Content: identity[:]},
			keyNode("key", once),
			keyNode("skey", signed),
		}},
	)
}

// handleReceipt takes a receipt of the client to whom it is for.
func (s *Server) handleReceipt(ctx context.Context, c *conn, node *waBinary.Node) {
	s.acknowledged(node)
	id, _ := node.Attrs["id"].(string)
	to, _ := node.Attrs["to"].(types.JID)
	kind, _ := node.Attrs["type"].(string)
	_ = c.send(ctx, waBinary.Node{Tag: "ack", Attrs: waBinary.Attrs{"class": "receipt", "id": id, "from": to, "type": kind}})
	if kind == "server-error" {
		s.reupload(id, node)
		return
	}
	p := s.find(to)
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if kind == "inactive" {
		kind = ""
	}
	p.receipts[id] = append(p.receipts[id], kind)
	p.happened()
	if kind == "retry" {
		p.again(id, node)
	}
}

// again sends a message anew that the bot could not read.
func (p *Phone) again(id string, receipt *waBinary.Node) {
	retry := receipt.GetChildByTag("retry")
	count := retry.AttrGetter().OptionalInt("count")
	if p.sent[id] == nil || count == 0 {
		return
	}
	var bundle *prekey.Bundle
	if _, ok := receipt.GetOptionalChildByTag("keys"); ok {
		var err error
		if bundle, err = retryBundle(receipt, p.server.account.device); err != nil {
			p.server.fault("phone: %w", err)
			return
		}
	}
	if err := p.transmit(id, count, bundle); err != nil {
		p.server.fault("phone: %w", err)
	}
}

func (s *Server) handlePresence(node *waBinary.Node) {
	to, _ := node.Attrs["to"].(types.JID)
	_, composing := node.GetOptionalChildByTag("composing")
	p := s.find(to)
	if p == nil || !composing {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.typing++
	p.happened()
}
