package office

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/notifications"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

const (
	// lookAgain is the interval at which the state is checked without news: what could not be told is
	// tried again, and admins who come later hear what lasts.
	lookAgain = 10 * time.Second
	// settle is the time that a silence may last before it is told: mostly the
	// connection that is begun anew ends it.
	settle = 20 * time.Second
)

// whatsappAlerts tells the admins how WhatsApp is, when that changes.
type whatsappAlerts struct {
	channel *whatsapp.Channel
	alarm   *notifications.Alarm
	texts   *texts.Catalogue
	now     func() time.Time
	log     *slog.Logger

	supervise bot.Supervise

	news   chan struct{}
	cancel context.CancelFunc
	ended  sync.WaitGroup
}

func newWhatsAppAlerts() *whatsappAlerts { return &whatsappAlerts{news: make(chan struct{}, 1)} }

// note is the channel's OnState. It must not wait: the library calls it while it
// handles what comes in.
func (h *whatsappAlerts) note(context.Context, []whatsapp.State) {
	select {
	case h.news <- struct{}{}:
	default:
	}
}

// start begins to tell, until stop.
func (h *whatsappAlerts) start(ctx context.Context) {
	ctx, h.cancel = context.WithCancel(context.WithoutCancel(ctx))
	h.ended.Go(func() { h.supervise.Loop(ctx, whatsapp.Name+" news", h.run) })
}

func (h *whatsappAlerts) stop() {
	if h.cancel != nil {
		h.cancel()
	}
	h.ended.Wait()
}

func (h *whatsappAlerts) run(ctx context.Context) {
	again := time.NewTicker(lookAgain)
	defer again.Stop()
	for ctx.Err() == nil {
		if err := h.tell(ctx); err != nil && ctx.Err() == nil {
			h.log.ErrorContext(ctx, "admins are not told how whatsapp is", slog.Any("error", err))
		}
		select {
		case <-h.news:
		case <-again.C:
		case <-ctx.Done():
		}
	}
}

func (h *whatsappAlerts) tell(ctx context.Context) error {
	now := h.now()
	for _, c := range h.conditions(h.channel.States(), now) {
		if err := h.alarm.Tell(ctx, now, c); err != nil {
			return fmt.Errorf("%s: %w", c.Side, err)
		}
	}
	return nil
}

// The sides of WhatsApp that can ail by themselves.
const (
	sideLink  = "link"  // the connection and the account
	sideLock  = "lock"  // the right to write to strangers
	sidePhone = "phone" // the account's own phone
)

// conditions says of each side how it is. Of a side about which nothing is known,
// or nothing certain yet, it says nothing.
func (h *whatsappAlerts) conditions(states []whatsapp.State, now time.Time) []notifications.Condition {
	link := states[0]
	var out []notifications.Condition
	switch {
	case link.Code == whatsapp.StateConnected:
		calm := map[string]string{sideLink: h.say("phone.well"), sideLock: h.say("phone.lock_over"), sidePhone: h.say("phone.seen")}
		for _, s := range states[1:] {
			delete(calm, sideOf(s))
		}
		for _, side := range []string{sideLink, sideLock, sidePhone} {
			if text := calm[side]; text != "" {
				out = append(out, notifications.Condition{Channel: whatsapp.Name, Side: side, Text: text})
			}
		}
	case link.Code == whatsapp.StateSilent && now.Sub(link.Since) < settle:
	case link.Alarming():
		out = append(out, h.trouble(link))
	}
	for _, s := range states[1:] {
		out = append(out, h.trouble(s))
	}
	return out
}

func sideOf(s whatsapp.State) string {
	switch s.Code { //nolint:exhaustive // all other states are the connection's
	case whatsapp.StateTimelock:
		return sideLock
	case whatsapp.StatePhoneUnseen:
		return sidePhone
	}
	return sideLink
}

// trouble words a state. What ends by itself is known by its end, for after a
// restart nobody knows when it began.
func (h *whatsappAlerts) trouble(s whatsapp.State) notifications.Condition {
	mark := s.Since
	if !s.Until.IsZero() {
		mark = s.Until
	}
	what, todo := s.Sentence(wordTime)
	return notifications.Condition{
		Channel: whatsapp.Name, Side: sideOf(s), Trouble: fmt.Sprintf("%s@%d", s.Code, mark.Unix()),
		Text:    h.say("phone.trouble", "what", what, "todo", todo),
		Pending: s.Code == whatsapp.StateUnlinked,
	}
}

func (h *whatsappAlerts) say(key string, args ...any) string {
	return h.texts.Say(workflow.Indonesian, key, args...)
}

func wordTime(at time.Time) string { return calendar.DateTime(at, workflow.Indonesian) }
