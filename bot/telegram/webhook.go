package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

const (
	// SecretHeader is the HTTP header in which Telegram repeats the secret.
	SecretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header
	// MaxUpdate is the size of the largest update that is read, in bytes. Updates
	// hold texts and ids, no files.
	MaxUpdate = 1 << 20
	// webhookConnections limits the updates that Telegram delivers at once; it
	// keeps the order within a chat.
	webhookConnections = 100
)

// Webhook is the endpoint to which Telegram delivers updates.
type Webhook struct {
	URL    string
	Secret string // proves that a request is Telegram's; see [CheckSecret]
}

// CheckSecret tells whether Telegram takes a text as a webhook's secret.
func CheckSecret(secret string) error {
	const allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	if secret == "" || len(secret) > 256 || strings.Trim(secret, allowed) != "" {
		return errors.New("a webhook secret has 1 to 256 characters of A-Z a-z 0-9 _ -")
	}
	return nil
}

// registerWebhook tells Telegram where to deliver.
func (c *Channel) registerWebhook(ctx context.Context, contact *contact) {
	const method = "setWebhook"
	c.persist(ctx, method, func(call context.Context) error {
		err := c.call(call, method, &tg.SetWebhookParams{
			URL: c.cfg.Webhook.URL, SecretToken: c.cfg.Webhook.Secret,
			MaxConnections: webhookConnections, AllowedUpdates: updateKinds(),
		}, nil)
		contact.note(ctx, c.explain(method, err))
		return err
	})
}

// contactPause lies between two questions whether Telegram answers, while it delivers by
// webhook: silence alone does not tell.
const contactPause = 20 * time.Second

// keepContact asks Telegram now and then until ctx ends, and has a loss logged.
func (c *Channel) keepContact(ctx context.Context, contact *contact) {
	for bot.Pause(ctx, contactPause) {
		call, cancel := context.WithTimeout(ctx, callTime)
		_, err := c.me(call)
		cancel()
		contact.note(ctx, err)
	}
}

// Receive takes the body of a webhook request with the value of its
// [SecretHeader], and gives the HTTP status to answer with: 200 once the update is
// stored or can never be read (else Telegram would send it again and again), 401 for a
// wrong secret, 413 for too large a body, 500 if it could not be stored, so that
// Telegram sends it again. The body is not kept.
func (c *Channel) Receive(ctx context.Context, secret string, body []byte) (status int) {
	switch {
	case c.cfg.Webhook == nil:
		return http.StatusNotFound
	case !same(secret, c.cfg.Webhook.Secret):
		return http.StatusUnauthorized
	case len(body) > MaxUpdate:
		return http.StatusRequestEntityTooLarge
	}
	u, err := c.parseUpdate(ctx, body)
	if err != nil {
		c.cfg.Log.ErrorContext(ctx, "update is unreadable and dropped", slog.Int("bytes", len(body)))
		return http.StatusOK
	}
	if err := c.take(ctx, []models.Update{*u}); err != nil {
		c.cfg.Log.ErrorContext(ctx, "update is not taken", slog.Any("error", err))
		return http.StatusInternalServerError
	}
	return http.StatusOK
}

// same compares secrets in a time that tells nothing about them, not even their
// lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
