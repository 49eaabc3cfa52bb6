// Package office runs the product for a real office: the program with its chat
// networks and its web pages.
package office

import (
	"context"
	"errors"
	"net"

	"izinbot/bot"
	"izinbot/bot/telegram"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/handlers/web"
)

// Config is what an office runs with. App.Channels is set by Open.
type Config struct {
	App      app.Config
	Listen   string
	Telegram Telegram
}

// Office is a running office.
type Office struct {
	Program *app.Program

	server   *web.Server
	telegram *telegram.Channel
}

// Open starts everything. The web pages come first, so that a webhook finds
// somebody to deliver to.
func Open(ctx context.Context, cfg Config) (*Office, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return nil, err
	}
	if cfg.App.BaseURL == "" {
		cfg.App.BaseURL = "http://" + ln.Addr().String()
	}
	o := &Office{}
	if err := o.open(ctx, cfg, ln); err != nil {
		return nil, errors.Join(err, ln.Close(), o.Close(context.WithoutCancel(ctx)))
	}
	return o, nil
}

func (o *Office) open(ctx context.Context, cfg Config, ln net.Listener) error {
	cfg.App.Channels = func(p *app.Program) (_ []bot.Channel, err error) {
		o.telegram, err = cfg.Telegram.channel(p, cfg.App)
		return []bot.Channel{o.telegram}, err
	}
	var err error
	if o.Program, err = app.Open(ctx, cfg.App); err != nil {
		return err
	}
	pages := o.Program.Web()
	pages.Listener = ln
	if cfg.Telegram.WebhookURL != "" {
		pages.Hooks = []web.Hook{{
			Path: cfg.Telegram.path(), Header: telegram.SecretHeader, Limit: telegram.MaxUpdate, Receive: o.telegram.Receive,
		}}
	}
	if o.server, err = web.New(pages); err != nil {
		return err
	}
	if err := o.server.Start(ctx); err != nil {
		return err
	}
	return o.Program.Start(ctx)
}

// URL is where the web pages are served.
func (o *Office) URL() string { return o.server.URL() }

// Close lets what is under way finish until ctx ends.
func (o *Office) Close(ctx context.Context) error {
	var errs []error
	if o.server != nil {
		errs = append(errs, o.server.Stop(ctx))
	}
	if o.Program != nil {
		errs = append(errs, o.Program.Close(ctx))
	}
	return errors.Join(errs...)
}
