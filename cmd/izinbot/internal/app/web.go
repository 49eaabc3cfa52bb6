package app

import (
	"context"

	"izinbot/handlers/web"
	"izinbot/workflow"
)

// Web gives the pages that the product has however it is run. Where to listen, and
// what that way of running adds, is the caller's to set.
func (p *Program) Web() web.Config {
	return web.Config{Log: p.cfg.Log, Health: p.healthy, OTPSetup: p.setUpCodes}
}

// healthy asks the store for something small.
func (p *Program) healthy(ctx context.Context) error {
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
