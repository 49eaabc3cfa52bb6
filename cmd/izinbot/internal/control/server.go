package control

import (
	"bufio"
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
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Handler does a command and gives its exit code. What it prints is sent afterwards.
type Handler func(ctx context.Context, req Request, out, errs io.Writer) int

// Server takes requests at the socket of a data directory.
type Server struct {
	path   string
	ln     *net.UnixListener
	handle Handler
	log    *slog.Logger
	slots  chan struct{}
	stop   context.CancelFunc // nil before Start
	ran    sync.WaitGroup
	busy   sync.WaitGroup

	mu     sync.Mutex
	closed bool
	conns  map[net.Conn]struct{}
}

// Listen makes the socket. What a dead process left there is replaced. Errors:
// [ErrLongPath], [ErrInUse].
func Listen(ctx context.Context, dir string, handle Handler, log *slog.Logger) (*Server, error) {
	p, err := path(dir)
	if err != nil {
		return nil, err
	}
	if err := free(ctx, p); err != nil {
		return nil, err
	}
	ln, err := bind(dir, p)
	if err != nil {
		return nil, err
	}
	return &Server{
		path: p, ln: ln, handle: handle, log: log, slots: make(chan struct{}, maxAtOnce), conns: map[net.Conn]struct{}{},
	}, nil
}

// free fails unless the place of the socket is empty or holds one that nobody serves.
func free(ctx context.Context, p string) error {
	info, err := os.Lstat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s is no socket", p)
	}
	conn, err := (&net.Dialer{Timeout: maxTime}).DialContext(ctx, "unix", p)
	if errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = conn.Close()
	}
	return errors.Join(ErrInUse, err)
}

// bind makes the socket in a directory that only its owner enters, and moves it to its
// place with its mode set: at no time can others connect.
func bind(dir, p string) (ln *net.UnixListener, err error) {
	private := filepath.Join(dir, ".control")
	if err := os.RemoveAll(private); err != nil {
		return nil, err
	}
	if err := os.Mkdir(private, 0o700); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	made := filepath.Join(private, "s")
	ln, err = net.ListenUnix("unix", &net.UnixAddr{Name: made, Net: "unix"})
	if err != nil {
		return nil, err
	}
	ln.SetUnlinkOnClose(false)
	err = os.Chmod(made, 0o600)
	if err == nil {
		err = os.Rename(made, p)
	}
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	return ln, nil
}

// Start has a supervisor run the server until Close.
func (s *Server) Start(ctx context.Context, supervise func(ctx context.Context, part string, run func(context.Context) error)) {
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.ran.Go(func() { supervise(ctx, "commands", s.run) })
}

// run takes requests until Close. A lack of file descriptors is waited for.
func (s *Server) run(ctx context.Context) error {
	for {
		conn, err := s.ln.AcceptUnix()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			s.log.WarnContext(ctx, "a command could not connect", slog.Any("error", err))
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
			continue
		}
		s.take(ctx, conn)
	}
}

// take serves a connection in a goroutine of its own, or refuses it.
func (s *Server) take(ctx context.Context, conn *net.UnixConn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = conn.Close()
		return
	}
	_ = conn.SetDeadline(time.Now().Add(maxTime))
	select {
	case s.slots <- struct{}{}:
	default:
		_ = send(conn, "", "izinbot: kantor sedang mengerjakan perintah lain; coba lagi sebentar lagi\n", 1)
		_ = conn.Close()
		return
	}
	s.conns[conn] = struct{}{}
	s.busy.Go(func() {
		defer func() {
			s.mu.Lock()
			delete(s.conns, conn)
			s.mu.Unlock()
			_ = conn.Close()
			<-s.slots
		}()
		s.serve(ctx, conn)
	})
}

// serve reads a request, does it, and answers.
func (s *Server) serve(ctx context.Context, conn *net.UnixConn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxTime) // Close waits for it
	defer cancel()
	req, err := s.read(conn)
	if err != nil {
		_ = send(conn, "", "izinbot: "+err.Error()+"\n", 1) // whoever is gone needs no answer
		return
	}
	var out, errs bytes.Buffer
	exit := s.do(ctx, req, &out, &errs)
	s.log.InfoContext(ctx, "command from the command line", slog.String("command", req.Command), slog.Int("exit", exit))
	// The time to write is the answer's own: the command may have used up all of its.
	err = conn.SetWriteDeadline(time.Now().Add(maxTime / 4))
	if err == nil {
		err = send(conn, out.String(), errs.String(), exit)
	}
	if err != nil {
		s.log.WarnContext(ctx, "a command's answer was not taken", slog.String("command", req.Command), slog.Any("error", err))
	}
}

func (s *Server) read(conn *net.UnixConn) (Request, error) {
	if err := checkPeer(conn); err != nil {
		return Request{}, err
	}
	line, err := readLine(bufio.NewReaderSize(conn, maxLine))
	if err != nil {
		return Request{}, err
	}
	return parseRequest(line)
}

// do has a panic end the command, not the office.
func (s *Server) do(ctx context.Context, req Request, out, errs *bytes.Buffer) (exit int) {
	defer func() {
		if fault := recover(); fault != nil {
			s.log.ErrorContext(ctx, "a command panicked", slog.String("command", req.Command), slog.String("fault", fmt.Sprintf("%T", fault)), slog.String("stack", string(debug.Stack())))
			_, _ = io.WriteString(errs, "izinbot: perintah gagal karena kesalahan program; lihat log kantor\n")
			exit = 1
		}
	}()
	return s.handle(ctx, req, out, errs)
}

// send writes an answer, a line of JSON for each line of text.
func send(w io.Writer, out, errs string, exit int) error {
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	var err error
	for text := range strings.Lines(out) {
		err = errors.Join(err, lines.Encode(answer{Out: text}))
	}
	for text := range strings.Lines(errs) {
		err = errors.Join(err, lines.Encode(answer{Err: text}))
	}
	if err := errors.Join(err, lines.Encode(answer{Exit: &exit})); err != nil {
		return fmt.Errorf("encode the answer: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// Close ends listening, removes the socket, and waits for the commands that are being
// done. It may be called again.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	if s.stop != nil {
		s.stop()
	}
	for conn := range s.conns { // those that have not asked yet
		_ = conn.SetReadDeadline(time.Unix(1, 0))
	}
	s.mu.Unlock()
	err := errors.Join(s.ln.Close(), os.Remove(s.path))
	s.ran.Wait()
	s.busy.Wait()
	return err
}
