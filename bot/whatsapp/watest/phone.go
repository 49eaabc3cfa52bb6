package watest

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// Shows is by what a person is known to those he writes to.
type Shows int

// The ways.
const (
	ShowsLIDAndNumber Shows = iota // writes from a LID, the number is told too
	ShowsLID                       // writes from a LID; the number is hidden
	ShowsNumber                    // writes from a number that has no known LID
	ShowsNumberAndLID              // writes from a number, the LID is told too
)

// PhoneConfig is whose phone it is.
type PhoneConfig struct {
	Number string // digits, with the country's first
	LID    string // digits; default: "9" and the number
	Name   string
	Shows  Shows
	// Shown is told of each message before the bot is told that it arrived. It must
	// not call the phone. Nil: nobody is told.
	Shown func(Received)
}

// Phone is somebody's phone. It is safe for concurrent use.
type Phone struct {
	cfg    PhoneConfig
	server *Server

	mu        sync.Mutex
	keys      *signalKeys
	received  []Received
	seen      map[string]bool         // ids of what was received
	sent      map[string]*sentMessage // by id
	receipts  map[string][]string     // what the bot told of sent messages, by id
	requested []*waCommon.MessageKey  // of the linked device, for messages that it could not read
	rejected  []string                // calls, by id
	typing    int
	garbled   int // so many of the next messages are broken on their way
	unread    int // messages that could not be read when they came
	quiet     bool
	unlisted  bool
	changed   chan struct{} // closed when anything above changes
}

// sentMessage is kept to be sent again when the bot could not read it.
type sentMessage struct {
	plain []byte
	attrs waBinary.Attrs
}

// Received is a message from the bot, as the phone shows it.
type Received struct {
	ID     string
	At     time.Time
	Text   string // a document's caption too
	Quoted string // id of the message that it answers
	File   *File
	Raw    *waE2E.Message
}

// File is a document or a picture.
type File struct {
	Name, Type string
	Data       []byte
	Claims     int // length that the message tells; 0: the true one
}

// AddPhone makes a phone that is in the network from now on.
func (s *Server) AddPhone(cfg PhoneConfig) (*Phone, error) {
	if cfg.LID == "" {
		cfg.LID = "9" + cfg.Number
	}
	keys, err := newSignalKeys()
	if err != nil {
		return nil, err
	}
	p := &Phone{
		cfg: cfg, server: s, keys: keys, seen: map[string]bool{}, sent: map[string]*sentMessage{},
		receipts: map[string][]string{}, changed: make(chan struct{}),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phones = append(s.phones, p)
	return p, nil
}

// find gives the phone of a number or a LID, or nil.
func (s *Server) find(jid types.JID) *Phone {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.phones {
		if jid.User == p.cfg.Number && jid.Server == types.DefaultUserServer || jid.User == p.cfg.LID && jid.Server == types.HiddenUserServer {
			return p
		}
	}
	return nil
}

func (p *Phone) number() types.JID { return types.NewJID(p.cfg.Number, types.DefaultUserServer) }

func (p *Phone) lid() types.JID { return types.NewJID(p.cfg.LID, types.HiddenUserServer) }

// Show changes by what the person is known from now on.
func (p *Phone) Show(how Shows) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cfg.Shows = how
}

// Leave ends the person's account: its number may become somebody else's.
func (p *Phone) Leave() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.phones = slices.DeleteFunc(p.server.phones, func(o *Phone) bool { return o == p })
}

// Unlist has those who look the person up from now on find nobody.
func (p *Phone) Unlist() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unlisted = true
}

func (p *Phone) listed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.unlisted
}

// from adds to a stanza's attributes whom it is from.
func (p *Phone) from(attrs waBinary.Attrs) waBinary.Attrs {
	switch p.cfg.Shows {
	case ShowsLIDAndNumber:
		attrs["from"], attrs["sender_pn"] = p.lid(), p.number()
	case ShowsLID:
		attrs["from"] = p.lid()
	case ShowsNumber:
		attrs["from"] = p.number()
	case ShowsNumberAndLID:
		attrs["from"], attrs["sender_lid"] = p.number(), p.lid()
	}
	return attrs
}

// Reinstall loses the keys of the session with the bot: what it encrypted before
// cannot be read any more.
func (p *Phone) Reinstall() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys.forget()
}

// forget is Reinstall for a new device of the account.
func (p *Phone) forget() { p.Reinstall() }

// Garble breaks so many of the next messages on their way to the bot.
func (p *Phone) Garble(messages int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.garbled = messages
}

// Quiet keeps the phone from telling that messages reached it.
func (p *Phone) Quiet(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.quiet = on
}

// bundleNodes are the keys that a session with the phone begins with.
func (p *Phone) bundleNodes() []waBinary.Node {
	p.mu.Lock()
	defer p.mu.Unlock()
	once, err := p.keys.offer(p.server.ctx)
	if err != nil {
		p.server.fault("phone: %w", err)
		return nil
	}
	identity := p.keys.GetIdentityKeyPair().PublicKey().PublicKey().PublicKey()
	signed := publicKey{id: p.keys.signedKey.ID(), value: p.keys.signedKey.KeyPair().PublicKey().PublicKey(), signature: p.keys.signedKey.Signature()}
	return []waBinary.Node{
		{Tag: "registration", Content: binary.BigEndian.AppendUint32(nil, p.keys.GetLocalRegistrationID())},
		{Tag: "type", Content: []byte{5}},
		{Tag: "identity", Content: identity[:]},
		keyNode("key", once),
		keyNode("skey", signed),
	}
}

// Inbox gives all that the phone has received.
func (p *Phone) Inbox() []Received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Received(nil), p.received...)
}

// Unread counts the messages that the phone could not read, and had to ask
// for again.
func (p *Phone) Unread() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.unread
}

// Typing counts how often the bot was seen typing.
func (p *Phone) Typing() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.typing
}

// Receipts gives what the bot told of a message: "" for received, "read", "retry".
func (p *Phone) Receipts(id string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.receipts[id]...)
}

// Wait waits until cond, which is asked whenever something happens on the phone.
func (p *Phone) Wait(ctx context.Context, cond func() bool) error {
	for {
		p.mu.Lock()
		changed := p.changed
		p.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for a phone: %w", ctx.Err())
		}
	}
}

// WaitText waits for a received message with a text in it and gives the first one,
// of those from the n-th on.
func (p *Phone) WaitText(ctx context.Context, n int, text string) (Received, error) {
	var found Received
	err := p.Wait(ctx, func() bool {
		inbox := p.Inbox()
		for _, m := range inbox[min(n, len(inbox)):] {
			if strings.Contains(m.Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("%w: no message with %q", err, text)
	}
	return found, nil
}

// happened wakes those who wait. The caller holds the mutex.
func (p *Phone) happened() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// greet tells a new device of the account's own phone that the phone knows it.
func (p *Phone) greet() error {
	_, err := p.send(&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC.Enum(),
		InitialSecurityNotificationSettingSync: &waE2E.InitialSecurityNotificationSettingSync{
			SecurityNotificationEnabled: new(true),
		},
	}}, waBinary.Attrs{"type": "text", "category": "peer"})
	return err
}
