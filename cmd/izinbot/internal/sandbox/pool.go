package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
	"sync"
	"time"

	"izinbot/workflow/inspect"
)

const (
	verdictTime = 5 * time.Second // from the whole file to the verdict; an honest one needs milliseconds
	maxFiles    = 100             // of one child
	maxTook     = 5 * time.Second // of one child for all its files
)

// Command starts a child: a program that calls [Main].
type Command struct {
	Path string
	Args []string
	Env  []string // all of it, besides the limits of Go's runtime
}

// Self is the running program with the given arguments.
func Self(args ...string) (Command, error) {
	path, err := executable()
	if err != nil {
		return Command{}, fmt.Errorf("find the program: %w", err)
	}
	return Command{Path: path, Args: args}, nil
}

// Pool looks into files in children. It is safe for concurrent use.
type Pool struct {
	command Command
	log     *slog.Logger
	limit   time.Duration
	idle    chan *process // one for each slot; nil where a child has to be started
	closed  chan struct{}
	once    sync.Once
	fresh   sync.WaitGroup // children that are being started

	program    string  // decodes HEIC; "": none does
	convert    Command // starts a child that calls [Convert]
	converting chan struct{}
}

// New gives a pool and begins to start its children.
func New(command Command, log *slog.Logger) *Pool {
	p := &Pool{command: command, log: log, limit: verdictTime, idle: make(chan *process, slots), closed: make(chan struct{})}
	for range slots {
		p.renew()
	}
	return p
}

// Decode has HEIC decoded by a program ([Converter]), which a child that convert starts
// becomes ([Convert]). It is called before anything else.
func (p *Pool) Decode(program string, convert Command) {
	p.program, p.convert, p.converting = program, convert, make(chan struct{}, 1)
}

// renew fills a slot with a ready child. If none can be started the slot stays
// empty, and the next request tries.
func (p *Pool) renew() {
	p.fresh.Go(func() {
		child, err := start(p.command)
		if err != nil {
			p.log.Warn("no process to inspect files could be started; it is tried again", slog.Any("error", err))
			child = nil
		}
		p.idle <- child
	})
}

// Close ends all children, after what they are at.
func (p *Pool) Close() {
	p.once.Do(func() {
		close(p.closed)
		for range slots {
			if child := <-p.idle; child != nil {
				child.end()
			}
		}
		p.fresh.Wait()
	})
}

// errStart is returned while no child can be started.
var errStart = errors.New("start a child to inspect files")

// errClosed is returned after Close.
var errClosed = errors.New("no more files are looked into")

// Inspect is [inspect.Inspect] in a child. A file on which the child ends, or that
// takes too long, is [inspect.Unchecked]. Any error is a passing fault: that of r, of
// ctx, or that no child can be started now.
func (p *Pool) Inspect(ctx context.Context, r io.Reader) (inspect.Report, error) {
	r, heic, err := p.decodable(r)
	if err != nil {
		return inspect.Report{}, err
	}
	if !heic {
		return p.inspect(ctx, r)
	}
	var kept bytes.Buffer // at most what a child is given, see [inspect.MaxSize]
	report, err := p.inspect(ctx, io.TeeReader(r, &kept))
	if err != nil || report.Kind != inspect.HEIC || report.Problem != inspect.NotAccepted {
		return report, err
	}
	return p.inspectHEIC(ctx, kept.Bytes(), report)
}

func (p *Pool) inspect(ctx context.Context, r io.Reader) (inspect.Report, error) {
	var report inspect.Report
	verdict, err := p.ask(ctx, askInspect, r, func(answer []byte) (clean bool, err error) {
		report, err = parseReport(answer)
		return report.Problem == inspect.Fine, err
	})
	if err == nil && !verdict {
		report = inspect.Report{Kind: inspect.Unknown, Problem: inspect.Unchecked}
	}
	return report, err
}

// Shrink is [picture.Shrink] for letters in a child: nil for a picture that cannot be shown.
func (p *Pool) Shrink(ctx context.Context, r io.Reader) (*image.RGBA, error) {
	return p.shrink(ctx, askShrink, r)
}

// Copy is [picture.Shrink] to [picture.CopySide] in a child: nil for a picture that cannot
// be shown.
func (p *Pool) Copy(ctx context.Context, r io.Reader) (*image.RGBA, error) {
	return p.shrink(ctx, askCopy, r)
}

func (p *Pool) shrink(ctx context.Context, ask byte, r io.Reader) (*image.RGBA, error) {
	var img *image.RGBA
	r, err := p.source(ctx, r)
	if err != nil {
		return nil, err
	}
	_, err = p.ask(ctx, ask, r, func(answer []byte) (clean bool, err error) {
		img, err = parsePicture(answer)
		return img != nil, err
	})
	return img, err
}

// ask puts a request to a child and has its answer read. verdict is false if the
// child came to none.
func (p *Pool) ask(ctx context.Context, what byte, content io.Reader, read func([]byte) (clean bool, err error)) (verdict bool, err error) {
	child, err := p.take(ctx)
	if err != nil {
		return false, err
	}
	clean := false
	defer func() { p.giveBack(child, clean) }()
	stop := context.AfterFunc(ctx, child.kill)
	defer func() { clean = stop() && clean }() // a child that is being killed is not kept
	began := time.Now()
	fromSource, err := writeRequest(child.in, what, content)
	if fromSource {
		return false, fmt.Errorf("read file: %w", err)
	}
	if err == nil {
		late := time.AfterFunc(p.limit, child.kill)
		defer late.Stop()
		var answer []byte
		if answer, err = readAnswer(child.out); err == nil {
			clean, err = read(answer)
		}
	}
	if ctx.Err() != nil {
		clean = false
		return false, ctx.Err()
	}
	took := time.Since(began)
	child.files, child.took = child.files+1, child.took+took
	if err != nil {
		clean = false
		child.end()
		p.log.WarnContext(ctx, "file could not be inspected: the child ended without a verdict",
			slog.String("end", child.state), slog.Duration("took", took.Round(time.Millisecond)))
		return false, nil
	}
	return true, nil
}

// take waits for a slot and gives its child, started if it has none.
func (p *Pool) take(ctx context.Context) (*process, error) {
	select {
	case <-p.closed:
		return nil, errClosed
	default:
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, errClosed
	case child := <-p.idle:
		if child != nil && !child.gone() {
			return child, nil
		}
		child, err := start(p.command)
		if err != nil {
			p.idle <- nil
			return nil, fmt.Errorf("%w: %s", errStart, err.Error()) // not wrapped: a missing program is no missing upload
		}
		return child, nil
	}
}

// giveBack keeps a child that is as good as new, and replaces any other.
func (p *Pool) giveBack(child *process, clean bool) {
	if clean && child.files < maxFiles && child.took < maxTook {
		p.idle <- child
		return
	}
	child.end()
	select {
	case <-p.closed:
		p.idle <- nil
	default:
		p.renew()
	}
}

// gone tells whether the child has ended by itself while it waited.
func (p *process) gone() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}
