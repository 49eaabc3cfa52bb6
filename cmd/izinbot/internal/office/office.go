// Package office runs the product for a real office: the program with its chat
// networks and its web pages.
package office

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"

	"izinbot/bot"
	"izinbot/bot/telegram"
	"izinbot/bot/whatsapp"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/control"
	"izinbot/handlers/web"
)

// Config configures an office. App.Channels is set by Open.
type Config struct {
	App      app.Config
	Listen   string
	Telegram Telegram // without a token: it does not run
	WhatsApp WhatsApp
	// Commands does what the command line asks of the running office; nil: it takes
	// no commands.
	Commands func(p *app.Program) control.Handler
}

// ErrNoChannel says that there is no network over which anybody could be served.
var ErrNoChannel = errors.New("no chat network is set up")

// Office is a running office.
type Office struct {
	Program *app.Program

	server   *web.Server
	telegram *telegram.Channel
	whatsapp *whatsapp.Channel // nil: it does not run
	alerts   *whatsappAlerts
	pairer   *pairer
	control  *control.Server // nil: no commands are taken
}

// Open starts everything. The web pages come first, so that a webhook finds
// somebody to deliver to. Errors: [ErrNoChannel], [whatsapp.ErrInUse], [app.ErrMadeUp].
func Open(ctx context.Context, cfg Config) (*Office, error) {
	if err := cfg.reachable(ctx); err != nil {
		return nil, err
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return nil, err
	}
	if cfg.App.BaseURL == "" {
		cfg.App.BaseURL = "http://" + ln.Addr().String()
	}
	cfg.App.Log = cmp.Or(cfg.App.Log, slog.New(slog.DiscardHandler))
	o := &Office{}
	if err := o.open(ctx, cfg, ln); err != nil {
		return nil, errors.Join(err, ln.Close(), o.Close(context.WithoutCancel(ctx)))
	}
	return o, nil
}

// reachable fails with [ErrNoChannel] before anything is made that nobody would use.
func (cfg Config) reachable(ctx context.Context) error {
	wanted, err := cfg.WhatsApp.wanted(ctx, cfg.App)
	if err == nil && !wanted && cfg.Telegram.Token == "" {
		err = ErrNoChannel
	}
	return err
}

func (o *Office) open(ctx context.Context, cfg Config, ln net.Listener) error {
	cfg.App.Channels = func(p *app.Program) ([]bot.Channel, error) { return o.channels(ctx, p, cfg) }
	var err error
	if o.Program, err = app.Open(ctx, cfg.App); err != nil {
		return err
	}
	if err := o.Program.RefuseMadeUp(ctx); err != nil {
		return err
	}
	pages := o.Program.Web()
	pages.Listener = ln
	if o.telegram != nil && cfg.Telegram.WebhookURL != "" {
		pages.Hooks = []web.Hook{{
			Path: cfg.Telegram.path(), Header: telegram.SecretHeader, Limit: telegram.MaxUpdate, Receive: o.telegram.Receive,
		}}
	}
	if o.whatsapp != nil {
		pages.Pairing = o.wirePhone(ctx, cfg.App)
	}
	if o.server, err = web.New(pages); err != nil {
		return err
	}
	if err := o.server.Start(ctx); err != nil {
		return err
	}
	if err := o.Program.Start(ctx); err != nil {
		return err
	}
	if o.alerts != nil {
		o.alerts.start(ctx)
	}
	o.obey(ctx, cfg)
	return nil
}

// obey takes commands from the command line. An office works without, too: they then
// need it stopped.
func (o *Office) obey(ctx context.Context, cfg Config) {
	if cfg.Commands == nil {
		return
	}
	s, err := control.Listen(ctx, cfg.App.Dir, cfg.Commands(o.Program), o.Program.Log)
	if err != nil {
		cfg.App.Log.WarnContext(ctx, "the command line does not reach this office while it runs", slog.Any("error", err))
		return
	}
	o.control = s
	s.Start(ctx, o.Program.Supervise)
}

// channels opens the networks that are set up.
func (o *Office) channels(ctx context.Context, p *app.Program, cfg Config) (out []bot.Channel, err error) {
	if cfg.Telegram.Token != "" {
		if o.telegram, err = cfg.Telegram.channel(p, cfg.App); err != nil {
			return nil, err
		}
		out = append(out, o.telegram)
	}
	wanted, err := cfg.WhatsApp.wanted(ctx, cfg.App)
	if err != nil {
		return nil, err
	}
	if wanted {
		h := newWhatsAppAlerts()
		if o.whatsapp, err = cfg.WhatsApp.channel(ctx, p, cfg.App, h.note); err != nil {
			return nil, err
		}
		o.alerts = h
		out = append(out, o.whatsapp)
	}
	return out, nil
}

// Failed is closed once the office cannot go on; Err then tells why.
func (o *Office) Failed() <-chan struct{} { return o.Program.Failed() }

// Err tells why the office cannot go on; nil: it can.
func (o *Office) Err() error { return o.Program.Err() }

// URL gives the address of the web pages.
func (o *Office) URL() string { return o.server.URL() }

// Close lets what is under way finish until ctx ends.
func (o *Office) Close(ctx context.Context) error {
	var errs []error
	if o.control != nil {
		errs = append(errs, o.control.Close())
	}
	if o.server != nil {
		errs = append(errs, o.server.Stop(ctx))
	}
	if o.pairer != nil {
		o.pairer.stop()
	}
	if o.alerts != nil {
		o.alerts.stop()
	}
	if o.Program != nil {
		errs = append(errs, o.Program.Close(ctx))
	}
	if o.whatsapp != nil {
		errs = append(errs, o.whatsapp.Stop(ctx)) // also where the program did not get so far
	}
	return errors.Join(errs...)
}
