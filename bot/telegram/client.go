package telegram

import (
	"crypto/tls"
	"net/http"
	"time"
)

const (
	// connections is the number of connections to the server kept open; the
	// standard two would make most calls of a busy bot open one of their own.
	connections = 256
	// idleTime is the time that a connection is kept without use.
	idleTime = time.Minute
	// callTime bounds a call without files.
	callTime = 20 * time.Second
)

// tlsConfig lets a connection resume the session of an earlier one, which saves most
// of a handshake.
func tlsConfig() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(0)}
}

// newClient returns the HTTP client of the calls that carry a file, and of all calls
// where [newPool] returns nil. It has no time limit: every call brings one. It adds
// HTTP/2 to cfg, which must not be shared.
func newClient(cfg *tls.Config) *http.Client {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		t = &http.Transport{}
	}
	t = t.Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.IdleConnTimeout = 0, connections, idleTime
	t.TLSClientConfig = cfg
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the path holds the token, which is for this server alone
	}}
}

// closeIdle closes the connections that no call uses.
func (c *Channel) closeIdle() {
	c.client.CloseIdleConnections()
	if c.pool != nil {
		c.pool.conns.CloseIdleConnections()
	}
}
