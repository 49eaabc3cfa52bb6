// Package control lets commands reach the running office: a Unix socket in the data
// directory, open to the user who runs the office and to root (decision 0029).
//
// A client sends one request, a line of JSON, and reads lines of JSON until the one that
// has the exit code:
//
//	{"v":1,"command":"officer list","args":{}}
//	{"out":"p0123456789ab  Bona CONTOH  admin  bergabung\n"}
//	{"exit":0}
//
// It carries commands and their output. What a command does belongs in the office, how a
// person types it in cli.
package control

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"
)

const (
	// SocketFile is the name of the socket in the data directory.
	SocketFile = "izinbot.sock"
	// Version is that of the requests.
	Version = 1

	maxLine    = 64 << 10         // bytes of a request, and of a line of an answer
	maxAnswer  = 8 << 20          // bytes of an answer
	maxCommand = 64               // bytes of a command's name
	maxPath    = 100              // bytes; systems take 103 to 107 for the path of a socket
	maxTime    = 10 * time.Second // for a request, its work and its answer
	maxAtOnce  = 4                // connections
	pause      = time.Second      // after a connection that could not be accepted
)

var (
	// ErrNobody says that no process listens at a data directory.
	ErrNobody = errors.New("no office listens for commands")
	// ErrLongPath says that a socket cannot be in a data directory.
	ErrLongPath = fmt.Errorf("the path of %s is longer than %d bytes", SocketFile, maxPath)
	// ErrInUse says that another process listens at a data directory.
	ErrInUse = errors.New("another process listens for commands")
	// ErrUncertain says that a request was sent and its answer did not arrive.
	ErrUncertain = errors.New("the office did not say how the command ended")
)

// Request asks for a command.
type Request struct {
	V       int             `json:"v"`
	Command string          `json:"command"` // as it is typed, such as "officer list"
	Args    json.RawMessage `json:"args,omitempty"`
}

// answer is a line of an answer. The last one has Exit.
type answer struct {
	Out  string `json:"out,omitempty"`
	Err  string `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// parseRequest reads a request; the error is for the person who typed the command.
func parseRequest(line []byte) (Request, error) {
	var req Request
	if err := json.Unmarshal(line, &req); err != nil {
		return Request{}, errors.New("permintaan tidak terbaca; pakai izinbot yang sama dengan yang sedang berjalan")
	}
	if req.V != Version {
		return Request{}, fmt.Errorf("permintaan versi %d tidak dikenal; pakai izinbot yang sama dengan yang sedang berjalan", req.V)
	}
	if req.Command == "" || len(req.Command) > maxCommand {
		return Request{}, errors.New("permintaan tidak menyebut perintah yang dikenal")
	}
	return req, nil
}

var errLongLine = fmt.Errorf("permintaan lebih dari %d byte", maxLine)

// readLine reads a line of at most maxLine bytes, without its end.
func readLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, errLongLine
	case errors.Is(err, io.EOF) && len(line) > 0:
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	}
	return line[:len(line)-1], nil
}

// path returns the path of the socket of a data directory.
func path(dir string) (string, error) {
	p := filepath.Join(dir, SocketFile)
	if len(p) > maxPath {
		return "", ErrLongPath
	}
	return p, nil
}
