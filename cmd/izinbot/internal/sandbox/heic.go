package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"izinbot/workflow/inspect"
)

// HEIC, which iPhones take, is decoded by a program of the system, libheif's
// heif-convert, since there is no decoder that could be built in (ADR 0058). It runs
// under the limits of the other children, in a directory of its own, and what it makes
// is looked into like any JPEG that was sent.

const (
	convertTime = 20 * time.Second // for one picture; one of 12 megapixels takes two
	// convertOutput bounds the JPEG, in bytes; a larger one would not be taken.
	convertOutput  = inspect.MaxSize
	convertQuality = "88"
)

// Converter names the program that makes a JPEG of a HEIC; "" if this machine has none.
// libheif 1.18 has renamed it.
func Converter() string {
	for _, name := range []string{"heif-convert", "heif-dec"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Convert is the child that becomes the program: it limits itself and runs it. It returns
// only if that fails.
func Convert(program, from, to string) int {
	if err := limitTo(convertOutput); err != nil {
		return 1
	}
	_ = syscall.Exec(program, []string{program, "-q", convertQuality, from, to}, nil) //nolint:gosec // found by Converter
	return 1
}

// converted gives a reader of the JPEG of a HEIC; nil if it cannot be decoded. An error is a
// passing fault.
func (p *Pool) converted(ctx context.Context, src []byte) (*bytes.Reader, error) {
	select {
	case p.converting <- struct{}{}:
		defer func() { <-p.converting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	dir, err := os.MkdirTemp("", "izinbot-heic-")
	if err != nil {
		return nil, fmt.Errorf("make a directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	from, to := filepath.Join(dir, "in.heic"), filepath.Join(dir, "out.jpg")
	if err := os.WriteFile(from, src, 0o600); err != nil {
		return nil, fmt.Errorf("keep a picture for its decoder: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, convertTime)
	defer cancel()
	args := append(append([]string{}, p.convert.Args...), p.program, from, to)
	cmd := exec.CommandContext(limited, p.convert.Path, args...) //nolint:gosec // the program itself
	cmd.Env, cmd.Dir, cmd.SysProcAttr = append([]string{}, p.convert.Env...), dir, attributes()
	cmd.WaitDelay = time.Second
	runtime.LockOSThread() // the kernel kills the child when the thread that started it ends
	defer runtime.UnlockOSThread()
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p.log.WarnContext(ctx, "picture could not be decoded", slog.Any("error", err))
		return nil, nil // it is no picture, or one that takes too much
	}
	out, err := os.ReadFile(to) //nolint:gosec // made by the child
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil // several pictures in one have other names
	}
	if err != nil {
		return nil, fmt.Errorf("read a decoded picture: %w", err)
	}
	return bytes.NewReader(out), nil
}

// inspectHEIC looks into the JPEG of a HEIC: what it says of size, time and place holds for
// the original, which is kept.
func (p *Pool) inspectHEIC(ctx context.Context, src []byte, found inspect.Report) (inspect.Report, error) {
	picture, err := p.converted(ctx, src)
	if err != nil {
		return found, err
	}
	if picture == nil {
		found.Problem = inspect.Damaged
		return found, nil
	}
	report, err := p.inspect(ctx, picture)
	if err != nil {
		return found, err
	}
	report.Kind, report.Size = inspect.HEIC, found.Size
	return report, nil
}

// headSize is the number of bytes that are read to tell whether a file is a HEIC.
const headSize = 64

// decodable gives a file again, and tells whether it begins as a HEIC that can be decoded here.
// Nothing else of a file is held in the office's own memory.
func (p *Pool) decodable(r io.Reader) (again io.Reader, heic bool, err error) {
	if p.program == "" {
		return r, false, nil
	}
	file := bufio.NewReader(r)
	head, err := file.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, fmt.Errorf("read file: %w", err)
	}
	return file, inspect.IsHEIC(head), nil
}

// source gives what a picture is unpacked from: of a HEIC its JPEG, of any other itself.
func (p *Pool) source(ctx context.Context, r io.Reader) (io.Reader, error) {
	r, heic, err := p.decodable(r)
	if err != nil || !heic {
		return r, err
	}
	src, err := io.ReadAll(io.LimitReader(r, inspect.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	picture, err := p.converted(ctx, src)
	if err != nil || picture == nil {
		return bytes.NewReader(nil), err
	}
	return picture, nil
}
