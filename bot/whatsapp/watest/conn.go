package watest

import (
	"bytes"
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/socket"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// conn is a client's connection.
type conn struct {
	ws *websocket.Conn
	in []byte // received and not read yet

	reads    uint32
	from, to cipher.AEAD

	mu     sync.Mutex
	writes uint32
}

// hello is the client's identity as decoded from its handshake.
type hello struct {
	static  [32]byte // its Noise key
	payload *waWa6.ClientPayload
}

// handshake agrees on keys with the client.
func (c *conn) handshake(ctx context.Context, me credentials) (hello, error) {
	if err := c.expect(ctx, socket.WAConnHeader); err != nil {
		return hello{}, err
	}
	n, err := newNoise(socket.WAConnHeader)
	if err != nil {
		return hello{}, err
	}
	var first waWa6.HandshakeMessage
	if err := c.readProto(ctx, &first); err != nil {
		return hello{}, err
	}
	ephemeral := keys.NewKeyPair()
	if err := c.greet(ctx, n, me, ephemeral, first.GetClientHello().GetEphemeral()); err != nil {
		return hello{}, err
	}
	var last waWa6.HandshakeMessage
	if err := c.readProto(ctx, &last); err != nil {
		return hello{}, err
	}
	h, err := finish(n, ephemeral, last.GetClientFinish())
	if err != nil {
		return hello{}, err
	}
	c.from, c.to, err = n.split()
	return h, err
}

// greet sends the server's keys and certificates.
func (c *conn) greet(ctx context.Context, n *noise, me credentials, ephemeral *keys.KeyPair, theirs []byte) error {
	n.mixHash(theirs)
	n.mixHash(ephemeral.Pub[:])
	if err := n.mixKey(ephemeral.Priv[:], theirs); err != nil {
		return err
	}
	static := n.seal(me.key.Pub[:])
	if err := n.mixKey(me.key.Priv[:], theirs); err != nil {
		return err
	}
	data, err := proto.Marshal(&waWa6.HandshakeMessage{ServerHello: &waWa6.HandshakeMessage_ServerHello{
		Ephemeral: ephemeral.Pub[:], Static: static, Payload: n.seal(me.chain),
	}})
	if err != nil {
		return fmt.Errorf("encode handshake: %w", err)
	}
	return c.writeFrame(ctx, data)
}

// finish learns who the client is.
func finish(n *noise, ephemeral *keys.KeyPair, m *waWa6.HandshakeMessage_ClientFinish) (h hello, err error) {
	static, err := n.open(m.GetStatic())
	if err != nil {
		return h, err
	}
	if len(static) != len(h.static) {
		return h, errors.New("the client's key has a wrong length")
	}
	h.static = [32]byte(static)
	if err := n.mixKey(ephemeral.Priv[:], static); err != nil {
		return h, err
	}
	payload, err := n.open(m.GetPayload())
	if err != nil {
		return h, err
	}
	h.payload = &waWa6.ClientPayload{}
	return h, proto.Unmarshal(payload, h.payload)
}

// receive waits for the client's next stanza.
func (c *conn) receive(ctx context.Context) (*waBinary.Node, error) {
	sealed, err := c.readFrame(ctx)
	if err != nil {
		return nil, err
	}
	data, err := c.from.Open(nil, nonce(c.reads), sealed, nil)
	if err != nil {
		return nil, fmt.Errorf("open stanza: %w", err)
	}
	c.reads++
	if data, err = waBinary.Unpack(data); err != nil {
		return nil, fmt.Errorf("unpack stanza: %w", err)
	}
	return waBinary.Unmarshal(data)
}

func (c *conn) send(ctx context.Context, node waBinary.Node) error {
	data, err := waBinary.Marshal(node)
	if err != nil {
		return fmt.Errorf("encode stanza: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	sealed := c.to.Seal(nil, nonce(c.writes), data, nil)
	c.writes++
	return c.writeFrame(ctx, sealed)
}

// goodbye is the time that a client has to read why it is sent away.
const goodbye = 200 * time.Millisecond

// dismiss sends a client away with a last stanza.
func (c *conn) dismiss(ctx context.Context, why waBinary.Node) {
	_ = c.send(ctx, why)
	time.AfterFunc(goodbye, c.close)
}

// close ends the connection without a goodbye, as a lost network does.
func (c *conn) close() { _ = c.ws.CloseNow() }

func (c *conn) readProto(ctx context.Context, m proto.Message) error {
	data, err := c.readFrame(ctx)
	if err != nil {
		return err
	}
	return proto.Unmarshal(data, m)
}

// readFrame reads data that follow their length in three bytes.
func (c *conn) readFrame(ctx context.Context) ([]byte, error) {
	head, err := c.take(ctx, socket.FrameLengthSize)
	if err != nil {
		return nil, err
	}
	return c.take(ctx, int(head[0])<<16|int(head[1])<<8|int(head[2]))
}

func (c *conn) expect(ctx context.Context, want []byte) error {
	got, err := c.take(ctx, len(want))
	if err == nil && !bytes.Equal(got, want) {
		err = errors.New("the client does not begin as a WhatsApp client does")
	}
	return err
}

func (c *conn) take(ctx context.Context, n int) ([]byte, error) {
	for len(c.in) < n {
		_, data, err := c.ws.Read(ctx)
		if err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		c.in = append(c.in, data...)
	}
	out := c.in[:n:n]
	c.in = c.in[n:]
	return out, nil
}

func (c *conn) writeFrame(ctx context.Context, data []byte) error {
	n := len(data)
	frame := append([]byte{byte(n >> 16), byte(n >> 8), byte(n)}, data...)
	return c.ws.Write(ctx, websocket.MessageBinary, frame)
}
