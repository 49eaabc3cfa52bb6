package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

const (
	// pollTime is the time that Telegram holds a poll open while there is nothing.
	pollTime = 50 * time.Second
	// pollLimit limits the updates of a poll to the most that Telegram allows.
	pollLimit = 100
	// storeTime bounds the storing of a batch. It goes on when the channel stops.
	storeTime = 15 * time.Second

	firstWait, longestWait = 200 * time.Millisecond, 15 * time.Second

	// A server that does not hold polls open is given pauses, which grow while
	// there is nothing.
	firstPause, longestPause = 2 * time.Millisecond, 100 * time.Millisecond
)

// updateKinds are the kinds of updates that Telegram is asked for.
func updateKinds() []string {
	return []string{
		models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
		models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember, models.AllowedUpdateMessageReaction,
	}
}

// getUpdates are the parameters of the method of that name.
type getUpdates struct {
	Offset  int64    `json:"offset,omitempty"`
	Limit   int      `json:"limit"`
	Timeout int      `json:"timeout"` // seconds
	Allowed []string `json:"allowed_updates"`
}

// poll receives updates until ctx ends. It first asks with offset 0, for all that
// Telegram has not seen confirmed: what was stored before the last stop but not
// confirmed comes again and is known by its id.
func (c *Channel) poll(ctx context.Context) {
	c.dropWebhook(ctx)
	contact := c.newContact()
	var offset int64
	var wait, pause time.Duration
	for ctx.Err() == nil {
		began := c.cfg.Now()
		next, err := c.pollOnce(ctx, contact, offset)
		if err != nil {
			wait = min(max(2*wait, firstWait), longestWait)
			c.pollLater(ctx, err, wait)
			continue
		}
		wait = 0
		if next != offset || c.cfg.Now().Sub(began) > longestPause {
			offset, pause = next, 0
			continue
		}
		pause = min(max(2*pause, firstPause), longestPause)
		bot.Pause(ctx, pause)
	}
}

// pollLater waits after a poll that failed, for as long as Telegram wants.
func (c *Channel) pollLater(ctx context.Context, err error, wait time.Duration) {
	if ctx.Err() != nil {
		return
	}
	e, ok := errors.AsType[*apiError](err)
	if ok && e.code == http.StatusConflict && strings.Contains(e.text, "webhook") {
		c.dropWebhook(ctx)
	}
	if ok {
		wait = max(wait, e.after)
	}
	bot.Pause(ctx, wait)
}

// pollOnce gets one batch and stores it. Only then does it give another offset, with
// which the next poll confirms the batch. That is a smaller one if all that came lies
// below what was asked for: after a week without updates Telegram goes on with any id,
// and takes an offset that is far too great for none.
func (c *Channel) pollOnce(ctx context.Context, contact *contact, offset int64) (next int64, err error) {
	hold := pollTime
	if contact.failed {
		hold = 0 // to find out at once whether Telegram answers again
	}
	updates, last, err := c.fetchUpdates(ctx, offset, hold)
	contact.note(ctx, err)
	if err != nil {
		return offset, err
	}
	if err := c.take(ctx, updates); err != nil {
		if c.unstored == 0 {
			c.cfg.Log.WarnContext(ctx, "updates are not taken; they wait at Telegram", slog.Any("error", err))
		}
		c.excuse(ctx, updates)
		return offset, err
	}
	c.unstored = 0
	if last < 0 {
		return offset, nil
	}
	return last + 1, nil
}

// excuseAfter is after how many polls in a row whose updates could not be stored
// their senders are told so.
const excuseAfter = 3

// excuse has the senders of a batch told that it could not be stored. Telegram keeps
// it, so they need not repeat themselves. Presses are answered, so that no button
// seems to work on; they count when they are stored.
func (c *Channel) excuse(ctx context.Context, updates []models.Update) {
	c.unstored++
	if c.unstored < excuseAfter {
		return
	}
	var heard batch
	for i := range updates {
		c.read(&heard, &updates[i])
	}
	for _, p := range heard.presses {
		p.message = nil
		c.acknowledge(ctx, p)
	}
	if c.cfg.Kept == nil {
		return
	}
	for _, in := range heard.inbound {
		c.cfg.Kept(ctx, in.Chat)
	}
}

// fetchUpdates gives the updates from offset on, and the greatest id of all, or -1 if
// there are none. Telegram may hold the answer until there is one.
func (c *Channel) fetchUpdates(ctx context.Context, offset int64, hold time.Duration) (updates []models.Update, last int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime+callTime)
	defer cancel()
	const method = "getUpdates"
	content, status, err := c.post(ctx, method, getUpdates{offset, pollLimit, int(hold / time.Second), updateKinds()})
	if err != nil {
		return nil, 0, c.explain(method, err)
	}
	if err := open(method, content, status, &updates); err != nil {
		if _, refused := errors.AsType[*apiError](err); refused {
			return nil, 0, err
		}
		if updates, err = c.readEach(ctx, content, status); err != nil {
			return nil, 0, err
		}
	}
	last = -1
	for _, u := range updates {
		last = max(last, u.ID)
	}
	return updates, last, nil
}

// readEach reads a batch update by update, because one of them cannot be read: it
// would come back for ever and nobody else would be heard.
func (c *Channel) readEach(ctx context.Context, content []byte, status int) (updates []models.Update, err error) {
	var raw []json.RawMessage
	if err := open("getUpdates", content, status, &raw); err != nil {
		return nil, unreadable("getUpdates", status)
	}
	for _, one := range raw {
		u, err := c.parseUpdate(ctx, one)
		if err != nil {
			c.cfg.Log.ErrorContext(ctx, "update is unreadable and dropped", slog.Int("bytes", len(one)))
			continue
		}
		updates = append(updates, *u)
	}
	return updates, nil
}

// take stores what persons said in updates, and then answers their presses. What does
// not fit into its chat any more is dropped.
func (c *Channel) take(ctx context.Context, updates []models.Update) error {
	var heard batch
	for i := range updates {
		c.read(&heard, &updates[i])
	}
	if len(heard.inbound) > 0 {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
		defer cancel()
		err := c.cfg.Accept(ctx, heard.inbound...)
		if errors.Is(err, bot.ErrFull) {
			// Telegram would give them again and again, and nothing else.
			c.cfg.Log.WarnContext(ctx, "messages of a full chat are dropped", slog.Any("error", err))
		} else if err != nil {
			return fmt.Errorf("store updates: %w", err)
		}
	}
	for _, p := range heard.presses {
		c.answered(p)
		c.acknowledge(ctx, p)
	}
	return nil
}

// dropWebhook makes polling possible, in case a webhook was set before. It is not
// insisted on: if one stands in the way, polling tells of it.
func (c *Channel) dropWebhook(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	const method = "deleteWebhook"
	if err := c.explain(method, c.call(ctx, method, &tg.DeleteWebhookParams{}, nil)); err != nil && ctx.Err() == nil {
		c.cfg.Log.DebugContext(ctx, "call failed", slog.Any("error", err))
	}
}

// persist does a call until it succeeds or ctx ends. That Telegram does not answer is told
// by the receiver; see contact.
func (c *Channel) persist(ctx context.Context, method string, call func(context.Context) error) {
	wait := firstWait
	for ctx.Err() == nil {
		one, cancel := context.WithTimeout(ctx, callTime)
		err := c.explain(method, call(one))
		cancel()
		if err == nil || ctx.Err() != nil {
			return
		}
		c.cfg.Log.DebugContext(ctx, "call failed", slog.Any("error", err))
		if e, ok := errors.AsType[*apiError](err); ok && e.after > wait {
			wait = e.after
		}
		bot.Pause(ctx, wait)
		wait = min(2*wait, longestWait)
	}
}
