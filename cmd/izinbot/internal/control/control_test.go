package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/cmd/izinbot/internal/supervise"
)

// run serves a directory until the test ends.
func run(t *testing.T, dir string, handle Handler) *Server {
	t.Helper()
	s, err := Listen(t.Context(), dir, handle, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.Start(t.Context(), supervise.New(supervise.Config{}).Run)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// echo prints the command and its arguments, and ends with 3.
func echo(_ context.Context, req Request, out, errs io.Writer) int {
	_, _ = fmt.Fprintf(out, "%s\n%s\n", req.Command, req.Args)
	_, _ = io.WriteString(errs, "tanpa akhir baris")
	return 3
}

// ask gives the output of a command and its exit code.
func ask(t *testing.T, dir string, args any) (out, errs string, exit int) {
	t.Helper()
	var o, e bytes.Buffer
	exit, err := Ask(t.Context(), dir, "officer list", args, &o, &e)
	if err != nil {
		t.Fatal(err)
	}
	return o.String(), e.String(), exit
}

func TestCommandAndItsAnswer(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, echo)
	if st, err := os.Stat(filepath.Join(dir, SocketFile)); err != nil || st.Mode() != fs.ModeSocket|0o600 {
		t.Errorf("the socket: %v, %v", st, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("beside the socket there is %v, %v", left, err)
	}
	name := strings.Repeat("é", 20_000)
	out, errs, exit := ask(t, dir, map[string]string{"name": name})
	if out != "officer list\n{\"name\":\""+name+"\"}\n" || errs != "tanpa akhir baris" || exit != 3 {
		t.Errorf("%.60q, %q, %d", out, errs, exit)
	}
	if _, err := Ask(t.Context(), dir, "x", strings.Repeat("x", maxLine), io.Discard, io.Discard); !errors.Is(err, errLongLine) {
		t.Errorf("a request that is too long: %v", err)
	}
}

// raw sends bytes as they are and gives the answer.
func raw(t *testing.T, dir, line string) string {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "unix", filepath.Join(dir, SocketFile))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, line)     // cut off where the office refuses to read on
	_ = conn.(*net.UnixConn).CloseWrite() //nolint:errcheck // a Unix socket
	var out, errs bytes.Buffer
	exit, err := receive(conn, &out, &errs)
	if err != nil || exit != 1 || out.Len() > 0 {
		t.Errorf("%.40q is answered %q, %d, %v", line, out.String(), exit, err)
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	return errs.String()
}

func TestWrongRequestsAreRefused(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, func(context.Context, Request, io.Writer, io.Writer) int {
		t.Error("it was done")
		return 0
	})
	for line, want := range map[string]string{
		"{\"v\":2,\"command\":\"officer list\"}\n":                          "versi 2 tidak dikenal",
		"{\"command\":\"officer list\"}\n":                                  "versi 0 tidak dikenal",
		"{\"v\":1}\n":                                                       "tidak menyebut perintah",
		"{\"v\":1,\"command\":\"" + strings.Repeat("x", 65) + "\"}\n":       "tidak menyebut perintah",
		"GET / HTTP/1.1\n":                                                  "tidak terbaca",
		"{\"v\":1,\"command\":\"officer list\"} {}\n":                       "tidak terbaca",
		"{\"v\":1,\"command\":\"officer list\"}":                            "unexpected EOF",
		"{\"v\":1,\"command\":\"" + strings.Repeat("x", maxLine+100) + "\n": "lebih dari 65536 byte",
	} {
		if got := raw(t, dir, line); !strings.Contains(got, want) || !strings.HasPrefix(got, "izinbot: ") {
			t.Errorf("%.40q: %q", line, got)
		}
	}
}

func TestPanicEndsTheCommandAlone(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, func(context.Context, Request, io.Writer, io.Writer) int { panic("CONTOH") })
	for range maxAtOnce + 1 {
		if _, errs, exit := ask(t, dir, nil); exit != 1 || !strings.Contains(errs, "kesalahan program") {
			t.Errorf("%q, %d", errs, exit)
		}
	}
}

// TestNoMoreThanFourAtOnce refuses the fifth, and takes commands again afterwards.
func TestNoMoreThanFourAtOnce(t *testing.T) {
	dir := t.TempDir()
	begun, end := make(chan struct{}), make(chan struct{})
	s := run(t, dir, func(context.Context, Request, io.Writer, io.Writer) int {
		begun <- struct{}{}
		<-end
		return 0
	})
	ended := make(chan error, maxAtOnce)
	for range maxAtOnce {
		go func() {
			_, err := Ask(t.Context(), dir, "officer list", nil, io.Discard, io.Discard)
			ended <- err
		}()
		<-begun
	}
	if _, errs, exit := ask(t, dir, nil); exit != 1 || !strings.Contains(errs, "coba lagi sebentar lagi") {
		t.Errorf("the fifth: %q, %d", errs, exit)
	}
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }() // requests under way are answered
	close(end)
	for range maxAtOnce {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// TestStopDoesNotWaitForTheSilent closes a server while somebody is connected who asks
// for nothing.
func TestStopDoesNotWaitForTheSilent(t *testing.T) {
	dir := t.TempDir()
	s := run(t, dir, echo)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "unix", filepath.Join(dir, SocketFile))
	if err != nil {
		t.Fatal(err)
	}
	ask(t, dir, nil) // the one before was accepted
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := io.ReadAll(conn); err != nil {
		t.Error(err)
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, SocketFile)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
	if _, err := Ask(t.Context(), dir, "officer list", nil, io.Discard, io.Discard); !errors.Is(err, ErrNobody) {
		t.Errorf("after the stop: %v", err)
	}
}

func TestWhatIsInThePlaceOfTheSocket(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	dir := t.TempDir()
	p := filepath.Join(dir, SocketFile)
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: p, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Ask(t.Context(), dir, "officer list", nil, io.Discard, io.Discard); !errors.Is(err, ErrNobody) {
		t.Errorf("a dead process' socket: %v", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, ".control", "left"), 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, dir, echo)
	ask(t, dir, nil)
	if _, err := Listen(t.Context(), dir, echo, log); !errors.Is(err, ErrInUse) {
		t.Errorf("beside a living process: %v", err)
	}
	ask(t, dir, nil) // the first is still reached

	dir = t.TempDir()
	p = filepath.Join(dir, SocketFile)
	if err := os.WriteFile(p, []byte("CONTOH"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(t.Context(), dir, echo, log); err == nil {
		t.Error("a file was taken for a socket")
	}
	if kept, err := os.ReadFile(p); err != nil || string(kept) != "CONTOH" {
		t.Errorf("the file: %q, %v", kept, err)
	}
	if _, err := Listen(t.Context(), filepath.Join(dir, strings.Repeat("x", maxPath)), echo, log); !errors.Is(err, ErrLongPath) {
		t.Errorf("a long path: %v", err)
	}
}

func FuzzRequest(f *testing.F) {
	f.Add([]byte(`{"v":1,"command":"officer list","args":{}}`))
	f.Add([]byte(`{"v":1,"command":"officer add","args":{"Name":"A CONTOH","Role":["admin"]}}`))
	f.Add([]byte(`{"v":2,"command":""}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		req, err := parseRequest(line)
		if err != nil {
			if req.V != 0 || req.Command != "" || req.Args != nil {
				t.Errorf("refused, and yet %+v", req)
			}
			return
		}
		if req.V != Version || req.Command == "" || len(req.Command) > maxCommand {
			t.Errorf("taken: %+v", req)
		}
		sent, err := json.Marshal(req)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseRequest(sent)
		if err != nil || again.Command != req.Command {
			t.Errorf("%s is read as %+v, %v", sent, again, err)
		}
	})
}
