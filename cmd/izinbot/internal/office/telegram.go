package office

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"izinbot/bot/telegram"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/workflow"
)

// Telegram configures the channel over Telegram.
type Telegram struct {
	Token         string
	APIURL        string
	WebhookURL    string  // "": updates are polled
	WebhookSecret string  // "": made once and kept beside the data
	Rate          float64 // messages a second over all; 0: no limits
}

// defaultHook is the path of a webhook URL that has none.
const defaultHook = "/telegram"

// path is the path at which the web server takes deliveries.
func (t Telegram) path() string {
	u, err := url.Parse(t.WebhookURL)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return defaultHook
	}
	return u.Path
}

func (t Telegram) channel(p *app.Program, cfg app.Config) (*telegram.Channel, error) {
	hook, err := t.webhook(cfg.Dir)
	if err != nil {
		return nil, err
	}
	pace := telegram.Pace{Unlimited: t.Rate == 0}
	if t.Rate > 0 && t.Rate != 25 {
		pace.Rate, pace.Top = t.Rate, t.Rate
	}
	return telegram.New(telegram.Config{
		Token: t.Token, APIURL: t.APIURL, Files: p.Files, Accept: p.Accept, Now: cfg.Now, Log: p.Log,
		Kept: p.Kept, Alone: p.WhileActive(), Supervise: p.Supervise,
		Webhook: hook, Pace: pace, Words: words(p), Profiles: profiles(p),
	})
}

func (t Telegram) webhook(dir string) (*telegram.Webhook, error) {
	if t.WebhookURL == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	secret := t.WebhookSecret
	if secret == "" {
		var err error
		if secret, err = keptSecret(filepath.Join(dir, "telegram-webhook-secret")); err != nil {
			return nil, fmt.Errorf("webhook secret: %w", err)
		}
	}
	u, err := url.Parse(t.WebhookURL)
	if err != nil {
		return nil, errors.New("webhook URL is no URL")
	}
	u.Path = t.path()
	return &telegram.Webhook{URL: u.String(), Secret: secret}, nil
}

// keptSecret reads the secret in a file, or makes both.
func keptSecret(path string) (string, error) {
	content, err := os.ReadFile(path) //nolint:gosec // a file of the data directory
	if err == nil {
		secret := strings.TrimSpace(string(content))
		return secret, telegram.CheckSecret(secret)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	secret := rand.Text() + rand.Text()
	return secret, os.WriteFile(path, []byte(secret+"\n"), 0o600)
}

// both says a wording in the two languages that a chat may speak, for texts that
// are shown before anybody knows which.
func both(p *app.Program, key string) string {
	return p.Texts.Say(workflow.Indonesian, key) + " / " + p.Texts.Say(workflow.English, key)
}

func words(p *app.Program) telegram.Words {
	return telegram.Words{
		Stale:         both(p, "telegram.stale"),
		ShareLocation: both(p, "telegram.share_location"),
		ShareContact:  both(p, "telegram.share_contact"),
	}
}

// profiles gives the bot's self-descriptions: Indonesian to everybody whose
// Telegram does not speak English.
func profiles(p *app.Program) map[string]telegram.Profile {
	out := map[string]telegram.Profile{}
	for code, lang := range map[string]workflow.Lang{"": workflow.Indonesian, "en": workflow.English} {
		out[code] = telegram.Profile{
			Description: p.Texts.Say(lang, "telegram.description", "office", p.Office.ShortName),
			Short:       p.Texts.Say(lang, "telegram.short", "office", p.Office.ShortName),
			Commands:    p.Handlers.CommandMenu(lang, nil),
		}
	}
	return out
}
