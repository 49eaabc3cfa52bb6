package watest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"

	"izinbot/bot/whatsapp/internal/liblog"
)

// Config configures a server.
type Config struct {
	// Now is the server's clock; required. The client checks certificates by its
	// own clock, so this one must be near it.
	Now func() time.Time
	// Root signs the server's certificates; default: a new key. Servers that run
	// side by side need the same one, since the client trusts only one.
	Root *keys.KeyPair
	// Quick has a client that was just linked upload 50 keys instead of 812, each of
	// which costs it a write to the disk.
	Quick bool
	// Number is the phone number of the bot's account; default 620000000001.
	Number string
}

// Server is a WhatsApp server with one account that bots can be linked to.
type Server struct {
	cfg  Config
	me   credentials
	http *httptest.Server
	main *Phone

	ctx  context.Context //nolint:containedctx // the life of the server, for what phones do by themselves
	stop context.CancelFunc

	mu      sync.Mutex
	phones  []*Phone
	account account
	pairing *pairing // a client that waits to be linked
	media   map[string][]byte
	mediaID int
	ids     int
	rules   rules
	faults  []error
}

// Start starts a server.
func Start(cfg Config) (*Server, error) {
	if cfg.Now == nil {
		return nil, errors.New("watest: Now is required")
	}
	liblog.Signal()
	if cfg.Number == "" {
		cfg.Number = "620000000001"
	}
	if cfg.Root == nil {
		cfg.Root = keys.NewKeyPair()
	}
	me, err := newCredentials(cfg.Root)
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, me: me, media: map[string][]byte{}}
	s.ctx, s.stop = context.WithCancel(context.Background())
	if s.main, err = s.AddPhone(PhoneConfig{Number: cfg.Number, Name: "Kantor CONTOH"}); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/ws/chat", s.serveChat)
	mux.HandleFunc("POST /mms/{kind}/{token}", s.serveUpload)
	mux.HandleFunc("GET /media/{token}", s.serveDownload)
	s.http = httptest.NewTLSServer(mux)
	return s, nil
}

// Close ends the server and every connection.
func (s *Server) Close() {
	s.stop()
	s.Drop()
	s.http.Close()
}

// Root is the key that signs the server's certificates.
func (s *Server) Root() [32]byte { return *s.me.root.Pub }

// Main is the phone of the bot's account.
func (s *Server) Main() *Phone { return s.main }

// HTTPClient gives a client that finds this server behind every host name.
func (s *Server) HTTPClient() *http.Client { return HTTPClient(s.Address(), s.Certificate()) }

// Address is the address of the server, and Certificate what a client must trust to
// believe it: for clients in other processes, with [HTTPClient].
func (s *Server) Address() string { return s.http.Listener.Addr().String() }

// Certificate is of the server's TLS, in PEM.
func (s *Server) Certificate() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.http.Certificate().Raw})
}

// HTTPClient gives a client that finds the server at an address behind every host
// name.
func HTTPClient(address string, certificate []byte) *http.Client {
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(certificate)
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: trusted, ServerName: "example.com", MinVersion: tls.VersionTLS13}, // of a test server
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, address)
		},
	}}
}

// Faults gives what went wrong at the server or at a phone, such as a stanza that
// it does not know. A test ends well only without any.
func (s *Server) Faults() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.faults...)
}

func (s *Server) fault(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, fmt.Errorf(format, args...))
}

func (s *Server) serveChat(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		s.fault("accept a connection: %w", err)
		return
	}
	ws.SetReadLimit(-1)
	c := &conn{ws: ws}
	defer c.close()
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	h, err := c.handshake(ctx, s.me) //nolint:contextcheck // a connection outlives its request
	if err != nil {
		return // the client went away; a wrong handshake shows in the client
	}
	admitted := s.admit(ctx, c, h) //nolint:contextcheck // a connection outlives its request
	defer s.leave(c)
	for {
		node, err := c.receive(ctx) //nolint:contextcheck // a connection outlives its request
		if err != nil {
			return
		}
		if admitted {
			s.handle(ctx, c, node) //nolint:contextcheck // a connection outlives its request
		}
	}
}

// admit lets a client in, as the account's device or as one that wants to be.
func (s *Server) admit(ctx context.Context, c *conn, h hello) bool {
	if h.payload.GetDevicePairingData() != nil {
		return s.register(ctx, c, h) == nil
	}
	return s.login(ctx, c, h)
}

func (s *Server) leave(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.account.conn == c {
		s.account.conn, s.account.active = nil, false
	}
	if s.pairing != nil && s.pairing.conn == c {
		s.pairing = nil
	}
}

func (s *Server) handle(ctx context.Context, c *conn, node *waBinary.Node) {
	switch node.Tag {
	case "iq":
		s.handleIQ(ctx, c, node)
	case "message":
		s.handleMessage(ctx, c, node)
	case "receipt":
		s.handleReceipt(ctx, c, node)
	case "ack":
		s.acknowledged(node)
	case "chatstate", "presence":
		s.handlePresence(node)
	case "call":
		s.handleCall(node)
	case "ib":
	default:
		s.fault("the client sent a %q, which is not known", node.Tag)
	}
}

// newID gives an id that was never given.
func (s *Server) newID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids++
	return fmt.Sprintf("3A%018X", s.ids)
}

func (s *Server) seconds() int64 { return s.cfg.Now().Unix() }

// answer makes the result of a query.
func answer(node *waBinary.Node, content ...waBinary.Node) waBinary.Node {
	out := waBinary.Node{Tag: "iq", Attrs: waBinary.Attrs{
		"from": types.ServerJID, "id": node.Attrs["id"], "type": "result",
	}}
	if len(content) > 0 {
		out.Content = content
	}
	return out
}
