package app

import (
	"context"
	"time"

	"izinbot/handlers/public"
	"izinbot/handlers/web"
	"izinbot/workflow"
)

// Web gives the pages that the product has however it is run. Where to listen, and
// what that way of running adds, is the caller's to set.
func (p *Program) Web() web.Config {
	return web.Config{Log: p.cfg.Log, Supervise: p.parts.Run, Health: p.healthy, Holds: p.role, OTPSetup: p.setUpCodes, Public: p.public()}
}

// healthTime bounds the question whether the program is healthy.
const healthTime = 5 * time.Second

// healthy asks the store for something small.
func (p *Program) healthy(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	_, err := p.Store.CaseIDs(ctx, "", 1)
	return err
}

func (p *Program) setUpCodes(ctx context.Context, token string) (web.OTP, error) {
	qr, secret, name, err := p.OTPSetup.Open(ctx, token)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return web.OTP{}, web.ErrOTPGone
	}
	return web.OTP{QR: qr, Secret: secret, Name: name}, err
}

// public gives the pages that the codes on letters lead to.
func (p *Program) public() *web.Public {
	words := public.Pages{
		Store: p.Store, Library: p.Desk.Library, Texts: p.Texts, Now: p.cfg.Now, Office: p.Office.FullName(),
	}
	return &web.Public{Status: words.Status, Letter: words.Letter}
}
