package watest

import (
	"cmp"
	"fmt"
	"maps"

	"go.mau.fi/libsignal/keys/prekey"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
)

// Text sends a text to the bot and gives the message's id.
func (p *Phone) Text(text string) (string, error) {
	return p.Send(&waE2E.Message{Conversation: &text})
}

// Reply sends a text that quotes a message of the bot.
func (p *Phone) Reply(quoted, text string) (string, error) {
	return p.Send(&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text:        &text,
		ContextInfo: &waE2E.ContextInfo{StanzaID: &quoted, QuotedMessage: &waE2E.Message{Conversation: new("…")}},
	}})
}

// Location shares a place.
func (p *Phone) Location(lat, lon float64) (string, error) {
	return p.Send(&waE2E.Message{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: &lat, DegreesLongitude: &lon}})
}

// Document sends a document.
func (p *Phone) Document(f File) (string, error) {
	m, err := p.documentMessage(f)
	if err != nil {
		return "", err
	}
	return p.Send(&waE2E.Message{DocumentMessage: m})
}

// Image sends a picture with a caption.
func (p *Phone) Image(f File, caption string) (string, error) {
	up, err := p.server.upload(kindImage, f.Data)
	if err != nil {
		return "", err
	}
	return p.Send(&waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		Mimetype: &f.Type, Caption: &caption, DirectPath: &up.path, MediaKey: up.key,
		FileEncSHA256: up.sealedHash, FileSHA256: up.hash, FileLength: f.length(),
	}})
}

// Better sends the sharp copy of a picture that was sent before, as phones do on their own.
func (p *Phone) Better(parent string, f File) (string, error) {
	up, err := p.server.upload(kindImage, f.Data)
	if err != nil {
		return "", err
	}
	return p.Send(Child(waE2E.MessageAssociation_HD_IMAGE_DUAL_UPLOAD, parent, &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		Mimetype: &f.Type, DirectPath: &up.path, MediaKey: up.key,
		FileEncSHA256: up.sealedHash, FileSHA256: up.hash, FileLength: f.length(),
	}}))
}

// Child makes a message one that belongs to an earlier one.
func Child(how waE2E.MessageAssociation_AssociationType, parent string, m *waE2E.Message) *waE2E.Message {
	m.MessageContextInfo = &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
		AssociationType: &how, ParentMessageKey: &waCommon.MessageKey{ID: &parent},
	}}
	return &waE2E.Message{AssociatedChildMessage: &waE2E.FutureProofMessage{Message: m}}
}

// Delete deletes a message for everyone.
func (p *Phone) Delete(id string) error {
	_, err := p.Send(&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: &waCommon.MessageKey{ID: &id, FromMe: new(true)},
	}})
	return err
}

func (p *Phone) documentMessage(f File) (*waE2E.DocumentMessage, error) {
	up, err := p.server.upload(kindDocument, f.Data)
	if err != nil {
		return nil, err
	}
	return &waE2E.DocumentMessage{
		FileName: &f.Name, Mimetype: &f.Type, DirectPath: &up.path, MediaKey: up.key,
		FileEncSHA256: up.sealedHash, FileSHA256: up.hash, FileLength: f.length(),
	}, nil
}

func (f File) length() *uint64 { return new(uint64(cmp.Or(f.Claims, len(f.Data)))) }

// Send sends any message to the bot and gives its id.
func (p *Phone) Send(m *waE2E.Message) (string, error) {
	kind := "text"
	if m.DocumentMessage != nil || m.ImageMessage != nil || m.LocationMessage != nil || m.LiveLocationMessage != nil || m.StickerMessage != nil {
		kind = "media"
	}
	return p.send(m, waBinary.Attrs{"type": kind, "notify": p.cfg.Name})
}

// SendTo is Send with attributes of the stanza changed, such as from for a group.
func (p *Phone) SendTo(m *waE2E.Message, attrs waBinary.Attrs) (string, error) {
	return p.send(m, attrs)
}

func (p *Phone) send(m *waE2E.Message, attrs waBinary.Attrs) (string, error) {
	plain, err := proto.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("encode message: %w", err)
	}
	id := p.server.newID()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent[id] = &sentMessage{plain: plain, attrs: attrs}
	return id, p.transmit(id, 0, nil)
}

// transmit encrypts a message and hands it to the server. count is how often the
// bot has asked for it again, with a bundle of keys or without. The caller holds
// the mutex, so that messages leave in the order in which they were encrypted.
func (p *Phone) transmit(id string, count int, bundle *prekey.Bundle) error {
	message := p.sent[id]
	get := func() *prekey.Bundle {
		if bundle != nil {
			return bundle
		}
		return p.server.botBundle()
	}
	kind, sealed, err := p.keys.encrypt(p.server.ctx, message.plain, get, count > 0)
	if err != nil {
		return fmt.Errorf("send a message: %w", err)
	}
	if p.garbled > 0 {
		p.garbled--
		sealed[len(sealed)-1] ^= 0xff
	}
	enc := waBinary.Node{Tag: "enc", Attrs: waBinary.Attrs{"v": "2", "type": kind}, Content: sealed}
	if count > 0 {
		enc.Attrs["count"] = count
	}
	attrs := p.from(waBinary.Attrs{"id": id, "t": p.server.seconds()})
	maps.Copy(attrs, message.attrs)
	p.server.push(waBinary.Node{Tag: "message", Attrs: attrs, Content: []waBinary.Node{enc}})
	return nil
}

// botBundle gives keys to begin a session with the bot's device.
func (s *Server) botBundle() *prekey.Bundle {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account.keys.bundle(s.account.device)
}

// Read tells the bot that a message of its was read.
func (p *Phone) Read(id string) { p.tell(id, "read") }

// tell sends a receipt for a message of the bot.
func (p *Phone) tell(id, kind string, content ...waBinary.Node) {
	attrs := waBinary.Attrs{"id": id, "t": p.server.seconds(), "from": p.lid()}
	if kind != "" {
		attrs["type"] = kind
	}
	node := waBinary.Node{Tag: "receipt", Attrs: attrs}
	if len(content) > 0 {
		node.Content = content
	}
	p.server.push(node)
}
