package cli

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// deliver brings an update to the office's webhook over a connection of its own.
func (p *process) deliver(timeout time.Duration) (status int, err error) {
	const update = `{"update_id":1,"message":{"message_id":1,"date":1764500000,"text":"halo","chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"Ayu CONTOH"}}}`
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/telegram", strings.NewReader(update))
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "rahasia-CONTOH")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	return res.StatusCode, res.Body.Close()
}

// While a process has no file descriptors left it takes no deliveries; once it has some
// again it does, without being started anew.
func TestWebhookAfterALackOfDescriptors(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"CONTOH","username":"contoh_bot"}}`))
	}))
	defer api.Close()
	p, _ := serve(t, "IZINBOT_DATA="+t.TempDir(), "TELEGRAM_TOKEN=1:CONTOH", "TELEGRAM_API_URL="+api.URL,
		"TELEGRAM_WEBHOOK_URL=http://izin.contoh.example/telegram", "TELEGRAM_WEBHOOK_SECRET=rahasia-CONTOH", "WHATSAPP=on")
	if status, err := p.deliver(patience); status != http.StatusOK || err != nil {
		t.Fatalf("before: %d, %v", status, err)
	}
	pid, before := p.cmd.Process.Pid, unix.Rlimit{}
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 1, Max: 4096}, &before); err != nil {
		t.Skipf("this system does not let limits be changed: %v", err)
	}
	if status, err := p.deliver(2 * time.Second); err == nil {
		t.Errorf("without descriptors it answers %d", status)
	}
	if err := unix.Prlimit(pid, unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 4096, Max: 4096}, nil); err != nil {
		t.Fatal(err)
	}
	if status, err := p.deliver(patience); status != http.StatusOK || err != nil {
		t.Errorf("afterwards: %d, %v", status, err)
	}
	p.endsAfter(syscall.SIGTERM)
	for _, want := range []string{"connections cannot be accepted", "accept4: too many open files", "connections are accepted again"} {
		if n := strings.Count(p.errs.String(), want); n != 1 {
			t.Errorf("%q is said %d times:\n%s", want, n, p.errs)
		}
	}
}

// endsAfter sends a signal and waits for an end with exit code 0.
func (p *process) endsAfter(signal syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("after %v: %v\n%s", signal, err, p.errs)
	}
}

// A service manager that stops an office while it starts must not take that for a
// failure.
func TestStopDuringTheStart(t *testing.T) {
	asked := make(chan struct{}, 100)
	api := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then the end of the connection is seen
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer api.Close()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	go func() {
		for {
			conn, err := silent.Accept()
			if err != nil {
				return
			}
			defer func() { _ = conn.Close() }()
			asked <- struct{}{}
		}
	}()
	for name, settings := range map[string][]string{
		"while it asks Telegram":     {"TELEGRAM_TOKEN=1:CONTOH", "TELEGRAM_API_URL=" + api.URL},
		"while it looks for MongoDB": {"WHATSAPP=on", "MONGODB_URI=mongodb://" + silent.Addr().String() + "/contoh"},
	} {
		for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
			t.Run(name+", "+signal.String(), func(t *testing.T) {
				p, _ := begin(t, append([]string{"IZINBOT_DATA=" + t.TempDir(), "LOG_LEVEL=info"}, settings...)...)
				<-asked
				p.endsAfter(signal)
				if said := p.errs.String(); !strings.Contains(said, "izinbot starts") || !strings.Contains(said, "izinbot stops") || !strings.Contains(said, "signal") {
					t.Errorf("it says\n%s", said)
				}
				for len(asked) > 0 {
					<-asked
				}
			})
		}
	}
}
