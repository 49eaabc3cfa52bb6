package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"syscall"
)

// Ask has the office that runs in a data directory do a command, prints what it says,
// and gives its exit code. Nothing was done where the error matches [ErrNobody] or
// [ErrLongPath]; [ErrUncertain]: it may have been done.
func Ask(ctx context.Context, dir, command string, args any, out, errs io.Writer) (exit int, err error) {
	p, err := path(dir)
	if err != nil {
		return 0, err
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return 0, fmt.Errorf("encode the arguments: %w", err)
	}
	line, err := json.Marshal(Request{V: Version, Command: command, Args: raw})
	if err != nil {
		return 0, fmt.Errorf("encode the request: %w", err)
	}
	if len(line) >= maxLine {
		return 0, errLongLine
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime+maxTime/2)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", p)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTDIR):
		return 0, ErrNobody
	case err != nil:
		return 0, fmt.Errorf("reach the running office: %w", err)
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	// An office that refuses says so without reading the request.
	_, sent := conn.Write(append(line, '\n'))
	exit, err = receive(conn, out, errs)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrUncertain, errors.Join(sent, err))
	}
	return exit, errors.Join(err, conn.Close())
}

// receive prints an answer and gives its exit code.
func receive(conn io.Reader, out, errs io.Writer) (int, error) {
	r := bufio.NewReaderSize(io.LimitReader(conn, maxAnswer), maxLine)
	for {
		line, err := readLine(r)
		if err != nil {
			return 0, err
		}
		var a answer
		if err := json.Unmarshal(line, &a); err != nil {
			return 0, fmt.Errorf("decode the answer: %w", err)
		}
		if a.Exit != nil {
			return *a.Exit, nil
		}
		_, outErr := io.WriteString(out, a.Out)
		_, errErr := io.WriteString(errs, a.Err)
		if err := errors.Join(outErr, errErr); err != nil {
			return 0, err
		}
	}
}
