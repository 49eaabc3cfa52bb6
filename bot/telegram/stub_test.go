package telegram_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

// stub is a Bot API server that knows next to nothing: every method answers true,
// unless it was told otherwise. It stands for servers that keep less of the
// documentation than tgtest does.
type stub struct {
	*httptest.Server
	says map[string]func(params map[string]any) (status int, answer string)

	mu    sync.Mutex
	calls map[string]int
	odd   []string // requests that a simple server cannot read
}

// newStub starts a stub and gives a world whose channel calls it.
func newStub(tb testing.TB, options ...option) (*stub, *world) {
	tb.Helper()
	s := &stub{calls: map[string]int{}, says: map[string]func(map[string]any) (int, string){
		"getMe": func(map[string]any) (int, string) {
			return 200, `{"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"Izin"}}`
		},
		"getUpdates": func(map[string]any) (int, string) { return 200, `{"ok":true,"result":[]}` },
	}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	tb.Cleanup(s.Close)
	w := newWorld(tb, options...)
	cfg := w.cfg
	cfg.APIURL = s.URL
	var err error
	if w.channel, err = telegram.New(cfg); err != nil {
		tb.Fatal(err)
	}
	return s, w
}

func (s *stub) serve(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	content, err := io.ReadAll(r.Body)
	params := map[string]any{}
	kind := r.Header.Get("Content-Type")
	asJSON := kind == "application/json" && json.Unmarshal(content, &params) == nil
	s.mu.Lock()
	s.calls[method]++
	uploads := method == "sendDocument" && strings.HasPrefix(kind, "multipart/form-data;")
	if err != nil || r.ContentLength < 0 || r.Method == http.MethodPost && !asJSON && !uploads {
		s.odd = append(s.odd, method+" as "+kind+" of length "+strconv.FormatInt(r.ContentLength, 10))
	}
	say := s.says[method]
	s.mu.Unlock()
	status, answer := http.StatusOK, `{"ok":true,"result":true}`
	if say != nil {
		status, answer = say(params)
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, answer)
}

func (s *stub) count(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// feed has the server deliver batches, one a poll, each a list of updates in JSON,
// and then nothing. The offsets of the polls go to the channel that it gives.
func (s *stub) feed(batches ...string) <-chan int {
	offsets := make(chan int, 1000)
	var mu sync.Mutex
	s.says["getUpdates"] = func(p map[string]any) (int, string) {
		mu.Lock()
		defer mu.Unlock()
		offset, _ := p["offset"].(float64)
		select {
		case offsets <- int(offset):
		default:
		}
		batch := "[]"
		if len(batches) > 0 {
			batch, batches = batches[0], batches[1:]
		}
		return http.StatusOK, `{"ok":true,"result":` + batch + `}`
	}
	return offsets
}

// reached waits until something is true.
func reached(t *testing.T, what string, is func() bool) {
	t.Helper()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	end := time.NewTimer(10 * time.Second)
	defer end.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-end.C:
			t.Fatalf("never: %s", what)
		}
	}
}

// refuses has some methods answered as unknown.
func (s *stub) refuses(status int, answer string, methods ...string) {
	for _, m := range methods {
		s.says[m] = func(map[string]any) (int, string) { return status, answer }
	}
}

const unknownMethod = `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`

// dressed gives the bot something to say about itself.
func dressed(_ *tgtest.Config, cfg *telegram.Config) {
	cfg.Profiles = map[string]telegram.Profile{"": {Description: "d", Short: "s"}}
}
