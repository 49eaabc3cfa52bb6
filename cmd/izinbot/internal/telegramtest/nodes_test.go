package telegramtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/store"
)

// sharedSecret is the webhook's secret, which nodes must share.
const sharedSecret = "CONTOH-rahasia-webhook"

// dataAt opens records in a MongoDB database, and files beside the node; without a
// database all is where it is by default.
func dataAt(uri string) func(context.Context, storage.Config) (*storage.Data, error) {
	if uri == "" {
		return nil
	}
	return func(ctx context.Context, place storage.Config) (*storage.Data, error) {
		records, err := mongostore.Open(ctx, uri, mongostore.Options{})
		if err != nil {
			return nil, err
		}
		files, err := filestore.Open(filepath.Join(place.Dir, "files")) //nolint:contextcheck // it takes none
		if err != nil {
			return nil, errors.Join(err, records.Close()) //nolint:contextcheck // it takes none
		}
		return &storage.Data{Store: records, Files: files}, nil
	}
}

// balancer hands webhook deliveries to nodes in turn, as what stands before several
// nodes does. One that does not answer gets none for a while.
type balancer struct {
	client http.Client

	mu    sync.Mutex
	nodes []string
	next  int
	down  map[string]time.Time // until when
}

func startBalancer(t *testing.T, nodes ...string) (url string) {
	t.Helper()
	b := &balancer{nodes: nodes, down: map[string]time.Time{}, client: http.Client{Timeout: 3 * time.Second}}
	ln, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it lives until the test ends
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: b, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(ln) }()
	t.Cleanup(func() { _ = server.Close() })
	return "http://" + ln.Addr().String() + "/telegram"
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	node := b.pick()
	req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "http://"+node+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	req.Header.Set(telegram.SecretHeader, r.Header.Get(telegram.SecretHeader))
	resp, err := b.client.Do(req)
	if err != nil {
		b.mu.Lock()
		b.down[node] = time.Now().Add(2 * time.Second)
		b.mu.Unlock()
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	_ = resp.Body.Close()
	w.WriteHeader(resp.StatusCode)
}

func (b *balancer) pick() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.nodes {
		b.next++
		if node := b.nodes[b.next%len(b.nodes)]; time.Now().After(b.down[node]) {
			return node
		}
	}
	return b.nodes[b.next%len(b.nodes)]
}

// waitActive waits until a node other than gone is active, and gives its lease.
func waitActive(t *testing.T, s store.Leases, gone string) (took time.Duration, l store.Lease) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		l, err := s.Lease(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		took = time.Since(began)
		if l.Holder != "" && l.Holder != gone {
			return took, l
		}
		if took > time.Minute {
			t.Fatalf("after a minute the lease is %+v", l)
		}
	}
}

// heard gives the first lines of what a person was told, each once, in the order in
// which they came first, and how many came again.
func heard(p *tgtest.Person) (lines []string, again int) {
	for _, m := range p.Messages() {
		line, _, _ := strings.Cut(m.Text, "\n")
		switch {
		case line == "👇": // takes a keyboard away
		case slices.Contains(lines, line):
			again++
		default:
			lines = append(lines, line)
		}
	}
	return lines, again
}

// inOrder tells whether somebody was led through the whole form, question by
// question.
func inOrder(lines []string) bool {
	const questions, all = 17, 19 // two come after the first document
	if len(lines) != questions+3 || !strings.HasPrefix(lines[len(lines)-1], "Dokumen 1 dari") {
		return false
	}
	for i := range questions {
		if !strings.HasPrefix(lines[2+i], fmt.Sprintf("%d/%d ", i+1, all)) {
			return false
		}
	}
	return true
}
