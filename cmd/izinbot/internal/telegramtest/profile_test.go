package telegramtest

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"syscall"
)

// profile writes CPU profiles into a directory, a new one for each phase that
// begins with [child.phase], until stop is called; without a directory, none.
func profile(ctx context.Context, dir string) (stop func()) {
	if dir == "" {
		return func() {}
	}
	next := make(chan os.Signal, 1)
	signal.Notify(next, syscall.SIGUSR1)
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 0; ctx.Err() == nil; n++ {
			if err := profileOne(ctx, next, filepath.Join(dir, fmt.Sprintf("%d.pprof", n))); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// profileOne profiles until the next phase begins.
func profileOne(ctx context.Context, next <-chan os.Signal, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	select {
	case <-next:
	case <-ctx.Done():
	}
	pprof.StopCPUProfile()
	return f.Close()
}

// profiled has a child write profiles of its phases, if that is wanted, into a
// directory named for the benchmark.
func (c *child) profiled(name string) {
	dir := os.Getenv(envProfile)
	if dir == "" {
		return
	}
	dir = filepath.Join(dir, strings.ReplaceAll(filepath.Base(name), "+", "-"))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		c.t.Fatal(err)
	}
	c.env = append(c.env, envProfile+"="+dir)
}

// phase begins the next profile.
func (c *child) phase() {
	if os.Getenv(envProfile) == "" {
		return
	}
	if err := c.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		c.t.Fatal(err)
	}
}
