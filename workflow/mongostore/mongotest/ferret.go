package mongotest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// program is the path to which the Makefile builds.
const program = "ferretdb-1.24.2"

// server is a running FerretDB. It ends when stdin is closed, which the end of the
// test program does; nobody else may let go of it before.
type server struct {
	address string
	stdin   io.Closer
}

// ferret starts FerretDB once for the test program.
var ferret = sync.OnceValues(func() (*server, error) {
	path, err := find(program)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start FerretDB: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start FerretDB: %w", err), cmd.Wait())
	}
	// Whoever waits holds the command, and so its standard input: were that collected
	// as garbage, it would be closed, and FerretDB would end.
	go func() { _ = cmd.Wait() }()
	at, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		return nil, fmt.Errorf("start FerretDB: %w", err)
	}
	return &server{address: at.Host, stdin: in}, nil
})

// find looks for a program in .bin of this directory or of one above it.
func find(name string) (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, ".bin", name)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("%s is missing in .bin: run make ferretdb, or set NO_FERRET=1", name)
		}
		dir = up
	}
}
