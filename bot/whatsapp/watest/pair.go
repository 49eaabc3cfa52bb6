package watest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// refs is the number of QR codes that a client is given, one after the other.
const refs = 6

// ErrNobodyPairs says that no client shows this code.
var ErrNobodyPairs = errors.New("watest: no client shows this code")

// pairing is a client that waits to be linked.
type pairing struct {
	conn  *conn
	hello hello
	refs  []string
	link  *linking // set while it is linked by a code that is typed
	done  bool     // the phone has agreed; the client has to confirm
}

// register gives a client what its QR codes are made of.
func (s *Server) register(ctx context.Context, c *conn, h hello) error {
	p := &pairing{conn: c, hello: h}
	nodes := make([]waBinary.Node, refs)
	for i := range nodes {
		p.refs = append(p.refs, "ref-"+s.newID())
		nodes[i] = waBinary.Node{Tag: "ref", Content: []byte(p.refs[i])}
	}
	s.mu.Lock()
	s.pairing = p
	s.mu.Unlock()
	return c.send(ctx, waBinary.Node{
		Tag:     "iq",
		Attrs:   waBinary.Attrs{"from": types.ServerJID, "type": "set", "id": s.newID(), "xmlns": "md"},
		Content: []waBinary.Node{{Tag: "pair-device", Content: nodes}},
	})
}

// Scan links the client that shows a QR code, as the owner of the account does with
// the main phone. Error: [ErrNobodyPairs].
func (s *Server) Scan(ctx context.Context, code string) error {
	_, data, _ := strings.Cut(code, "#")
	parts := strings.Split(data, ",")
	if len(parts) != 5 {
		return fmt.Errorf("the QR code has %d parts, not 5", len(parts))
	}
	var raw [3][]byte
	for i := range raw {
		var err error
		if raw[i], err = base64.StdEncoding.DecodeString(parts[i+1]); err != nil {
			return fmt.Errorf("part %d of the QR code: %w", i+2, err)
		}
	}
	s.mu.Lock()
	p := s.pairing
	s.mu.Unlock()
	if p == nil || !slices.Contains(p.refs, parts[0]) || string(p.hello.static[:]) != string(raw[0]) {
		return ErrNobodyPairs
	}
	return s.agree(ctx, p, raw[1], raw[2])
}

// agree tells the client that the phone has linked it. secret proves to the client
// that it was the phone that saw its code.
func (s *Server) agree(ctx context.Context, p *pairing, identity, secret []byte) error {
	signed, err := s.vouch(identity)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(signed)
	box, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentityHMAC{Details: signed, HMAC: mac.Sum(nil)})
	if err != nil {
		return fmt.Errorf("encode device identity: %w", err)
	}
	s.mu.Lock()
	s.account = account{device: s.account.device + 1, static: p.hello.static, taken: map[string]bool{}}
	s.account.keys.register(p.hello.payload.GetDevicePairingData())
	p.done = true
	jid, lid := s.number(), s.lid()
	s.mu.Unlock()
	s.main.forget()
	return p.conn.send(ctx, waBinary.Node{
		Tag:   "iq",
		Attrs: waBinary.Attrs{"from": types.ServerJID, "type": "set", "id": s.newID(), "xmlns": "md", "t": s.seconds()},
		Content: []waBinary.Node{{Tag: "pair-success", Content: []waBinary.Node{
			{Tag: "device-identity", Content: box},
			{Tag: "device", Attrs: waBinary.Attrs{"jid": jid, "lid": lid}},
			{Tag: "platform", Attrs: waBinary.Attrs{"name": "android"}},
		}}},
	})
}

// vouch signs, with the main phone's key, that a device belongs to the account.
func (s *Server) vouch(identity []byte) ([]byte, error) {
	details, err := proto.Marshal(&waAdv.ADVDeviceIdentity{
		RawID: proto.Uint32(1), Timestamp: new(uint64(s.seconds())), KeyIndex: proto.Uint32(1),
	})
	if err != nil {
		return nil, fmt.Errorf("encode device: %w", err)
	}
	key := s.main.keys.GetIdentityKeyPair()
	public := key.PublicKey().PublicKey().PublicKey()
	signature := ecc.CalculateSignature(key.PrivateKey(), slices.Concat(whatsmeow.AdvAccountSignaturePrefix, details, identity))
	signed, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentity{
		Details: details, AccountSignatureKey: public[:], AccountSignature: signature[:],
	})
	if err != nil {
		return nil, fmt.Errorf("encode signed device: %w", err)
	}
	return signed, nil
}

// confirmed ends a pairing: the client has to log in now. The main phone greets the
// new device, so that they have a session, as real ones do.
func (s *Server) confirmed(ctx context.Context, c *conn) {
	_ = c.send(ctx, waBinary.Node{Tag: "stream:error", Attrs: waBinary.Attrs{"code": "515"}})
	if err := s.main.greet(); err != nil {
		s.fault("greet the new device: %w", err)
	}
}
