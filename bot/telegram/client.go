package telegram

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"izinbot/bot/telegram/nearby"
)

const (
	// connections is how many connections to the server are kept open; the
	// standard two would make most calls of a busy bot open one of their own.
	connections = 256
	// callTime bounds a call without files.
	callTime = 20 * time.Second
)

// newClient gives a client for a Bot API server, without a time limit of its own:
// every call brings one.
func newClient(server string) *http.Client {
	return &http.Client{Transport: newTransport(server), CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the path holds the token, which is for this server alone
	}}
}

// newTransport takes the quick way to a server that is reached without TLS and
// without a proxy, as one of the office's own is.
func newTransport(server string) http.RoundTripper {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		t = &http.Transport{}
	}
	t = t.Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, connections
	u, err := url.Parse(server)
	if err != nil || u.Scheme != "http" {
		return t
	}
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u}); err != nil || proxy != nil {
		return t
	}
	return &nearby.Transport{Fallback: t}
}

// watched gives a context that notes whether a request made under it was written to
// its end, so that the server may have got it. Of half a request it makes nothing.
func watched(ctx context.Context) (context.Context, *atomic.Bool) {
	var written atomic.Bool
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(w httptrace.WroteRequestInfo) {
		if w.Err == nil {
			written.Store(true)
		}
	}}), &written
}
