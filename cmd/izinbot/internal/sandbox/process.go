package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"
)

const (
	maxMemory = 448 << 20 // bytes of one child
	maxCPU    = 30 * time.Second
	startTime = 20 * time.Second // until a child says that it is ready; a busy machine is slow
)

// process is a child that is ready.
type process struct {
	in    io.WriteCloser
	out   io.ReadCloser
	kill  func()
	ended chan struct{} // closed when the child has ended and was waited for
	state string        // how it ended; to be read after ended

	files int           // looked into so far
	took  time.Duration // for all of them
}

// start starts a child and waits until it is ready. The goroutine that starts it
// keeps its thread until the child ends: the kernel kills the child when that thread
// ends.
func start(command Command) (*process, error) {
	cmd := exec.Command(command.Path, command.Args...) //nolint:gosec,noctx // the program itself; it outlives the request
	cmd.Env = append([]string{
		"GOMEMLIMIT=" + strconv.Itoa(maxMemory*3/4), "GOMAXPROCS=1", "GOTRACEBACK=none",
	}, command.Env...)
	cmd.Dir = os.TempDir()
	cmd.SysProcAttr = attributes()
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	p := &process{in: in, out: out, ended: make(chan struct{})}
	started := make(chan error, 1)
	go p.run(cmd, started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start: %w", errors.Join(err, in.Close(), out.Close()))
	}
	return p, p.awaitReady()
}

// run starts the child and waits for its end, on one thread.
func (p *process) run(cmd *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(p.ended)
	if err := cmd.Start(); err != nil {
		started <- err
		return
	}
	p.kill = func() { _ = cmd.Process.Kill() }
	started <- nil
	// Not cmd.Wait, which closes the pipes under their reader.
	if state, err := cmd.Process.Wait(); err == nil {
		p.state = state.String()
	}
}

func (p *process) awaitReady() error {
	late := time.AfterFunc(startTime, p.kill)
	defer late.Stop()
	var b [1]byte
	if _, err := io.ReadFull(p.out, b[:]); err != nil || b[0] != ready {
		p.end()
		return fmt.Errorf("child is not ready: %w", errors.Join(errProtocol, err))
	}
	return nil
}

// end kills the child and waits until it is gone.
func (p *process) end() {
	p.kill()
	<-p.ended
	_ = p.in.Close()
	_ = p.out.Close()
}
