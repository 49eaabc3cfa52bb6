package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"izinbot/handlers/web"
)

// closeWithin is the time that a demo may take to stop.
const closeWithin = 10 * time.Second

// Serve runs the demo page until ctx ends. It prints where the page is.
func Serve(ctx context.Context, cfg Config, out io.Writer) error {
	cal, err := cfg.calendar()
	if err != nil {
		return err
	}
	if err := ours(ctx, cfg.Dir); err != nil {
		return err
	}
	if err := makeDir(cfg.Dir); err != nil {
		return err
	}
	if cfg, err = cfg.kept(); err != nil {
		return err
	}
	k, err := runningClock(cfg.Dir, cfg.Now, cal)
	if err != nil {
		return err
	}
	// Letters print the address of their pages, so it must be known first.
	ln, err := web.ListenLoopback(ctx, cfg.Listen)
	if err != nil {
		return err
	}
	defer func() { _ = ln.Close() }() // the server has closed it, if it came to that
	d, err := open(ctx, cfg, k, "http://"+ln.Addr().String())
	switch {
	case err != nil && ctx.Err() != nil:
		return nil // stopped while it started, and closed again
	case err != nil:
		return err
	}
	server, err := d.server(ln)
	if err == nil {
		err = errors.Join(d.readWelcomes(), server.Start(ctx))
	}
	if err == nil {
		_, err = fmt.Fprintf(out, "izinbot demo: %s\n(data di %s; Ctrl-C untuk berhenti)\n", server.URL(), cfg.Dir)
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case <-d.Program.Failed():
			err = d.Program.Err()
		}
	}
	if errors.Is(err, context.Canceled) {
		err = nil // stopped while it started
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeWithin)
	defer cancel()
	if server != nil {
		err = errors.Join(err, server.Stop(stop))
	}
	return errors.Join(err, d.Close(stop))
}

// readWelcomes marks as read what officers were told when they joined, as long as
// it is all they were told: the numbers in the list of people point at work to do.
func (d *Demo) readWelcomes() error {
	for _, p := range d.people {
		phone, err := d.Network.Phone(p.phone)
		if err != nil {
			return fmt.Errorf("read welcome: %w", err)
		}
		if n := len(phone.Messages); p.isOfficer() && n == 2 {
			if err := d.Network.Read(p.phone, phone.Messages[n-1].N); err != nil {
				return fmt.Errorf("read welcome: %w", err)
			}
		}
	}
	return nil
}

func (d *Demo) server(ln net.Listener) (*web.Server, error) {
	cal := d.Program.Calendar.Current()
	files, err := samples(d.Program.Desk.Library.Current())
	if err != nil {
		return nil, err
	}
	site := d.Program.Web()
	site.Listener = ln
	site.Demo = &web.Demo{
		Network: d.Network, Files: d.Program.Files, Clock: d.clock.Now, Work: work(cal), Samples: files,
		Advance: func(ctx context.Context, step string) (time.Time, error) {
			now, err := d.clock.advance(ctx, cal, step)
			if err != nil {
				return now, err
			}
			return now, d.Program.Look(ctx)
		},
	}
	return web.New(site)
}
