//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync/atomic"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"izinbot/bot"
	"izinbot/bot/internal/capped"
	"izinbot/bot/whatsapp/internal/liblog"
)

// newClient makes the library's client for a device.
func (c *Channel) newClient(device *store.Device) *whatsmeow.Client {
	client := whatsmeow.NewClient(device, liblog.New(c.cfg.Log, func() bool { return c.health.state().Code != StateConnected }))
	// A message is acknowledged after the handler has stored it, and only then.
	client.SynchronousAck = true
	client.EnableDecryptedEventBuffer = true
	// Who asks for a message again gets it, also after a restart.
	client.UseRetryMessageStore = true
	client.AutomaticMessageRerequestFromPhone = true
	client.InitialAutoReconnect = true
	client.ManualHistorySyncDownload = true
	client.BackgroundEventCtx = c.ctx
	client.SetForceActiveDeliveryReceipts(true)
	if c.cfg.HTTP != nil {
		client.SetPreLoginHTTPClient(c.cfg.HTTP)
		client.SetWebsocketHTTPClient(c.cfg.HTTP)
	}
	client.SetMediaHTTPClient(capped.Client(c.cfg.HTTP, mediaLimit))
	l := &line{client: client}
	client.AddEventHandlerWithSuccessStatus(func(event any) bool { return c.handle(l, event) })
	return client
}

// line is a client and whether it still counts. After a message that could not be
// stored it is spent, for ever: what it still has in its queue would overtake that
// message. A new client takes its place.
type line struct {
	client *whatsmeow.Client
	spent  atomic.Bool
}

// connect begins to connect the linked device, if it is meant to be and can be.
func (c *Channel) connect() {
	c.mu.Lock()
	client := c.client
	able := c.wanted && client != nil
	c.mu.Unlock()
	s := c.health.state()
	if !able || client.IsConnected() || s.Code == StateTempBanned && c.cfg.Now().Before(s.Until) {
		return
	}
	if !s.ailing() {
		c.enter(State{Code: StateConnecting, Since: c.cfg.Now()})
	}
	if err := client.ConnectContext(c.ctx); err != nil && !errors.Is(err, whatsmeow.ErrAlreadyConnected) {
		c.cfg.Log.InfoContext(c.ctx, "whatsapp does not connect yet", slog.String("error", fmt.Sprintf("%T", err)))
	}
}

// enter begins a state of the connection and tells of it.
func (c *Channel) enter(s State) {
	if c.health.set(s) {
		c.announce()
	}
}

// announce keeps the states and tells of them, one after the other: the library tells of
// its events side by side, and what is kept last must be what holds.
func (c *Channel) announce() {
	c.telling.Lock()
	defer c.telling.Unlock()
	states := c.health.all()
	if err := keepStates(context.WithoutCancel(c.ctx), c.session, states); err != nil && c.ctx.Err() == nil {
		c.cfg.Log.WarnContext(c.ctx, "whatsapp state is not kept", slog.Any("error", err))
	}
	c.cfg.Log.InfoContext(c.ctx, "whatsapp state", slog.String("code", string(states[0].Code)), slog.Int("more", len(states)-1))
	c.cfg.OnState(context.WithoutCancel(c.ctx), states)
}

// handle takes an event of the library. The library would count a panic as
// success, and acknowledge a message that nobody has.
func (c *Channel) handle(l *line, event any) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			ok = false
			c.cfg.Log.ErrorContext(c.ctx, "whatsapp handler panicked", slog.String("value", harmless(v)), slog.String("stack", string(debug.Stack())))
		}
		if _, isMessage := event.(*events.Message); isMessage && !ok {
			c.stumble(l)
		}
	}()
	if l.spent.Load() {
		return false
	}
	if heard(event) {
		c.health.sign(c.cfg.Now())
	}
	switch e := event.(type) {
	case *events.Message:
		return c.hear(l, e)
	case *events.CallOffer:
		return c.noteCall(l, e)
	case *events.UndecryptableMessage:
		c.noteUnreadable(e)
	case *events.Receipt:
		return c.noteReceipt(e)
	case *events.MediaRetry:
		c.fetches.answer(e)
	default:
		c.noteState(l.client, event)
	}
	return true
}

// heard tells whether an event comes from the network. What the library finds out by
// itself is no sign of life.
func heard(event any) bool {
	switch event.(type) {
	case *events.Disconnected, *events.KeepAliveTimeout:
		return false
	}
	return true
}

// noteState takes events about the connection and the account.
func (c *Channel) noteState(client *whatsmeow.Client, event any) {
	now := c.cfg.Now()
	switch e := event.(type) {
	case *events.Connected:
		c.enter(State{Code: StateConnected, Since: now})
		c.greet(client)
	case *events.Disconnected:
		// It may come late: the library tells it beside what follows from it.
		if s := c.health.state(); !client.IsConnected() && !s.decided() && !s.ailing() {
			c.enter(State{Code: StateConnecting, Since: now})
		}
	case *events.KeepAliveTimeout:
		c.exchange(StateConnected, StateSilent)
	case *events.KeepAliveRestored:
		c.exchange(StateSilent, StateConnected)
	case *events.LoggedOut:
		c.part(client)
		c.enter(State{Code: codeOfLogout(e.Reason), Since: now})
	case *events.StreamReplaced:
		c.enter(State{Code: StateReplaced, Since: now})
	case *events.ClientOutdated:
		c.enter(State{Code: StateOutdated, Since: now})
	case *events.TemporaryBan:
		s := State{Code: StateTempBanned, Since: now, Detail: strconv.Itoa(int(e.Code))}
		if e.Expire > 0 {
			s.Until = now.Add(e.Expire)
		}
		c.enter(s)
	case *events.ConnectFailure:
		c.enter(State{Code: StateRefused, Since: now, Detail: e.Reason.NumberString()})
	case *events.StreamError:
		c.enter(State{Code: StateRefused, Since: now, Detail: e.Code})
	case *events.NotifyAccountReachoutTimelock:
		c.lockUntil(e.IsActive, e.TimeEnforcementEnds.Time)
	}
}

// exchange begins a state of the connection if another one holds.
func (c *Channel) exchange(from, to StateCode) {
	if c.health.state().Code == from {
		c.enter(State{Code: to, Since: c.cfg.Now()})
	}
}

// part lets go of a client whose device is no longer linked.
func (c *Channel) part(client *whatsmeow.Client) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.client == client {
		c.client = nil
	}
}

func codeOfLogout(reason events.ConnectFailureReason) StateCode {
	switch reason { //nolint:exhaustive // all other reasons are an ordinary logout
	case events.ConnectFailureMainDeviceGone:
		return StateLocked
	case events.ConnectFailureUnknownLogout:
		return StateBanned
	}
	return StateLoggedOut
}

// greet shows the account online, without which nobody sees it typing.
func (c *Channel) greet(client *whatsmeow.Client) {
	if client.Store.PushName == "" {
		return // the library needs it, and has not learnt it yet
	}
	c.later(func(ctx context.Context) { _ = client.SendPresence(ctx, types.PresenceAvailable) })
}

// stumble logs in anew after a message that could not be stored, which the servers
// then give again, with all that came after it.
func (c *Channel) stumble(l *line) {
	if !l.spent.CompareAndSwap(false, true) {
		return
	}
	c.mu.Lock()
	again := c.wanted && c.client == l.client
	c.resting = again
	c.mu.Unlock()
	if !again {
		return
	}
	c.running.Go(func() {
		l.client.Disconnect()
		if bot.Pause(c.ctx, c.cfg.Retry) {
			c.renew(l.client)
		}
	})
}

// renew puts a new client in the place of a spent one.
func (c *Channel) renew(spent *whatsmeow.Client) {
	fresh := c.newClient(spent.Store)
	c.mu.Lock()
	c.resting = false
	current := c.client == spent
	if current {
		c.client = fresh
	}
	c.mu.Unlock()
	if current {
		c.connect()
	}
}

func (c *Channel) rests() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.resting
}

// harmless describes the value of a panic. It may quote what a person wrote, so
// only what the runtime itself says is told in full.
func harmless(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", v)
}
