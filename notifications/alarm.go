package notifications

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// Alarm tells the admins of trouble with a channel, and of its end, over any other
// channel. What was told is kept as a claim, so that it is told once, whatever
// happens to the process in between.
type Alarm struct {
	Store interface {
		store.People
		Claimed(ctx context.Context, prefix string) ([]string, error)
	}
	Commits *casework.Committer
	Log     *slog.Logger

	mu      sync.Mutex
	unheard map[string]bool // troubles that the log was told of for want of an admin
}

// Condition is the present state of one side of a channel.
type Condition struct {
	Channel string // nobody is told over it
	Side    string // what it is about, such as "link"; each side has one trouble at a time
	Trouble string // names the trouble and when it began; "": there is none
	Text    string // what is the matter and what to do, or that it is over
	// Pending says that the trouble is a step of setting up that is still to be done.
	Pending bool
}

// claim is the prefix of what is kept of a side.
func (c Condition) claim() string { return "alarm/" + c.Channel + "/" + c.Side + "/" }

// over follows the claim of a trouble that has ended.
const over = "#over"

// Tell tells the admins how a side is, unless they know. That none of them can be
// reached is logged, once, and is no error; the next call tries again.
func (a *Alarm) Tell(ctx context.Context, now time.Time, c Condition) error {
	claims, err := a.Store.Claimed(ctx, c.claim())
	if err != nil {
		return fmt.Errorf("read what admins know: %w", err)
	}
	unit, key := store.UnitOfWork{}, ""
	for _, known := range lasting(claims) {
		if known != c.claim()+c.Trouble {
			key = known + over
			unit.Claims = append(unit.Claims, key)
		}
	}
	if c.Trouble != "" {
		if key = c.claim() + c.Trouble; slices.Contains(claims, key) {
			return nil
		}
		unit.Claims = append(unit.Claims, key)
	}
	if len(unit.Claims) == 0 {
		return nil
	}
	return a.send(ctx, now, c, key, unit)
}

// lasting lists the claims of troubles whose end was not told.
func lasting(claims []string) []string {
	return slices.DeleteFunc(slices.Clone(claims), func(s string) bool {
		return strings.HasSuffix(s, over) || slices.Contains(claims, s+over)
	})
}

func (a *Alarm) send(ctx context.Context, now time.Time, c Condition, key string, unit store.UnitOfWork) error {
	officers, err := a.Store.Officers(ctx)
	if err != nil {
		return fmt.Errorf("list officers: %w", err)
	}
	admins, err := a.admins(ctx, officers, c.Channel)
	switch {
	case err != nil:
		return err
	case len(officers) == 0:
		return nil // the office has only just been set up
	case len(admins) == 0:
		a.shout(ctx, c, key)
		return nil
	}
	for id, address := range admins {
		unit.Deliveries = append(unit.Deliveries, bot.Delivery{
			ID: key + "@" + string(id), Chat: address, Notice: true, Created: now,
			Message: bot.Message{Text: c.Text, Lang: string(workflow.Indonesian)},
		})
	}
	if err := a.Commits.Once(ctx, now, unit); err != nil {
		return fmt.Errorf("tell admins: %w", err)
	}
	return nil
}

// admins gives where each admin can be told, but for one channel.
func (a *Alarm) admins(ctx context.Context, officers []workflow.Officer, but string) (map[workflow.PersonID]bot.Address, error) {
	out := map[workflow.PersonID]bot.Address{}
	for _, o := range officers {
		if o.Person == "" || o.Disabled || !o.HasRole(workflow.RoleAdmin) {
			continue
		}
		p, err := a.Store.Person(ctx, o.Person)
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return nil, fmt.Errorf("load admin: %w", err)
		}
		i := slices.IndexFunc(p.Addresses, func(a bot.Address) bool { return a.Channel() != but })
		if i >= 0 {
			out[p.ID] = p.Addresses[i]
		}
	}
	return out, nil
}

// errNoAdmin is why nobody hears of trouble.
var errNoAdmin = errors.New("no admin has an address on another channel")

func (a *Alarm) shout(ctx context.Context, c Condition, key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.unheard[key] {
		return
	}
	if a.unheard == nil {
		a.unheard = map[string]bool{}
	}
	a.unheard[key] = true
	if c.Pending {
		a.Log.WarnContext(ctx, "a channel still has to be set up, and no admin can be told", slog.String("channel", c.Channel), slog.String("todo", c.Text))
		return
	}
	a.Log.ErrorContext(ctx, "admins cannot be told how a channel is",
		slog.String("channel", c.Channel), slog.String("side", c.Side), slog.String("trouble", c.Trouble), slog.Any("error", errNoAdmin))
}
