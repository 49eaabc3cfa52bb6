package telegram

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// dress tells Telegram what the bot says about itself, in each language.
func (c *Channel) dress(ctx context.Context) {
	for lang, p := range c.cfg.Profiles {
		c.offer(ctx, "setMyCommands", &setMyCommands{Commands: menu(p.Commands), Language: lang})
		c.offer(ctx, "setMyDescription", &tg.SetMyDescriptionParams{Description: p.Description, LanguageCode: lang})
		c.offer(ctx, "setMyShortDescription", &tg.SetMyShortDescriptionParams{ShortDescription: p.Short, LanguageCode: lang})
	}
}

// offer does a call that the bot can do without, until it succeeds or is refused.
func (c *Channel) offer(ctx context.Context, method string, params any) {
	told := false
	c.persist(ctx, method, func(ctx context.Context) error {
		err := c.explain(method, c.call(ctx, method, params, nil))
		e, ok := errors.AsType[*apiError](err)
		switch {
		case ok && e.lasting():
			c.cfg.Log.WarnContext(ctx, "call is refused", slog.Any("error", err))
			return nil
		case ok && e.code != 0 && !told:
			c.cfg.Log.WarnContext(ctx, "call failed; it is tried again", slog.Any("error", err))
			told = true
		}
		return err
	})
}

// offerMenu gives one chat a menu of its own.
func (c *Channel) offerMenu(ctx context.Context, chat int64, commands []bot.Command) {
	ctx = context.WithoutCancel(ctx)
	c.courtesy.do(func() {
		ctx, cancel := context.WithTimeout(ctx, courtesyTime)
		defer cancel()
		const method = "setMyCommands"
		params := &setMyCommands{Commands: menu(commands), Scope: &scope{"chat", chat}}
		c.try(ctx, method, func() error { return c.call(ctx, method, params, nil) })
	})
}

// setMyCommands are the parameters of the method of that name. The library's own
// leave the kind of scope out of JSON.
type setMyCommands struct {
	Commands []models.BotCommand `json:"commands"`
	Scope    *scope              `json:"scope,omitempty"`         // nil: all chats
	Language string              `json:"language_code,omitempty"` // "": every other
}

type scope struct {
	Type string `json:"type"`
	Chat int64  `json:"chat_id"`
}

// What Telegram takes as a menu.
const (
	maxCommands = 100
	maxAbout    = 256 // characters
)

func menu(commands []bot.Command) []models.BotCommand {
	out := []models.BotCommand{}
	for _, c := range commands[:min(len(commands), maxCommands)] {
		text := []rune(c.Text)
		out = append(out, models.BotCommand{Command: c.Name, Description: string(text[:min(len(text), maxAbout)])})
	}
	return slices.Clip(out)
}
