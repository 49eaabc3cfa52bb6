package office

import (
	"context"
	"strings"

	"izinbot/cmd/izinbot/internal/app"
	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/handlers/web"
	"izinbot/notifications"
)

// wirePhone makes what admins see of WhatsApp, in chat and on the pairing page.
func (o *Office) wirePhone(ctx context.Context, cfg app.Config) *web.Pairing {
	p := o.Program
	links := account.Pairing{Store: p.Store, Sealer: p.Files, Now: cfg.Now, BaseURL: cfg.BaseURL}
	p.Handlers.Phone = &session.Phone{State: o.phone, Link: links.Link}
	h := o.alerts
	h.channel, h.texts, h.now, h.log, h.supervise = o.whatsapp, p.Texts, cfg.Now, p.Log, p.Supervise
	h.alarm = &notifications.Alarm{Store: p.Store, Commits: p.Commits, Log: p.Log}
	o.pairer = &pairer{channel: o.whatsapp, spend: links.Open, allowed: links.Allowed, now: cfg.Now}
	o.pairer.start(ctx)
	return &web.Pairing{
		Begin: o.pairer.begin, Show: o.pairer.show, Again: o.pairer.again,
		Secure: strings.HasPrefix(cfg.BaseURL, "https://"),
	}
}

// phone says how WhatsApp is. It is the [session.Phone.State].
func (o *Office) phone() (what, todo string, linked bool) {
	var does []string
	for _, s := range o.whatsapp.States() {
		w, t := s.Sentence(wordTime)
		what = strings.TrimSpace(what + " " + w)
		does = append(does, t)
	}
	return what, strings.Join(does, " "), o.whatsapp.Linked()
}

// Troubles says, for who starts the office, what is the matter with WhatsApp and
// what to do; "" if nothing is.
func (o *Office) Troubles() string {
	if o.whatsapp == nil {
		return ""
	}
	var out []string
	for _, s := range o.whatsapp.States() {
		if s.Alarming() {
			what, todo := s.Sentence(wordTime)
			out = append(out, what+" "+todo)
		}
	}
	return strings.Join(out, "\n")
}
