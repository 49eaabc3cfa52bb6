package mongotest

import (
	"bufio"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// program is what the Makefile builds.
const program = "ferretdb-1.24.2"

// ferret starts FerretDB once for the test program, and gives its address. It ends
// with the test program, whose end closes its standard input.
var ferret = sync.OnceValues(func() (address string, err error) {
	path, err := find(program)
	if err != nil {
		return "", err
	}
	cmd := exec.Command(path)
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil {
		return "", err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start FerretDB: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", errors.Join(fmt.Errorf("start FerretDB: %w", err), cmd.Wait())
	}
	// Whoever waits holds the command, and so its standard input: were that collected
	// as garbage, it would be closed, and FerretDB would end.
	go func() { _ = cmd.Wait() }()
	at, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		return "", fmt.Errorf("start FerretDB: %w", err)
	}
	return at.Host, nil
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
			return "", fmt.Errorf("%s is missing in .bin: run make deps", name)
		}
		dir = up
	}
}
