package watest

import (
	"crypto/rand"
	"fmt"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waMmsRetry"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"google.golang.org/protobuf/proto"
)

// notOnPhone is the code of an answer that the phone has lost the media too.
const notOnPhone = 2

// Lose makes the phone of the account forget all media: what has expired is gone
// for good.
func (s *Server) Lose() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.media = map[string][]byte{}
}

// reupload has the account's phone upload the media of a message again.
func (s *Server) reupload(id string, receipt *waBinary.Node) {
	rmr := receipt.GetChildByTag("rmr")
	jid, _ := rmr.Attrs["jid"].(types.JID)
	node := waBinary.Node{
		Tag:     "notification",
		Attrs:   waBinary.Attrs{"from": s.main.number(), "type": "mediaretry", "id": id, "t": s.seconds()},
		Content: []waBinary.Node{{Tag: "rmr", Attrs: waBinary.Attrs{"jid": jid, "from_me": "false"}}},
	}
	content, err := s.findAgain(jid, id)
	switch {
	case err != nil:
		s.fault("upload media again: %w", err)
		return
	case content == nil:
		content = []waBinary.Node{{Tag: "error", Attrs: waBinary.Attrs{"code": notOnPhone}}}
	}
	node.Content = append(content, node.GetChildren()...)
	s.push(node)
}

// findAgain gives the encrypted news of where the media are now; nil if the phone
// has lost them.
func (s *Server) findAgain(chat types.JID, id string) ([]waBinary.Node, error) {
	p := s.find(chat)
	if p == nil {
		return nil, nil
	}
	path, key, err := p.mediaOf(id)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	sealed, ok := s.media[expired+token(path)]
	s.mu.Unlock()
	if !ok {
		return nil, nil
	}
	path = s.keep(sealed)
	news, err := proto.Marshal(&waMmsRetry.MediaRetryNotification{
		StanzaID: &id, DirectPath: &path, Result: waMmsRetry.MediaRetryNotification_SUCCESS.Enum(),
	})
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	iv := make([]byte, 12)
	if _, err := rand.Read(iv); err != nil {
		return nil, err
	}
	secret := hkdfutil.SHA256(key, nil, []byte("WhatsApp Media Retry Notification"), 32)
	box, err := gcmutil.Encrypt(secret, iv, news, []byte(id))
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return []waBinary.Node{{Tag: "encrypt", Content: []waBinary.Node{{Tag: "enc_p", Content: box}, {Tag: "enc_iv", Content: iv}}}}, nil
}

// mediaOf gives where the media of a sent message were, and their key.
func (p *Phone) mediaOf(id string) (path string, key []byte, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	sent := p.sent[id]
	if sent == nil {
		return "", nil, nil
	}
	m := &waE2E.Message{}
	if err := proto.Unmarshal(sent.plain, m); err != nil {
		return "", nil, fmt.Errorf("decode message: %w", err)
	}
	if d := m.GetDocumentMessage(); d != nil {
		return d.GetDirectPath(), d.GetMediaKey(), nil
	}
	return m.GetImageMessage().GetDirectPath(), m.GetImageMessage().GetMediaKey(), nil
}
