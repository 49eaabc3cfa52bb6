package office

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"sync"
	"time"

	"izinbot/bot/whatsapp"
	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/totp"
)

const (
	// pairTime is the time that one attempt may take; WhatsApp's codes end sooner.
	pairTime = 5 * time.Minute
	// viewLife is the time for which a browser may look, and begin anew.
	viewLife = 15 * time.Minute
)

// pairer links the running channel to a phone, for one browser at a time: the last
// one that came with a fresh link.
type pairer struct {
	channel interface {
		Linked() bool
		Pair(ctx context.Context, phone string) (<-chan whatsapp.PairStep, error)
	}
	spend func(ctx context.Context, token string) (workflow.OfficerID, error) // account.Pairing.Open
	// allowed is [account.Pairing.Allowed]: a page that is open ends with the rights of
	// whose it is.
	allowed func(ctx context.Context, id workflow.OfficerID, since time.Time) error
	now     func() time.Time

	mu      sync.Mutex
	key     string // of the browser; "": nobody looks
	who     workflow.OfficerID
	since   time.Time
	until   time.Time
	step    web.PairingStep
	attempt int                // counts attempts, so that an old one tells nothing more
	cancel  context.CancelFunc // of the attempt that runs
	running sync.WaitGroup
	base    context.Context //nolint:containedctx // attempts outlive the requests that begin them
	end     context.CancelFunc
}

// start makes it ready; stop ends what is under way.
func (p *pairer) start(ctx context.Context) {
	p.base, p.end = context.WithCancel(context.WithoutCancel(ctx))
}

func (p *pairer) stop() {
	if p.end != nil {
		p.end()
	}
	p.running.Wait()
}

// begin is [web.Pairing.Begin].
func (p *pairer) begin(ctx context.Context, token string) (string, error) {
	who, err := p.spend(ctx, token)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return "", web.ErrPairingGone
	}
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key, p.who, p.since = rand.Text(), who, p.now()
	p.until = p.since.Add(viewLife)
	p.attemptAgain() //nolint:contextcheck // the attempt outlives the request
	return p.key, nil
}

// show is [web.Pairing.Show].
func (p *pairer) show(ctx context.Context, key string) (web.PairingStep, error) {
	if err := p.check(ctx); err != nil {
		return web.PairingStep{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.known(key) {
		return web.PairingStep{}, web.ErrPairingGone
	}
	return p.step, nil
}

// again is [web.Pairing.Again]. An attempt that runs goes on.
func (p *pairer) again(ctx context.Context, key string) error {
	if err := p.check(ctx); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.known(key) {
		return web.ErrPairingGone
	}
	if p.step.Failed != "" {
		p.attemptAgain() //nolint:contextcheck // the attempt outlives the request
	}
	return nil
}

// check ends the view, and the attempt under way, once whose view it is may not link the
// phone any more.
func (p *pairer) check(ctx context.Context) error {
	p.mu.Lock()
	key, who, since := p.key, p.who, p.since
	p.mu.Unlock()
	if key == "" {
		return nil
	}
	err := p.allowed(ctx, who, since)
	if workflow.CodeOf(err) != workflow.CodeNotFound {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.key == key {
		p.key = ""
		if p.cancel != nil {
			p.cancel()
		}
	}
	return web.ErrPairingGone
}

func (p *pairer) known(key string) bool {
	return p.key != "" && subtle.ConstantTimeCompare([]byte(key), []byte(p.key)) == 1 && p.now().Before(p.until)
}

// attemptAgain begins an attempt in the place of the one before. The caller holds
// the lock.
func (p *pairer) attemptAgain() {
	if p.cancel != nil {
		p.cancel()
	}
	p.attempt++
	p.step = web.PairingStep{Done: p.channel.Linked()}
	if p.step.Done {
		return
	}
	ctx, cancel := context.WithTimeout(p.base, pairTime)
	p.cancel = cancel
	n := p.attempt
	p.running.Go(func() {
		defer cancel()
		p.pair(ctx, n)
	})
}

// pair follows one attempt to its end.
func (p *pairer) pair(ctx context.Context, attempt int) {
	steps, err := p.channel.Pair(ctx, "")
	if err != nil {
		p.tell(attempt, web.PairingStep{Done: errors.Is(err, whatsapp.ErrLinked), Failed: failureOf(err)})
		return
	}
	for step := range steps {
		switch {
		case step.QR != "":
			picture, err := totp.QR(step.QR)
			if err != nil {
				p.tell(attempt, web.PairingStep{Failed: failureOf(fmt.Errorf("draw code: %w", err))})
				continue
			}
			p.tell(attempt, web.PairingStep{QR: picture})
		case step.Error != nil:
			p.tell(attempt, web.PairingStep{Failed: failureOf(step.Error)})
		case step.Done:
			p.tell(attempt, web.PairingStep{Done: true})
		}
	}
}

func (p *pairer) tell(attempt int, step web.PairingStep) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if attempt == p.attempt {
		p.step = step
	}
}

// failureOf names a failure for the page; "" for none.
func failureOf(err error) string {
	switch {
	case err == nil, errors.Is(err, whatsapp.ErrLinked):
		return ""
	case errors.Is(err, whatsapp.ErrPairTimeout):
		return "timeout"
	case errors.Is(err, whatsapp.ErrUnreachable):
		return "unreachable"
	}
	return "refused"
}
