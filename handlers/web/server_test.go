package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/web"
)

func TestForeignHostsAndOriginsAreRefused(t *testing.T) {
	d := newDesk(t)
	host := strings.TrimPrefix(d.URL(), "http://")
	for name, c := range map[string]struct {
		headers []string
		status  int
	}{
		"a program":         {nil, 200},
		"our page":          {[]string{"Origin", d.URL(), "Sec-Fetch-Site", "same-origin"}, 200},
		"localhost":         {[]string{"Host", "localhost:8080"}, 200},
		"IPv6 loopback":     {[]string{"Host", "[::1]:8080"}, 200},
		"rebound name":      {[]string{"Host", "evil.example:8080"}, 403},
		"name with our own": {[]string{"Host", "127.0.0.1.evil.example"}, 403},
		"user in host":      {[]string{"Host", "localhost@evil.example"}, 400},
		"foreign page":      {[]string{"Origin", "http://evil.example"}, 403},
		"sandboxed page":    {[]string{"Origin", "null"}, 403},
		"another scheme":    {[]string{"Origin", "https://" + host}, 403},
		"another port":      {[]string{"Origin", "http://127.0.0.1:1"}, 403},
		"foreign picture":   {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
	} {
		t.Run(name, func(t *testing.T) {
			d.do(t, http.MethodGet, "/sim/state", nil, c.headers...).want(t, c.status)
		})
	}
	d.do(t, http.MethodGet, "/", nil, "Host", "evil.example").want(t, http.StatusForbidden)
}

func TestPageIsWholeAndStrict(t *testing.T) {
	d := newDesk(t)
	a := d.get(t, "/")
	a.want(t, http.StatusOK, "<html lang=\"id\">")
	csp := a.Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	if regexp.MustCompile(`<script>|<style|\son\w+=|style=|https?://`).MatchString(a.body) {
		t.Error("the page holds something inline or from elsewhere")
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="(/assets/[^"#]+)`).FindAllStringSubmatch(a.body, -1) {
		d.get(t, m[1]).want(t, http.StatusOK)
	}
	etag := a.Header.Get("ETag")
	d.do(t, http.MethodGet, "/", nil, "If-None-Match", etag).want(t, http.StatusNotModified)
	d.get(t, "/assets/none.js").want(t, http.StatusNotFound)
	d.get(t, "/assets/..%2findex.html").want(t, http.StatusNotFound)
}

// A script that puts markup into the page, or asks another server, has no place in
// it.
func TestScriptsBuildNoMarkup(t *testing.T) {
	bad := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|import\(|from "http`)
	must(t, fs.WalkDir(os.DirFS("page"), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".js") {
			return err
		}
		b, err := fs.ReadFile(os.DirFS("page"), name)
		if found := bad.Find(b); found != nil {
			t.Errorf("%s has %s", name, found)
		}
		return err
	}))
}

func TestHealth(t *testing.T) {
	healthy := true
	s, err := web.New(web.Config{Listen: "127.0.0.1:0", Health: func(context.Context) error {
		if healthy {
			return nil
		}
		return errors.New("store at 10.0.0.7 is down")
	}})
	must(t, err)
	must(t, s.Start(t.Context()))
	t.Cleanup(func() { stop(t, s) })
	do(t, http.MethodGet, s.URL()+"/healthz", nil, "Host", "proxy.example").want(t, http.StatusOK, "ok")
	healthy = false
	a := do(t, http.MethodGet, s.URL()+"/healthz", nil)
	a.want(t, http.StatusServiceUnavailable, "unhealthy")
	if strings.Contains(a.body, "10.0.0.7") {
		t.Errorf("shown: %s", a.body)
	}
	do(t, http.MethodGet, s.URL()+"/", nil).want(t, http.StatusNotFound)
}

func TestStopEndsOpenPolls(t *testing.T) {
	d := newDesk(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.URL()+"/sim/events?after=0", nil)
	must(t, err)
	ended := make(chan string, 1)
	go func() {
		res, err := (&http.Client{Transport: &http.Transport{}}).Do(req)
		if err != nil {
			ended <- err.Error()
			return
		}
		ended <- res.Status
		_ = res.Body.Close()
	}()
	awaitPoll(t)
	begun := time.Now()
	stop(t, d.Server)
	if took := time.Since(begun); took > 8*time.Second {
		t.Errorf("stopping took %s", took)
	}
	if status := <-ended; !strings.HasPrefix(status, "503") {
		t.Errorf("the poll ended with %s", status)
	}
	stop(t, d.Server)
}

// awaitPoll waits until a poll is being answered: a connection whose request was not read
// yet counts as idle, and is closed at a stop.
func awaitPoll(t *testing.T) {
	t.Helper()
	for range 10_000 {
		var stacks bytes.Buffer
		must(t, pprof.Lookup("goroutine").WriteTo(&stacks, 1))
		if strings.Contains(stacks.String(), "simulator.(*Network).Events") {
			return
		}
		runtime.Gosched()
	}
	t.Fatal("the poll is not being answered")
}

func TestStartRefuses(t *testing.T) {
	d := newDesk(t)
	for _, listen := range []string{"0.0.0.0:0", ":8080", "192.0.2.1:80"} {
		s, err := web.New(web.Config{Listen: listen, Demo: &web.Demo{Network: d.net, Files: d.files, Clock: d.clock}})
		must(t, err)
		if err := s.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "loopback") {
			t.Errorf("a demo on %s: %v", listen, err)
		}
		stop(t, s)
	}
	taken, err := web.New(web.Config{Listen: strings.TrimPrefix(d.URL(), "http://")})
	must(t, err)
	if err := taken.Start(t.Context()); err == nil {
		t.Error("a taken port was taken again")
	}
	if _, err := web.New(web.Config{Demo: &web.Demo{}}); err == nil {
		t.Error("a demo without a network was taken")
	}
}

func TestHealthShowsWhatIsHeld(t *testing.T) {
	s, err := web.New(web.Config{Listen: "127.0.0.1:0", Holds: func() []string { return []string{"standby"} }})
	must(t, err)
	must(t, s.Start(t.Context()))
	t.Cleanup(func() { stop(t, s) })
	do(t, http.MethodGet, s.URL()+"/healthz", nil).want(t, http.StatusOK, "ok\nstandby\n")
}

// TestStopWaitsForNobodyWhoIsSilent opens connections as browsers and proxies do in
// advance, and one that was used and is kept open.
func TestStopWaitsForNobodyWhoIsSilent(t *testing.T) {
	s, err := web.New(web.Config{Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL(), "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Error(err)
	}
	_ = resp.Body.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		t.Error(err)
	}
}
