package office

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"izinbot/bot/whatsapp"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/workflow"
)

// WhatsAppFile is the session file in a data directory.
const WhatsAppFile = "whatsapp.db"

// Use says whether a channel runs.
type Use string

// The uses. The zero value is UseOff.
const (
	UseOff  Use = "off"
	UseOn   Use = "on"
	UseAuto Use = "auto" // if a number is linked
)

// WhatsApp configures the channel over WhatsApp.
type WhatsApp struct {
	Use    Use
	Path   string        // session file; "": [WhatsAppFile] in the data directory
	Pace   whatsapp.Pace // of notices
	Window time.Duration // see [whatsapp.Config], as Tick; 0: its default
	Tick   time.Duration
	HTTP   *http.Client // nil: the library's own
}

func (w WhatsApp) path(dir string) string {
	if w.Path != "" {
		return w.Path
	}
	return filepath.Join(dir, WhatsAppFile)
}

// wanted tells whether the channel is to run.
func (w WhatsApp) wanted(ctx context.Context, cfg app.Config) (bool, error) {
	switch w.Use {
	case UseOn:
		return true, nil
	case UseAuto:
		st, err := whatsapp.ReadStatus(ctx, w.path(cfg.Dir), cfg.Now())
		return st.Number != "", err
	case UseOff, "":
	}
	return false, nil
}

func (w WhatsApp) channel(ctx context.Context, p *app.Program, cfg app.Config, onState func(context.Context, []whatsapp.State)) (*whatsapp.Channel, error) {
	c, err := whatsapp.Open(ctx, whatsapp.Config{
		Path: w.path(cfg.Dir), Files: p.Files, Accept: p.Accept, Now: cfg.Now, Log: p.Log,
		Alone: p.WhileActive(), Supervise: p.Supervise,
		Pace: w.Pace, Window: w.Window, Tick: w.Tick, HTTP: w.HTTP, OnState: onState, Words: typing(p),
	})
	if err != nil {
		return nil, fmt.Errorf("WhatsApp: %w", err)
	}
	return c, nil
}

// typing are the channel's words in the languages that a chat may speak.
func typing(p *app.Program) whatsapp.Words {
	words := whatsapp.Words{Type: map[string]string{}}
	for _, lang := range []workflow.Lang{workflow.Indonesian, workflow.English} {
		words.Type[string(lang)] = p.Texts.Say(lang, "wa.type")
	}
	return words
}
