package telegram

import (
	"context"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// dress tells Telegram what the bot says about itself, in each language.
func (c *Channel) dress(ctx context.Context) {
	for lang, p := range c.cfg.Profiles {
		c.persist(ctx, "setMyCommands", func(ctx context.Context) error {
			_, err := c.api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: menu(p.Commands), LanguageCode: lang})
			return err
		})
		c.persist(ctx, "setMyDescription", func(ctx context.Context) error {
			_, err := c.api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: p.Description, LanguageCode: lang})
			return err
		})
		c.persist(ctx, "setMyShortDescription", func(ctx context.Context) error {
			_, err := c.api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: p.Short, LanguageCode: lang})
			return err
		})
	}
}

// offerMenu gives one chat a menu of its own.
func (c *Channel) offerMenu(ctx context.Context, chat int64, commands []bot.Command) {
	ctx = context.WithoutCancel(ctx)
	c.courtesy.do(func() {
		ctx, cancel := context.WithTimeout(ctx, courtesyTime)
		defer cancel()
		c.try(ctx, "setMyCommands", func() error {
			_, err := c.api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: menu(commands), Scope: &models.BotCommandScopeChat{ChatID: chat}})
			return err
		})
	})
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
