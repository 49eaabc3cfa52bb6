package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
	"izinbot/handlers/web"
)

// desk is a running server with two phones and an inbox that takes everything.
type desk struct {
	*web.Server
	net   *simulator.Network
	files *bottest.Files
	inbox bottest.Inbox

	mu  sync.Mutex
	now time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{files: &bottest.Files{}, now: time.Date(2026, 11, 23, 8, 45, 12, 0, time.UTC)}
	var err error
	d.net, err = simulator.Open("", simulator.Config{
		Phones: []simulator.Phone{{ID: "budi", Name: "Budi CONTOH"}, {ID: "kadis", Name: "Kadis CONTOH"}},
		Clock:  d.clock, Files: d.files, Accept: d.inbox.Accept,
		Code: func(phone string, _ time.Time) (string, bool) { return "123456", phone == "kadis" },
	})
	must(t, err)
	d.Server, err = web.New(web.Config{
		Listen: "127.0.0.1:0",
		Demo: &web.Demo{
			Network: d.net, Files: d.files, Clock: d.clock, Advance: d.advance,
			Work:    func(time.Time) string { return "buka" },
			Samples: []web.Sample{{Name: "a.pdf", Group: "g", Note: "n", Data: []byte("%PDF-a")}},
		},
		OTPSetup: setup,
	})
	must(t, err)
	must(t, d.Start(t.Context()))
	t.Cleanup(func() { stop(t, d.Server) })
	return d
}

func stop(t *testing.T, s *web.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	must(t, s.Stop(ctx))
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) advance(_ context.Context, step string) (time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(map[string]time.Duration{web.StepHour: time.Hour}[step])
	return d.now, nil
}

func setup(_ context.Context, token string) (web.OTP, error) {
	switch token {
	case "good":
		return web.OTP{QR: []byte("PNG"), Secret: "ABCDEFGH", Name: "<b>Kadis</b>"}, nil
	case "broken":
		return web.OTP{}, errors.New("database says: secret")
	default:
		return web.OTP{}, web.ErrOTPGone
	}
}

// answer is a response that was read to its end.
type answer struct {
	*http.Response
	body string
}

func (d *desk) do(t *testing.T, method, path string, body io.Reader, headers ...string) answer {
	t.Helper()
	return do(t, method, d.URL()+path, body, headers...)
}

func do(t *testing.T, method, url string, body io.Reader, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	must(t, err)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	return send(t, &http.Client{Timeout: 20 * time.Second}, req)
}

// doWith is do with the client of one browser.
func doWith(t *testing.T, client *http.Client, method, url string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, http.NoBody)
	must(t, err)
	return send(t, client, req)
}

func send(t *testing.T, client *http.Client, req *http.Request) answer {
	t.Helper()
	res, err := client.Do(req)
	must(t, err)
	b, err := io.ReadAll(res.Body)
	must(t, errors.Join(err, res.Body.Close()))
	return answer{res, string(b)}
}

func (d *desk) post(t *testing.T, path, body string) answer {
	t.Helper()
	return d.do(t, http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json")
}

func (d *desk) get(t *testing.T, path string) answer {
	t.Helper()
	return d.do(t, http.MethodGet, path, nil)
}

func (a answer) want(t *testing.T, status int, words ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("status %d, want %d: %s", a.StatusCode, status, a.body)
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("no %q in %s", w, a.body)
		}
	}
}

func decode[T any](t *testing.T, a answer) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return v
}

// form makes a multipart body of (field, name, content) triples.
func form(t *testing.T, parts ...string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(parts); i += 3 {
		part, err := w.CreateFormFile(parts[i], parts[i+1])
		must(t, err)
		_, err = io.WriteString(part, parts[i+2])
		must(t, err)
	}
	must(t, w.Close())
	return &b, w.FormDataContentType()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
